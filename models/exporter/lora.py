"""
LoRA adapters: low-rank changes of matrices (arXiv 2106.09685) that a graph takes as inputs.

A matrix W [N, K] becomes W + (A B)^T with A [K, rank] and B [rank, N]. In the graph A and B are inputs with zeros for defaults, so that without an
adapter it computes the model as it is. The adapter file is a FlatBuffer of ONNX Runtime's schema
(https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/lora/adapter_format/adapter_schema.fbs).
"""

import struct
import zlib

import numpy as np
from onnx import TensorProto

TARGETS = ("self_attn.q_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.down_proj")
_FORMAT_VERSION = 1


def parameter_names(weight):
    """The graph's inputs for A and B of a matrix."""
    base = weight[: -len("weight")]
    return f"{base}lora_A.weight", f"{base}lora_B.weight"


def target_weights(config):
    return [f"model.layers.{layer}.{part}.weight" for layer in range(config.num_hidden_layers) for part in TARGETS]


def random_adapter(config, shapes, rank, seed):
    """Seeded A and B of every target, as large as the weights that they change."""
    arrays = {}
    for weight in target_weights(config):
        rows, columns = shapes[weight]
        for name, shape in zip(parameter_names(weight), ((columns, rank), (rank, rows))):
            generator = np.random.default_rng([seed, zlib.crc32(name.encode())])
            arrays[name] = (generator.standard_normal(shape) / shape[0] ** 0.5).astype(np.float32)
    return arrays


def merged(written, adapter):
    """The weights with the adapter in them, float64."""
    weights = dict(written)
    for weight in written:
        a, b = (adapter.get(name) for name in parameter_names(weight)) if weight.endswith(".weight") else (None, None)
        if a is not None:
            weights[weight] = written[weight].astype(np.float64) + (a.astype(np.float64) @ b.astype(np.float64)).T
    return weights


def write_adapter(path, arrays):
    buffer = _FlatBuffer(b"TORT")
    version, adapter, model = (struct.pack("<i", number) for number in (_FORMAT_VERSION, 1, 1))
    (parameters,) = buffer.table(0, [version, adapter, model, None])
    places = buffer.vector_of_references(parameters, len(arrays))
    for place, (name, array) in zip(places, arrays.items()):
        data_type = struct.pack("<i", {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.float16): TensorProto.FLOAT16}[array.dtype])
        text, shape, data = buffer.table(place, [None, None, data_type, None])
        buffer.vector(text, name.encode(), len(name.encode()), 1, terminated=True)
        buffer.vector(shape, np.array(array.shape, np.int64).tobytes(), array.ndim, 8)
        buffer.vector(data, array.tobytes(), array.nbytes, 8)
    with open(path, "wb") as file:
        file.write(buffer.bytes)


class _FlatBuffer:
    """Writes a FlatBuffer front to back (https://flatbuffers.dev/internals/): what is referred to comes behind the reference."""

    def __init__(self, identifier):
        self.bytes = bytearray(4) + identifier

    def align(self, size, ahead=0):
        """Fills up until what comes in so many bytes is aligned."""
        self.bytes += bytes(-(len(self.bytes) + ahead) % size)

    def table(self, place, fields):
        """Writes vtable and table of 4-byte fields, to which the reference at a place leads; None is a reference. Returns the places of the references."""
        size = 4 + 4 * len(fields)
        vtable = struct.pack(f"<{2 + len(fields)}H", 4 + 2 * len(fields), size, *(4 + 4 * i for i in range(len(fields))))
        self.align(4, len(vtable))
        start = len(self.bytes)
        self.bytes += vtable
        struct.pack_into("<I", self.bytes, place, len(self.bytes) - place)
        self.bytes += struct.pack("<i", len(self.bytes) - start)
        places = []
        for field in fields:
            if field is None:
                places.append(len(self.bytes))
            self.bytes += field or bytes(4)
        return places

    def vector(self, place, data, count, alignment, terminated=False):
        self.align(max(4, alignment), 4)
        struct.pack_into("<I", self.bytes, place, len(self.bytes) - place)
        self.bytes += struct.pack("<I", count) + data + (b"\0" if terminated else b"")

    def vector_of_references(self, place, count):
        self.align(4)
        struct.pack_into("<I", self.bytes, place, len(self.bytes) - place)
        self.bytes += struct.pack("<I", count)
        places = [len(self.bytes) + 4 * i for i in range(count)]
        self.bytes += bytes(4 * count)
        return places
