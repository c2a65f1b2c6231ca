"""Writes the tiny random models that the integration tests compare with this package's reference."""

import json
import os

import numpy as np

from .config import parse_config
from .genai import write_folder
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
# Together the variants cover every choice of the exporter. Those in fp32 are close to the reference.
_VARIANTS = {
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


def write_fixtures(output):
    for name, (options, changes) in _VARIANTS.items():
        folder = os.path.join(output, name)
        config = parse_config({**_SHAPE, **changes})
        source = RandomWeights(config, _SEED)
        weights = ArrayWeights(config, {weight: source.get(weight) for weight in expected_shapes(config)})
        size = write_folder(folder, config, weights, options)
        written = read_back(folder, config)
        prompt = np.random.default_rng(_SEED).integers(4, config.vocab_size, _PROMPT_LENGTH).tolist()
        logits = forward(config, written.__getitem__, prompt)
        reference = {
            "tolerance": _TOLERANCES[options.compute],
            "prompt": prompt,
            "greedy": greedy(config, written.__getitem__, prompt, _GREEDY_LENGTH),
            "logits": [[float(f"{value:.6g}") for value in row] for row in logits],
        }
        with open(os.path.join(folder, "reference.json"), "w", encoding="utf-8") as file:
            json.dump(reference, file, separators=(",", ":"))
            file.write("\n")
        print(f"{folder}: {size} bytes")
