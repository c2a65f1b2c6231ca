"""The Llama-shaped decoder: RMSNorm, rotary positions, grouped-query attention, SwiGLU, tied embeddings.

Parameters stay in fp32. Matrix products run in `Config.compute` (bfloat16 where the processor has it), norms, softmax and
loss in fp32. Query, key and value share one matrix, and so do the gate and the up projection; `export_weights` splits
them into the names that Hugging Face uses.
"""
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from ops import add_norm, attention, swiglu


@dataclass
class Config:
    """The shape of the model. Every reduction dimension is a multiple of 32, the block of the quantised weights."""
    vocab_size: int = 2048
    hidden: int = 192
    layers: int = 6
    heads: int = 8
    kv_heads: int = 4
    head_dim: int = 32
    ffn: int = 448
    context: int = 2048
    rope_theta: float = 10000.0
    eps: float = 1e-5

    @property
    def qkv(self):
        return (self.heads + 2 * self.kv_heads) * self.head_dim


class Linear(torch.nn.Module):
    """A matrix product without bias, computed in the type that its input arrives in."""

    def __init__(self, inputs, outputs, std):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(outputs, inputs) * std)

    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype))


class Block(torch.nn.Module):
    """Attention and feed-forward, each behind a norm and added to the residual stream."""

    def __init__(self, c):
        super().__init__()
        deep = (2 * c.layers) ** -0.5
        self.attention_norm = torch.nn.Parameter(torch.ones(c.hidden))
        self.ffn_norm = torch.nn.Parameter(torch.ones(c.hidden))
        self.qkv = Linear(c.hidden, c.qkv, c.hidden ** -0.5)
        self.out = Linear(c.heads * c.head_dim, c.hidden, deep * c.hidden ** -0.5)
        self.gate_up = Linear(c.hidden, 2 * c.ffn, c.hidden ** -0.5)
        self.down = Linear(c.ffn, c.hidden, deep * c.ffn ** -0.5)
        self.c = c

    def forward(self, x, delta, cos, sin, dtype):
        """Takes the residual stream and what the block before adds to it; returns the same pair."""
        c = self.c
        x, h = add_norm(x, delta, self.attention_norm, c.eps, dtype)
        delta = self.out(attention(self.qkv(h), cos, sin, c.heads, c.kv_heads, c.head_dim))
        x, h = add_norm(x, delta, self.ffn_norm, c.eps, dtype)
        return x, self.down(swiglu(self.gate_up(h)))


class Model(torch.nn.Module):
    """The decoder; `forward` returns the hidden states after the last norm, `logits` maps them to the vocabulary."""

    def __init__(self, config, dtype=torch.bfloat16):
        super().__init__()
        c = self.config = config
        self.dtype = dtype
        self.embedding = torch.nn.Parameter(torch.randn(c.vocab_size, c.hidden) * c.hidden ** -0.5)
        self.blocks = torch.nn.ModuleList(Block(c) for _ in range(c.layers))
        self.norm = torch.nn.Parameter(torch.ones(c.hidden))
        angles = torch.outer(torch.arange(c.context).float(),
                             c.rope_theta ** (-torch.arange(0, c.head_dim, 2).float() / c.head_dim))
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def forward(self, ids):
        length = ids.shape[1]
        x, delta = F.embedding(ids, self.embedding), None
        cos, sin = self.cos[:length].contiguous(), self.sin[:length].contiguous()
        for block in self.blocks:
            x, delta = block(x, delta, cos, sin, self.dtype)
        return add_norm(x, delta, self.norm, self.config.eps, self.dtype)[1]

    def logits(self, hidden):
        return F.linear(hidden, self.embedding.to(hidden.dtype)).float()
