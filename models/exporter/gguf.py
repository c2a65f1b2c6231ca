"""Writes a Llama-shaped model with seeded random weights as a GGUF file (version 3), for measuring other servers on the same shape.

Matrices are Q4_0: blocks of 32 values along the input, a float16 scale and 16 bytes of 4-bit codes with offset 8; the low halves hold
values 0 to 15, the high halves 16 to 31. Norms are float32, the embedding table is float16. The vocabulary is made up: byte tokens
and numbered words. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import struct
import zlib

import numpy as np

_ALIGNMENT = 32
_UINT32, _FLOAT32, _STRING, _ARRAY, _INT32 = 4, 6, 8, 9, 5
_TYPE_F32, _TYPE_F16, _TYPE_Q4_0 = 0, 1, 2
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_FILE_TYPE_MOSTLY_Q4_0 = 2
_BLOCK = 32


def write_random_gguf(path, config, seed):
    """Writes the file and returns its size in bytes."""
    tensors = list(_tensors(config))
    with open(path, "wb") as file:
        metadata = _metadata(config)
        file.write(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata)))
        for key, kind, value in metadata:
            file.write(_text(key) + struct.pack("<I", kind) + value)
        offset = 0
        for name, shape, kind in tensors:
            # Dimensions are written innermost first.
            file.write(_text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *reversed(shape), kind, offset))
            offset += _aligned(_bytes(shape, kind))
        _pad(file)
        for name, shape, kind in tensors:
            generator = np.random.default_rng([seed, zlib.crc32(name.encode())])
            file.write(_values(generator, shape, kind))
            _pad(file)
        return file.tell()


def _tensors(config):
    hidden, inner = config.hidden_size, config.intermediate_size
    yield "token_embd.weight", (config.vocab_size, hidden), _TYPE_F16
    yield "output_norm.weight", (hidden,), _TYPE_F32
    yield "output.weight", (config.vocab_size, hidden), _TYPE_Q4_0
    for layer in range(config.num_hidden_layers):
        prefix = f"blk.{layer}."
        yield prefix + "attn_norm.weight", (hidden,), _TYPE_F32
        yield prefix + "attn_q.weight", (config.query_size, hidden), _TYPE_Q4_0
        yield prefix + "attn_k.weight", (config.key_value_size, hidden), _TYPE_Q4_0
        yield prefix + "attn_v.weight", (config.key_value_size, hidden), _TYPE_Q4_0
        yield prefix + "attn_output.weight", (hidden, config.query_size), _TYPE_Q4_0
        yield prefix + "ffn_norm.weight", (hidden,), _TYPE_F32
        yield prefix + "ffn_gate.weight", (inner, hidden), _TYPE_Q4_0
        yield prefix + "ffn_up.weight", (inner, hidden), _TYPE_Q4_0
        yield prefix + "ffn_down.weight", (hidden, inner), _TYPE_Q4_0


def _metadata(config):
    words = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    words += [f"\u2581w{i}" for i in range(len(words), config.vocab_size)]
    kinds = [_UNKNOWN, _CONTROL, _CONTROL] + [_BYTE] * 256 + [_NORMAL] * (config.vocab_size - 259)
    text, number = (lambda key, value: (key, _STRING, _text(value))), (lambda key, value: (key, _UINT32, struct.pack("<I", value)))
    return [
        text("general.architecture", "llama"),
        text("general.name", "random"),
        number("general.file_type", _FILE_TYPE_MOSTLY_Q4_0),
        number("llama.context_length", config.max_position_embeddings),
        number("llama.embedding_length", config.hidden_size),
        number("llama.block_count", config.num_hidden_layers),
        number("llama.feed_forward_length", config.intermediate_size),
        number("llama.attention.head_count", config.num_attention_heads),
        number("llama.attention.head_count_kv", config.num_key_value_heads),
        number("llama.rope.dimension_count", config.head_dim),
        number("llama.vocab_size", config.vocab_size),
        ("llama.attention.layer_norm_rms_epsilon", _FLOAT32, struct.pack("<f", config.rms_norm_eps)),
        ("llama.rope.freq_base", _FLOAT32, struct.pack("<f", config.rope_theta)),
        text("tokenizer.ggml.model", "llama"),
        ("tokenizer.ggml.tokens", _ARRAY, struct.pack("<IQ", _STRING, len(words)) + b"".join(map(_text, words))),
        ("tokenizer.ggml.scores", _ARRAY, struct.pack("<IQ", _FLOAT32, len(words)) + np.zeros(len(words), "<f4").tobytes()),
        ("tokenizer.ggml.token_type", _ARRAY, struct.pack("<IQ", _INT32, len(kinds)) + np.asarray(kinds, "<i4").tobytes()),
        number("tokenizer.ggml.bos_token_id", 1),
        number("tokenizer.ggml.eos_token_id", 2),
        number("tokenizer.ggml.unknown_token_id", 0),
    ]


def _values(generator, shape, kind):
    deviation = 1.0 / shape[-1] ** 0.5
    if kind == _TYPE_F32:
        return generator.uniform(0.5, 1.5, shape).astype("<f4").tobytes()
    if kind == _TYPE_F16:
        return (generator.standard_normal(shape, np.float32) * deviation).astype("<f2").tobytes()
    blocks = int(np.prod(shape)) // _BLOCK
    scale = deviation / (16 / 12**0.5)
    data = np.empty((blocks, 2 + _BLOCK // 2), np.uint8)
    data[:, :2] = generator.uniform(0.9 * scale, 1.1 * scale, (blocks, 1)).astype("<f2").view(np.uint8)
    data[:, 2:] = generator.integers(0, 256, (blocks, _BLOCK // 2), np.uint8)
    return data.tobytes()


def _bytes(shape, kind):
    count = int(np.prod(shape))
    return {_TYPE_F32: 4 * count, _TYPE_F16: 2 * count, _TYPE_Q4_0: count // _BLOCK * (2 + _BLOCK // 2)}[kind]


def _text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _aligned(size):
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _pad(file):
    file.write(b"\0" * (_aligned(file.tell()) - file.tell()))
