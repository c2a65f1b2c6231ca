"""The element-wise parts of the decoder with hand-written backward passes.

Automatic differentiation keeps every intermediate tensor; these keep only what the backward pass reads. For bfloat16
each has a kernel in kernels.c that passes once over memory; the PyTorch code beside it serves fp32 and machines
without a C compiler.
"""
import torch

from kernels import call, library


def _fast(dtype):
    return library is not None and dtype == torch.bfloat16


class _AddNorm(torch.autograd.Function):
    """(x, delta) -> (x + delta, its RMS norm times the weight in the type of the matrix products)."""

    @staticmethod
    def forward(ctx, x, delta, weight, eps, dtype):
        n, d = x.numel() // x.shape[-1], x.shape[-1]
        ctx.has_delta = delta is not None
        if _fast(dtype):
            total = torch.empty_like(x) if ctx.has_delta else x
            out, scale = torch.empty(x.shape, dtype=dtype), torch.empty(n)
            call("add_rms_forward", n, d, float(eps), x, delta, weight, total, out, scale)
        else:
            total = x + delta if ctx.has_delta else x
            scale = torch.rsqrt(total.square().mean(-1) + eps)
            out = (total * scale.unsqueeze(-1) * weight).to(dtype)
        ctx.save_for_backward(total, scale, weight)
        ctx.dtype = dtype
        return total.view_as(total), out

    @staticmethod
    def backward(ctx, later, grad_out):
        total, scale, weight = ctx.saved_tensors
        n, d = total.numel() // total.shape[-1], total.shape[-1]
        grad_out = grad_out.contiguous()
        if _fast(ctx.dtype):
            grad, grad_weight = torch.empty_like(total), torch.zeros_like(weight)
            grad_delta = torch.empty_like(grad_out) if ctx.has_delta else None
            call("add_rms_backward", n, d, total, weight, scale, grad_out, later.contiguous(), grad, grad_delta, grad_weight)
            return grad, grad_delta, grad_weight, None, None
        r = scale.view(*total.shape[:-1], 1)
        normal, g = total * r, grad_out.float()
        grad_weight = (g * normal).reshape(n, d).sum(0)
        gw = g * weight
        grad = later + r * (gw - normal * (gw * normal).mean(-1, keepdim=True))
        return grad, grad.to(ctx.dtype) if ctx.has_delta else None, grad_weight, None, None


class _SwiGlu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, gate_up):
        ctx.save_for_backward(gate_up)
        f = gate_up.shape[-1] // 2
        if _fast(gate_up.dtype):
            out = torch.empty(*gate_up.shape[:-1], f, dtype=gate_up.dtype)
            call("swiglu_forward", out.numel() // f, f, gate_up, out)
            return out
        gate, up = gate_up.chunk(2, -1)
        return torch.nn.functional.silu(gate) * up

    @staticmethod
    def backward(ctx, grad):
        gate_up, = ctx.saved_tensors
        f = gate_up.shape[-1] // 2
        if _fast(gate_up.dtype):
            out = torch.empty_like(gate_up)
            call("swiglu_backward", grad.numel() // f, f, gate_up, grad.contiguous(), out)
            return out
        gate, up = gate_up.chunk(2, -1)
        sigmoid = torch.sigmoid(gate)
        act = gate * sigmoid
        return torch.cat([grad * up * (sigmoid + act * (1 - sigmoid)), grad * act], -1)


def _split(qkv, cos, sin, heads, kv, size):
    """Returns rotated queries and keys and the values, each [rows, head, length, size]."""
    rows, length, _ = qkv.shape
    if _fast(qkv.dtype):
        q, k, v = (torch.empty(rows, h, length, size, dtype=qkv.dtype) for h in (heads, kv, kv))
        call("rope", rows, length, heads, kv, size, cos, sin, qkv, q, k, v, False)
        return q, k, v
    x = qkv.view(rows, length, heads + 2 * kv, size).transpose(1, 2)
    a, b = x[:, :heads + kv].chunk(2, -1)
    rotated = torch.cat([a * cos - b * sin, b * cos + a * sin], -1).to(qkv.dtype)
    return rotated[:, :heads].contiguous(), rotated[:, heads:].contiguous(), x[:, heads + kv:].contiguous()


def _join(q, k, v, cos, sin):
    """Undoes `_split` for gradients."""
    rows, heads, length, size = q.shape
    kv = k.shape[1]
    out = torch.empty(rows, length, (heads + 2 * kv) * size, dtype=q.dtype)
    if _fast(q.dtype):
        call("rope", rows, length, heads, kv, size, cos, sin, out, q, k, v, True)
        return out
    a, b = torch.cat([q, k], 1).chunk(2, -1)
    rotated = torch.cat([a * cos + b * sin, b * cos - a * sin], -1).to(q.dtype)
    out.view(rows, length, heads + 2 * kv, size).copy_(torch.cat([rotated, v], 1).transpose(1, 2))
    return out


class _Attention(torch.autograd.Function):
    """Causal attention over the fused query, key, value rows of a batch: [rows, length, (heads + 2 kv) * size]."""

    @staticmethod
    def forward(ctx, qkv, cos, sin, heads, kv, size):
        rows, length, _ = qkv.shape
        q, k, v = _split(qkv, cos, sin, heads, kv, size)
        q = q.view(rows * kv, -1, size)
        k, v = k.view(rows * kv, length, size), v.view(rows * kv, length, size)
        p = torch.bmm(q, k.transpose(1, 2))
        if _fast(p.dtype):
            call("softmax_forward", rows * heads, length, size ** -0.5, p, torch.empty(length))
        else:
            hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
            p = torch.softmax(p.view(rows * heads, length, length).mul_(size ** -0.5).masked_fill_(hidden, float("-inf")), -1).view_as(p)
        y = torch.bmm(p, v)
        ctx.save_for_backward(q, k, v, p, cos, sin)
        ctx.shape = rows, length, heads, kv, size
        return y.view(rows, heads, length, size).transpose(1, 2).reshape(rows, length, heads * size)

    @staticmethod
    def backward(ctx, grad):
        q, k, v, p, cos, sin = ctx.saved_tensors
        rows, length, heads, kv, size = ctx.shape
        g = grad.view(rows, length, heads, size).transpose(1, 2).reshape(rows * kv, -1, size)
        grad_v = torch.bmm(p.transpose(1, 2), g)
        s = torch.bmm(g, v.transpose(1, 2))
        if _fast(s.dtype):
            call("softmax_backward", rows * heads, length, size ** -0.5, p, s)
        else:
            s = p * (s - (s * p).sum(-1, keepdim=True)) * size ** -0.5
        grad_q, grad_k = torch.bmm(s, k), torch.bmm(s.transpose(1, 2), q)
        shape = (rows, kv, length, size)
        return _join(grad_q.view(rows, heads, length, size), grad_k.view(shape), grad_v.view(shape), cos, sin), None, None, None, None, None


def add_norm(x, delta, weight, eps, dtype):
    """Returns (x + delta, its norm); without `delta` the first is x itself."""
    return _AddNorm.apply(x, delta, weight, eps, dtype)


def swiglu(gate_up):
    return _SwiGlu.apply(gate_up)


def attention(qkv, cos, sin, heads, kv, size):
    return _Attention.apply(qkv, cos, sin, heads, kv, size)
