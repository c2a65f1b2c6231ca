"""Reads a written graph back to weights by their Hugging Face names: what the runtime computes with, dequantised."""

import numpy as np
from onnx import numpy_helper

from .genai import load_graph
from .quantize import QuantizedMatrix, dequantize
from .weights import EMBEDDING, LM_HEAD, bias_of, layer_name


def read_back(folder, config):
    """Returns {name: float32 array}, lm_head always included."""
    graph = load_graph(folder).graph
    constants = {tensor.name: _numbers(tensor) for tensor in graph.initializer}
    weights = {name: array for name, array in constants.items() if name.endswith(".bias")}
    offset = np.float32(config.architecture.norm_offset)
    weights.update({name: array - offset for name, array in constants.items() if name.endswith("norm.weight")})
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0].startswith(EMBEDDING):
            weights[EMBEDDING] = constants[node.input[0]].astype(np.float32)
        elif node.op_type == "GatherBlockQuantized":
            weights[EMBEDDING] = _embedding(node, constants)
        elif node.op_type == "MatMul" and node.input[1].endswith(".transposed"):
            weights[_base(node.input[1])] = constants[node.input[1]].T
        elif node.op_type == "MatMulNBits":
            weights[_base(node.input[1])] = _matrix(node, constants)
    return _split(weights, config)


def _numbers(tensor):
    """Floats of any type as float32; other types as they are."""
    array = numpy_helper.to_array(tensor)
    return array.astype(np.float32) if array.dtype == np.float16 else array


def _embedding(node, constants):
    block_size = _attributes(node)["block_size"]
    data, scales = constants[node.input[0]], constants[node.input[2]]
    blocks = data.reshape(data.shape[0], -1, block_size)
    return dequantize(QuantizedMatrix(blocks, scales, 8, block_size, data.shape[1]))


def _matrix(node, constants):
    attributes = _attributes(node)
    packed, scales = constants[node.input[1]], constants[node.input[2]]
    return dequantize(QuantizedMatrix(packed, scales, attributes["bits"], attributes["block_size"], attributes["K"]))


def _attributes(node):
    return {attribute.name: attribute.i for attribute in node.attribute}


def _base(name):
    """model.layers.0.mlp.up_proj.weight.q4 to model.layers.0.mlp.up_proj.weight."""
    return name.rsplit(".", 1)[0]


def _split(weights, config):
    """Cuts matrices, and their biases, that stand below each other in the graph."""
    qkv = [config.query_size, config.query_size + config.key_value_size]
    for layer in range(config.num_hidden_layers):
        for packed, parts, bounds in (
            ("self_attn.qkv_proj", ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"), qkv),
            ("mlp.gate_up_proj", ("mlp.gate_proj", "mlp.up_proj"), [config.intermediate_size]),
        ):
            for kind in (str, bias_of):
                matrix = weights.pop(kind(layer_name(layer, packed)), None)
                if matrix is not None:
                    weights.update({kind(layer_name(layer, part)): rows for part, rows in zip(parts, np.split(matrix, bounds))})
    if LM_HEAD not in weights:
        raise ValueError("the graph has no lm_head")
    return weights
