"""A forward pass in NumPy float64: slow, short, and independent of the graph. It is what the graph is compared with."""

import numpy as np

from .graph import rotary_caches
from .weights import EMBEDDING, FINAL_NORM, LM_HEAD, bias_of, layer_name


def forward(config, get_weight, tokens):
    """Logits of every position of one sequence, float64 [tokens, vocab].

    get_weight takes a Hugging Face name and returns the array; the lm_head is asked for by its own name even if tied.
    """

    def weight(name):
        return np.asarray(get_weight(name), np.float64)

    architecture = config.architecture
    hidden = weight(EMBEDDING)[np.asarray(tokens)]
    if architecture.scaled_embedding:
        hidden = hidden * config.hidden_size**0.5
    for layer in range(config.num_hidden_layers):
        normed = _norm(config, weight, layer_name(layer, "input_layernorm"), hidden)
        attended = _attend(config, weight, layer, normed)
        if architecture.parallel:
            hidden = hidden + attended + _mlp(config, weight, layer, normed)
            continue
        before = "post_attention_layernorm"
        if architecture.post_norms:
            attended = _norm(config, weight, layer_name(layer, before), attended)
            before = "pre_feedforward_layernorm"
        hidden = hidden + attended
        inner = _mlp(config, weight, layer, _norm(config, weight, layer_name(layer, before), hidden))
        if architecture.post_norms:
            inner = _norm(config, weight, layer_name(layer, "post_feedforward_layernorm"), inner)
        hidden = hidden + inner
    logits = _linear(weight, LM_HEAD, _norm(config, weight, FINAL_NORM, hidden), architecture.head_bias)
    return _softcap(logits, config.logit_softcap)


def greedy(config, get_weight, prompt, count):
    """The prompt's continuation by the most likely token."""
    tokens = list(prompt)
    for _ in range(count):
        tokens.append(int(np.argmax(forward(config, get_weight, tokens)[-1])))
    return tokens[len(prompt) :]


def _attend(config, weight, layer, normed):
    architecture = config.architecture
    count = len(normed)
    query, key, value = (
        _linear(weight, layer_name(layer, f"self_attn.{part}_proj"), normed, architecture.qkv_bias).reshape(count, -1, config.head_dim)
        for part in "qkv"
    )
    if architecture.qk_norm:
        query = _norm(config, weight, layer_name(layer, "self_attn.q_norm"), query)
        key = _norm(config, weight, layer_name(layer, "self_attn.k_norm"), key)
    query, key = _rotate(config, query), _rotate(config, key)
    repeats = config.num_attention_heads // config.num_key_value_heads
    key, value = np.repeat(key, repeats, axis=1), np.repeat(value, repeats, axis=1)
    scores = _softcap(np.einsum("qhd,khd->hqk", query, key) * config.attention_scale, config.attention_softcap)
    back = np.arange(count)[:, None] - np.arange(count)[None, :]
    hidden_from = (back < 0) | (back >= (config.windows[layer] or count))
    attended = np.einsum("hqk,khd->qhd", _softmax(np.where(hidden_from, -np.inf, scores)), value).reshape(count, -1)
    return _linear(weight, layer_name(layer, "self_attn.o_proj"), attended, architecture.output_bias)


def _mlp(config, weight, layer, normed):
    architecture = config.architecture

    def project(part, values):
        return _linear(weight, layer_name(layer, f"mlp.{part}"), values, architecture.mlp_bias)

    if not architecture.gated:
        return project("fc2", _activate(architecture, project("fc1", normed)))
    return project("down_proj", _activate(architecture, project("gate_proj", normed)) * project("up_proj", normed))


def _activate(architecture, values):
    if architecture.activation == "gelu_tanh":
        return 0.5 * values * (1 + np.tanh((2 / np.pi) ** 0.5 * (values + 0.044715 * values**3)))
    return values / (1 + np.exp(-values))


def _linear(weight, name, values, has_bias):
    product = values @ weight(name).T
    return product + weight(bias_of(name)) if has_bias else product


def _softcap(values, cap):
    return np.tanh(values / cap) * cap if cap else values


def _norm(config, weight, name, values):
    architecture = config.architecture
    if architecture.layer_norm:
        centred = values - values.mean(axis=-1, keepdims=True)
        deviation = np.sqrt(np.mean(np.square(centred), axis=-1, keepdims=True) + config.rms_norm_eps)
        return centred / deviation * weight(name) + weight(bias_of(name))
    scale = np.sqrt(np.mean(np.square(values), axis=-1, keepdims=True) + config.rms_norm_eps)
    return values / scale * (weight(name) + architecture.norm_offset)


def _rotate(config, values):
    """Rotates the first rotary_dim values of each head: the pairs (i, i + half), or (2i, 2i + 1) where they are interleaved."""
    cos, sin = (cache[: len(values), None, :] for cache in rotary_caches(config))
    rotated, rest = values[..., : config.rotary_dim], values[..., config.rotary_dim :]
    if config.architecture.interleaved:
        first, second = rotated[..., 0::2], rotated[..., 1::2]
        turned = np.stack((first * cos - second * sin, second * cos + first * sin), axis=-1).reshape(rotated.shape)
    else:
        first, second = np.split(rotated, 2, axis=-1)
        turned = np.concatenate((first * cos - second * sin, second * cos + first * sin), axis=-1)
    return np.concatenate((turned, rest), axis=-1)


def _softmax(scores):
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)
