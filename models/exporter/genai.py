"""Writes the folder around the graph: genai_config.json, the tokenizer's files."""

import json
import os
import shutil

import onnx

from .graph import build_graph
from .options import bits_of
from .tensors import TensorStore
from .weights import parameter_count

GRAPH_FILE = "model.onnx"
DATA_FILE = "model.onnx.data"
# A protobuf ends at 2 GB; what is left is for the nodes.
_LARGEST_INLINE = 1_900_000_000
_TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "generation_config.json",
)


def write_folder(folder, config, weights, options, tokenizer_dir=None):
    """Writes graph, config and tokenizer; returns the size of the graph and its data in bytes."""
    os.makedirs(folder, exist_ok=True)
    graph_path, data_path = os.path.join(folder, GRAPH_FILE), os.path.join(folder, DATA_FILE)
    for stale in (graph_path, data_path):
        if os.path.exists(stale):
            os.remove(stale)
    external = options.external_data
    if external is None:
        external = estimate_bytes(config, options) > _LARGEST_INLINE
    store = TensorStore(data_path if external else None)
    try:
        model = build_graph(config, weights, options, store)
    finally:
        store.close()
    with open(graph_path, "wb") as file:
        file.write(model.SerializeToString())
    with open(os.path.join(folder, "genai_config.json"), "w", encoding="utf-8") as file:
        json.dump(genai_config(config, options), file, indent=2)
        file.write("\n")
    if tokenizer_dir is not None:
        for name in _TOKENIZER_FILES:
            source = os.path.join(tokenizer_dir, name)
            if os.path.exists(source):
                shutil.copyfile(source, os.path.join(folder, name))
    return sum(os.path.getsize(path) for path in (graph_path, data_path) if os.path.exists(path))


def load_graph(folder):
    """The written graph with its data, for reading back."""
    return onnx.load(os.path.join(folder, GRAPH_FILE))


def estimate_bytes(config, options):
    """Upper bound of the constants' size: every weight at its precision, scales included."""
    table = config.vocab_size * config.hidden_size
    embedding = table * {"fp32": 4, "fp16": 2, "int8": 2}[options.embedding]
    layers = parameter_count(config) - table * (1 if config.tie_word_embeddings else 2)
    caches = config.max_position_embeddings * config.head_dim * 4
    return int(
        embedding
        + layers * _bytes_per_weight(options.precision, options.block_size)
        + table * _bytes_per_weight(options.lm_head_precision, options.block_size)
        + caches
    )


def _bytes_per_weight(precision, block_size):
    bits = bits_of(precision)
    return 4 if bits is None else bits / 8 + 4 / block_size


def genai_config(config, options):
    inputs = {
        "input_ids": "input_ids",
        "attention_mask": "attention_mask",
        "past_key_names": "past_key_values.%d.key",
        "past_value_names": "past_key_values.%d.value",
    }
    if options.position_ids:
        inputs["position_ids"] = "position_ids"
    model = {"type": config.model_type, "context_length": config.max_position_embeddings, "vocab_size": config.vocab_size}
    if config.bos_token_id is not None:
        model["bos_token_id"] = config.bos_token_id
    if config.eos_token_ids:
        model["eos_token_id"] = list(config.eos_token_ids) if len(config.eos_token_ids) > 1 else config.eos_token_ids[0]
    pad = config.pad_token_id if config.pad_token_id is not None else next(iter(config.eos_token_ids), None)
    if pad is not None:
        model["pad_token_id"] = pad
    model["decoder"] = {
        "session_options": {"log_id": "onnxruntime-genai", "provider_options": []},
        "filename": GRAPH_FILE,
        "head_size": config.head_dim,
        "hidden_size": config.hidden_size,
        "num_attention_heads": config.num_attention_heads,
        "num_hidden_layers": config.num_hidden_layers,
        "num_key_value_heads": config.num_key_value_heads,
        "inputs": inputs,
        "outputs": {
            "logits": "logits",
            "present_key_names": "present.%d.key",
            "present_value_names": "present.%d.value",
        },
    }
    search = {
        "diversity_penalty": 0.0,
        "do_sample": False,
        "early_stopping": True,
        "length_penalty": 1.0,
        "max_length": config.max_position_embeddings,
        "min_length": 0,
        "no_repeat_ngram_size": 0,
        "num_beams": 1,
        "num_return_sequences": 1,
        "past_present_share_buffer": True,
        "repetition_penalty": 1.0,
        "temperature": 1.0,
        "top_k": 1,
        "top_p": 1.0,
    }
    return {"model": model, "search": search}
