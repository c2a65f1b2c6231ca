"""Greedy generation for many prompts at once, for scoring a model without the server."""
import torch
import torch.nn.functional as F


def _norm(x, weight, eps):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + eps) * weight


def _rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Cache:
    """Keys and values of the rows so far, one pair per layer."""

    def __init__(self, layers):
        self.entries = [None] * layers

    def extend(self, layer, k, v):
        if self.entries[layer] is not None:
            k, v = torch.cat([self.entries[layer][0], k], 2), torch.cat([self.entries[layer][1], v], 2)
        self.entries[layer] = k, v
        return k, v


def _forward(model, ids, positions, mask, cache):
    """Runs new tokens of left-padded rows; returns the logits of the last one."""
    c = model.config
    x = F.embedding(ids, model.embedding)
    rows, length = ids.shape
    cos, sin = model.cos[positions].unsqueeze(1), model.sin[positions].unsqueeze(1)
    for i, block in enumerate(model.blocks):
        qkv = F.linear(_norm(x, block.attention_norm, c.eps), block.qkv.weight).view(rows, length, -1, c.head_dim).transpose(1, 2)
        q, k, v = qkv.split([c.heads, c.kv_heads, c.kv_heads], 1)
        q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
        k, v = cache.extend(i, k, v)
        group = c.heads // c.kv_heads
        scores = q.reshape(rows, c.kv_heads, group * length, c.head_dim) @ k.transpose(2, 3) * c.head_dim ** -0.5
        p = torch.softmax(scores.view(rows, c.heads, length, -1) + mask, -1)
        y = p.view(rows, c.kv_heads, group * length, -1) @ v
        x = x + F.linear(y.view(rows, c.heads, length, c.head_dim).transpose(1, 2).reshape(rows, length, -1), block.out.weight)
        gate, up = F.linear(_norm(x, block.ffn_norm, c.eps), block.gate_up.weight).chunk(2, -1)
        x = x + F.linear(F.silu(gate) * up, block.down.weight)
    return F.linear(_norm(x[:, -1], model.norm, c.eps), model.embedding)


@torch.no_grad()
def greedy(model, prompts, stop, limit=160, batch=48):
    """Returns the generated ids of each prompt (a list of ids), without the stop token."""
    results = [None] * len(prompts)
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    for start in range(0, len(order), batch):
        rows = order[start:start + batch]
        width = max(len(prompts[i]) for i in rows)
        lengths = torch.tensor([len(prompts[i]) for i in rows])
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        for row, i in enumerate(rows):
            ids[row, width - lengths[row]:] = torch.tensor(prompts[i])
        pad = width - lengths
        positions = (torch.arange(width) - pad[:, None]).clamp(min=0)
        hidden = torch.arange(width) < pad[:, None]
        causal = torch.ones(width, width, dtype=torch.bool).triu(1)
        mask = torch.zeros(len(rows), 1, width, width).masked_fill((causal | hidden[:, None, :])[:, None], -1e9)
        cache = Cache(len(model.blocks))
        logits = _forward(model, ids, positions, mask, cache)
        out, done, at = [[] for _ in rows], [False] * len(rows), lengths.clone()
        for _ in range(limit):
            chosen = logits.argmax(-1)
            for row, token in enumerate(chosen.tolist()):
                if not done[row]:
                    if token in stop:
                        done[row] = True
                    else:
                        out[row].append(token)
            if all(done):
                break
            hidden = F.pad(hidden, (0, 1))
            mask = torch.zeros(len(rows), 1, 1, hidden.shape[1]).masked_fill(hidden[:, None, None], -1e9)
            logits = _forward(model, chosen[:, None], at[:, None], mask, cache)
            at += 1
        for row, i in enumerate(rows):
            results[i] = out[row]
    return results
