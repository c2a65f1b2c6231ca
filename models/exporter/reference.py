"""A Llama forward pass in NumPy float64: slow, short, and independent of the graph. It is what the graph is compared with."""

import numpy as np

from .graph import rotary_caches
from .weights import EMBEDDING, FINAL_NORM, LM_HEAD, layer_name


def forward(config, get_weight, tokens):
    """Logits of every position of one sequence, float64 [tokens, vocab].

    get_weight takes a Hugging Face name and returns the array; the lm_head is asked for by its own name even if tied.
    """

    def weight(name):
        return np.asarray(get_weight(name), np.float64)

    count = len(tokens)
    cos, sin = (cache[:count, None, :] for cache in rotary_caches(config))
    mask = np.triu(np.full((count, count), -np.inf), 1)
    hidden = weight(EMBEDDING)[np.asarray(tokens)]
    for layer in range(config.num_hidden_layers):
        normed = _rms_norm(hidden, weight(layer_name(layer, "input_layernorm")), config.rms_norm_eps)
        query, key, value = (
            (normed @ weight(layer_name(layer, f"self_attn.{part}_proj")).T).reshape(count, -1, config.head_dim)
            for part in "qkv"
        )
        query, key = _rotate(query, cos, sin), _rotate(key, cos, sin)
        repeats = config.num_attention_heads // config.num_key_value_heads
        key, value = np.repeat(key, repeats, axis=1), np.repeat(value, repeats, axis=1)
        scores = np.einsum("qhd,khd->hqk", query, key) * config.head_dim**-0.5 + mask
        attended = np.einsum("hqk,khd->qhd", _softmax(scores), value).reshape(count, -1)
        hidden = hidden + attended @ weight(layer_name(layer, "self_attn.o_proj")).T
        normed = _rms_norm(hidden, weight(layer_name(layer, "post_attention_layernorm")), config.rms_norm_eps)
        gate = normed @ weight(layer_name(layer, "mlp.gate_proj")).T
        up = normed @ weight(layer_name(layer, "mlp.up_proj")).T
        hidden = hidden + (gate / (1 + np.exp(-gate)) * up) @ weight(layer_name(layer, "mlp.down_proj")).T
    return _rms_norm(hidden, weight(FINAL_NORM), config.rms_norm_eps) @ weight(LM_HEAD).T


def greedy(config, get_weight, prompt, count):
    """The prompt's continuation by the most likely token."""
    tokens = list(prompt)
    for _ in range(count):
        tokens.append(int(np.argmax(forward(config, get_weight, tokens)[-1])))
    return tokens[len(prompt) :]


def _rms_norm(values, scale, epsilon):
    return values / np.sqrt(np.mean(np.square(values), axis=-1, keepdims=True) + epsilon) * scale


def _rotate(values, cos, sin):
    """Rotates the pairs (i, i + head_dim / 2), Llama's order in Hugging Face weights."""
    first, second = np.split(values, 2, axis=-1)
    return np.concatenate((first * cos - second * sin, second * cos + first * sin), axis=-1)


def _softmax(scores):
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)
