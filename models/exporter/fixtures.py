"""
Writes the tiny random models that the integration tests compare with this package's reference: tiny-llama, each way to write the same Llama, and
variants, what other families have that Llama has not; lora, a model with two adapters.
"""

import json
import os

import numpy as np

from .config import parse_config
from .genai import write_folder
from .lora import merged, random_adapter, write_adapter
from .options import ExportOptions
from .readback import read_back
from .reference import forward, greedy
from .weights import RandomWeights, ArrayWeights, expected_shapes

_SEED = 20
_PROMPT_LENGTH = 19
_GREEDY_LENGTH = 12
# How far a logit may be from the reference: what rounding costs in the graph's element type.
_TOLERANCES = {"fp32": 1e-4, "fp16": 2e-2, "bf16": 1e-1}
_SHAPE = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "vocab_size": 48,
    "max_position_embeddings": 64,
    "bos_token_id": 1,
    "eos_token_id": [2, 3],
    "pad_token_id": 0,
}
# Together they cover every choice of the exporter. Those in fp32 are close to the reference.
_LLAMAS = {
    "fp32-positions": (
        ExportOptions(precision="fp32", embedding="fp32", packed_qkv=False, position_ids=True, last_logits=False),
        {"num_hidden_layers": 1}),
    "int4-last": (
        ExportOptions(precision="int4", lm_head="int8", embedding="fp16", accuracy_level=1), {"tie_word_embeddings": True}),
    "int8-external": (
        ExportOptions(
            precision="int8", embedding="int8", block_size=16, accuracy_level=1, position_ids=True, external_data=True), {}),
    "fp16": (ExportOptions(precision="int4", lm_head="fp32", accuracy_level=0, compute="fp16"), {}),
    "bf16": (ExportOptions(precision="fp32", accuracy_level=0, compute="bf16"), {"num_hidden_layers": 1}),
}
_ALTERNATING = {"sliding_window": 8, "layer_types": ["sliding_attention", "full_attention"]}
_GEMMA = {**_ALTERNATING, "query_pre_attn_scalar": 24, "tie_word_embeddings": True}
_VARIANTS = {
    # Biases behind packed and separate projections, the second with rotation outside attention.
    "qwen2-packed": ({"model_type": "qwen2", "tie_word_embeddings": True}, ExportOptions(accuracy_level=1)),
    "qwen2-separate": (
        {"model_type": "qwen2"}, ExportOptions(precision="fp32", embedding="fp32", packed_qkv=False, position_ids=True, last_logits=False)),
    "llama-biases": (
        {"attention_bias": True, "mlp_bias": True}, ExportOptions(precision="int8", accuracy_level=1, block_size=32, last_logits=False)),
    # Heads normalised before they are rotated, inside attention and outside.
    "qwen3": ({"model_type": "qwen3"}, ExportOptions(precision="int8", accuracy_level=1, packed_qkv=False, last_logits=False)),
    "qwen3-positions": ({"model_type": "qwen3", "tie_word_embeddings": True}, ExportOptions(accuracy_level=1, position_ids=True)),
    # Scaled embeddings, (1 + w) norms before and after, windows in every other layer, bounded scores and logits.
    "gemma2": (
        {"model_type": "gemma2", "attn_logit_softcapping": 5.0, "final_logit_softcapping": 3.0, **_GEMMA},
        ExportOptions(precision="fp32", embedding="fp32", last_logits=False)),
    "gemma3": ({"model_type": "gemma3_text", **_GEMMA}, ExportOptions(accuracy_level=1, packed_qkv=False)),
    "gemma3-fp16": ({"model_type": "gemma3_text", **_GEMMA}, ExportOptions(accuracy_level=0, packed_qkv=False, compute="fp16")),
    # A window in every layer; blocks of 128 values.
    "mistral-block128": (
        {"model_type": "mistral", "sliding_window": 8, "hidden_size": 128, "head_dim": 32, "num_hidden_layers": 1},
        ExportOptions(block_size=128, accuracy_level=1)),
    # Half of each head is rotated.
    "phi3": (
        {"model_type": "phi3", "head_dim": 32, "partial_rotary_factor": 0.5, "tie_word_embeddings": True},
        ExportOptions(accuracy_level=1, packed_mlp=True)),
    "phi": (
        {"model_type": "phi", "head_dim": 32, "partial_rotary_factor": 0.5},
        ExportOptions(precision="int8", accuracy_level=1, packed_qkv=False, position_ids=True, last_logits=False)),
    # Other rotary caches beyond the first 40 tokens, for all rows of a run at once.
    "phi3-longrope": (
        {
            "model_type": "phi3", "original_max_position_embeddings": 40,
            "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.1] * 4, "long_factor": [1.5, 3.0] * 4},
        },
        ExportOptions(accuracy_level=1, packed_mlp=True, last_logits=False)),
    # Neighbours are rotated together.
    "glm": ({"model_type": "glm", "head_dim": 32, "partial_rotary_factor": 0.5}, ExportOptions(accuracy_level=1)),
    "glm-fp16": ({"model_type": "glm", "head_dim": 32}, ExportOptions(precision="int8", accuracy_level=0, compute="fp16", last_logits=False)),
}


def write_fixtures(output):
    for name, (options, changes) in _LLAMAS.items():
        _write(os.path.join(output, "tiny-llama", name), options, changes)
    for name, (changes, options) in _VARIANTS.items():
        _write(os.path.join(output, "variants", name), options, changes)
    _write_lora(os.path.join(output, "lora"))


def _write_lora(folder):
    """A model that takes adapters, and two of them with references of the merged weights."""
    options = ExportOptions(accuracy_level=1, packed_qkv=False, last_logits=False, lora=True)
    config = _write(folder, options, {})
    written = read_back(folder, config)
    for name, rank, seed in (("formal", 4, 1), ("terse", 2, 2)):
        adapter = random_adapter(config, expected_shapes(config), rank, seed)
        write_adapter(os.path.join(folder, f"{name}.onnx_adapter"), adapter)
        _write_reference(os.path.join(folder, name), config, merged(written, adapter), options)


def _write(folder, options, changes):
    config = parse_config({**_SHAPE, **changes})
    source = RandomWeights(config, _SEED)
    weights = ArrayWeights(config, {weight: source.get(weight) for weight in expected_shapes(config)})
    size = write_folder(folder, config, weights, options)
    margin = _write_reference(folder, config, read_back(folder, config), options)
    print(f"{folder}: {size} bytes, the greedy tokens lead by {margin:.3g} at least")
    return config


def _write_reference(folder, config, written, options):
    os.makedirs(folder, exist_ok=True)
    prompt = np.random.default_rng(_SEED).integers(4, config.vocab_size, _PROMPT_LENGTH).tolist()
    logits = forward(config, written.__getitem__, prompt)
    continuation = greedy(config, written.__getitem__, prompt, _GREEDY_LENGTH)
    reference = {
        "tolerance": _TOLERANCES[options.compute],
        "prompt": prompt,
        "greedy": continuation,
        "logits": [[float(f"{value:.6g}") for value in row] for row in logits],
    }
    with open(os.path.join(folder, "reference.json"), "w", encoding="utf-8") as file:
        json.dump(reference, file, separators=(",", ":"))
        file.write("\n")
    return _margin(forward(config, written.__getitem__, prompt + continuation)[_PROMPT_LENGTH - 1 :])


def _margin(logits):
    """By how much the likeliest token leads, at least: a tie would be decided by rounding."""
    best = np.sort(logits[:-1], axis=-1)
    return float((best[:, -1] - best[:, -2]).min())
