"""Builds the graph of a Llama decoder on the contrib operators that ONNX Runtime GenAI's own exports use."""

import numpy as np
from onnx import TensorProto, helper

from .options import bits_of
from .weights import EMBEDDING, FINAL_NORM, LM_HEAD, layer_name

CONTRIB = "com.microsoft"
_TYPES = {"fp32": TensorProto.FLOAT, "fp16": TensorProto.FLOAT16, "bf16": TensorProto.BFLOAT16}
INT64_MAX = np.iinfo(np.int64).max


def build_graph(config, weights, options, store):
    """Returns the ModelProto; constants go to the store in the order in which the graph uses them."""
    return _Builder(config, weights, options, store).build()


class _Builder:
    def __init__(self, config, weights, options, store):
        self._config = config
        self._weights = weights
        self._options = options
        self._store = store
        self._nodes = []
        self._type = _TYPES[options.compute]

    def build(self):
        config, options = self._config, self._options
        self._add_mask_nodes()
        self._add_rotary_caches()
        # The residual stream is the pair (sum so far, addend not yet added): each norm adds and normalises in one node.
        residual, addend = self._embed(), None
        for layer in range(config.num_hidden_layers):
            prefix = f"layers.{layer}"
            normed, residual = self._norm(f"{prefix}.input_norm", layer_name(layer, "input_layernorm"), residual, addend)
            addend = self._attention(layer, prefix, normed)
            normed, residual = self._norm(
                f"{prefix}.post_norm", layer_name(layer, "post_attention_layernorm"), residual, addend)
            addend = self._mlp(layer, prefix, normed)
        if options.last_logits:
            residual, addend = self._last("last.residual", residual), self._last("last.addend", addend)
        normed, _ = self._norm("final_norm", FINAL_NORM, residual, addend)
        self._matmul("lm_head", [LM_HEAD], normed, options.lm_head_precision, output="logits")
        return self._model()

    # Inputs

    def _add_mask_nodes(self):
        """A row's length is the sum of its mask; the longest row's length is the mask's width."""
        self._node("ReduceSum", ["attention_mask", self._const("axis_1", np.array([1], np.int64))], "mask.lengths", keepdims=0)
        self._node("Sub", ["mask.lengths", self._const("one", np.array(1, np.int64))], "mask.last_positions")
        self._node("Cast", ["mask.last_positions"], "seqlens_k", to=TensorProto.INT32)
        self._node("Shape", ["attention_mask"], "mask.shape")
        self._node("Gather", ["mask.shape", self._const("index_1", np.array(1, np.int64))], "mask.width", axis=0)
        self._node("Cast", ["mask.width"], "total_sequence_length", to=TensorProto.INT32)

    def _add_rotary_caches(self):
        cos, sin = rotary_caches(self._config)
        self._floats("cos_cache", cos)
        self._floats("sin_cache", sin)

    def _embed(self):
        kind = self._options.embedding
        if kind == "int8":
            table = self._weights.quantized([EMBEDDING], 8, self._options.block_size)
            data = table.packed.reshape(table.packed.shape[0], -1)
            inputs = [self._store.add(f"{EMBEDDING}.q8", data), "input_ids", self._floats(f"{EMBEDDING}.scales", table.scales)]
            return self._node(
                "GatherBlockQuantized", inputs, "embedding", CONTRIB,
                bits=8, block_size=table.block_size, gather_axis=0, quantize_axis=1)
        table = self._weights.get(EMBEDDING)
        if kind == self._options.compute:
            return self._node("Gather", [self._floats(EMBEDDING, table), "input_ids"], "embedding", axis=0)
        if kind == "fp32":
            self._node("Gather", [self._store.add(EMBEDDING, table), "input_ids"], "embedding.fp32", axis=0)
            return self._node("Cast", ["embedding.fp32"], "embedding", to=self._type)
        self._node("Gather", [self._store.add(f"{EMBEDDING}.fp16", table.astype(np.float16)), "input_ids"], "embedding.fp16", axis=0)
        return self._node("Cast", ["embedding.fp16"], "embedding", to=self._type)

    # Layer parts

    def _norm(self, name, weight, residual, addend):
        """Returns (normalised, new residual)."""
        scale = self._floats(weight, self._weights.get(weight))
        epsilon = self._config.rms_norm_eps
        if addend is None:
            output = self._node(
                "SimplifiedLayerNormalization", [residual, scale], name, axis=-1, epsilon=epsilon, stash_type=1)
            return output, residual
        total = f"{name}.residual"
        self._add("SkipSimplifiedLayerNormalization", [residual, addend, scale], [name, "", "", total], CONTRIB, epsilon=epsilon)
        return name, total

    def _attention(self, layer, prefix, hidden):
        config, options = self._config, self._options
        query, key, value = self._project_qkv(layer, prefix, hidden)
        rotate_inside = not options.position_ids
        if options.position_ids:
            query = self._rotate(f"{prefix}.query_rotated", query)
            key = self._rotate(f"{prefix}.key_rotated", key)
        caches = ["cos_cache", "sin_cache"] if rotate_inside else []
        past = [f"past_key_values.{layer}.key", f"past_key_values.{layer}.value"]
        present = [f"present.{layer}.key", f"present.{layer}.value"]
        attended = f"{prefix}.attention"
        self._add(
            "GroupQueryAttention",
            [query, key, value, *past, "seqlens_k", "total_sequence_length", *caches],
            [attended, *present],
            CONTRIB,
            num_heads=config.num_attention_heads,
            kv_num_heads=config.num_key_value_heads,
            scale=config.head_dim**-0.5,
            do_rotary=int(rotate_inside),
            rotary_interleaved=0,
        )
        return self._matmul(f"{prefix}.o_proj", [layer_name(layer, "self_attn.o_proj")], attended, options.precision)

    def _project_qkv(self, layer, prefix, hidden):
        """Three tensors, or (packed, "", ""), which GroupQueryAttention takes when it rotates itself."""
        config, options = self._config, self._options
        names = [layer_name(layer, f"self_attn.{part}_proj") for part in "qkv"]
        if not options.packed_qkv:
            return [
                self._matmul(f"{prefix}.{part}_proj", [name], hidden, options.precision) for part, name in zip("qkv", names)
            ]
        packed = self._matmul(f"{prefix}.qkv_proj", names, hidden, options.precision)
        if not options.position_ids:
            return packed, "", ""
        sizes = np.array([config.query_size, config.key_value_size, config.key_value_size], np.int64)
        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        self._add("Split", [packed, self._const("qkv_sizes", sizes)], parts, axis=-1)
        return parts

    def _rotate(self, name, value):
        return self._node(
            "RotaryEmbedding", [value, "position_ids", "cos_cache", "sin_cache"], name, CONTRIB, interleaved=0)

    def _mlp(self, layer, prefix, hidden):
        """SwiGLU: down(silu(gate(x)) * up(x))."""
        precision = self._options.precision
        gate = self._matmul(f"{prefix}.gate_proj", [layer_name(layer, "mlp.gate_proj")], hidden, precision)
        up = self._matmul(f"{prefix}.up_proj", [layer_name(layer, "mlp.up_proj")], hidden, precision)
        sigmoid = self._node("Sigmoid", [gate], f"{prefix}.gate_sigmoid")
        silu = self._node("Mul", [gate, sigmoid], f"{prefix}.gate_silu")
        inner = self._node("Mul", [silu, up], f"{prefix}.inner")
        return self._matmul(f"{prefix}.down_proj", [layer_name(layer, "mlp.down_proj")], inner, precision)

    def _last(self, name, value):
        """[batch, sequence, hidden] to its last position [batch, 1, hidden]."""
        bounds = [
            self._const("last_start", np.array([-1], np.int64)),
            self._const("last_end", np.array([INT64_MAX], np.int64)),
            self._const("axis_1", np.array([1], np.int64)),
        ]
        return self._node("Slice", [value, *bounds], name)

    def _matmul(self, name, weights, value, precision, output=None):
        """value x matrix^T, where the matrix is the given weights below each other."""
        bits = bits_of(precision)
        label = weights[0] if len(weights) == 1 else weights[0].replace("q_proj", "qkv_proj")
        if bits is None:
            matrix = np.concatenate([self._weights.get(weight) for weight in weights]).T
            return self._node("MatMul", [value, self._floats(f"{label}.transposed", matrix)], output or name)
        quantized = self._weights.quantized(weights, bits, self._options.block_size)
        rows = quantized.packed.shape[0]
        inputs = [
            value,
            self._store.add(f"{label}.q{bits}", quantized.packed),
            self._floats(f"{label}.scales", quantized.scales.reshape(-1)),
        ]
        attributes = {"K": quantized.columns, "N": rows, "bits": bits, "block_size": quantized.block_size}
        if self._options.accuracy_level:
            attributes["accuracy_level"] = self._options.accuracy_level
        return self._node("MatMulNBits", inputs, output or name, CONTRIB, **attributes)

    # Plumbing

    def _floats(self, name, array):
        return self._store.add_floats(name, array, self._options.compute)

    def _const(self, name, array):
        if all(tensor.name != name for tensor in self._store.initializers):
            self._store.add(name, array)
        return name

    def _node(self, op_type, inputs, output, domain="", **attributes):
        self._add(op_type, inputs, [output], domain, **attributes)
        return output

    def _add(self, op_type, inputs, outputs, domain="", **attributes):
        name = f"/{next(output for output in outputs if output)}/{op_type}"
        self._nodes.append(helper.make_node(op_type, inputs, outputs, name, domain=domain, **attributes))

    def _model(self):
        config, options = self._config, self._options
        inputs = [_int64("input_ids", "batch_size", "sequence_length"), _int64("attention_mask", "batch_size", "total_length")]
        if options.position_ids:
            inputs.append(_int64("position_ids", "batch_size", "sequence_length"))
        logits_length = 1 if options.last_logits else "sequence_length"
        outputs = [self._value("logits", "batch_size", logits_length, config.vocab_size)]
        for layer in range(config.num_hidden_layers):
            for part in ("key", "value"):
                shape = ["batch_size", config.num_key_value_heads, "past_length", config.head_dim]
                inputs.append(self._value(f"past_key_values.{layer}.{part}", *shape))
                shape[2] = "present_length"
                outputs.append(self._value(f"present.{layer}.{part}", *shape))
        graph = helper.make_graph(self._nodes, "llama", inputs, outputs, self._store.initializers)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="inferserve-exporter")

    def _value(self, name, *shape):
        return helper.make_tensor_value_info(name, self._type, list(shape))


def rotary_caches(config):
    """cos and sin of position x frequency, float64 [context, head_dim / 2] (RoFormer, arXiv 2104.09864)."""
    frequencies = config.rope_theta ** (-np.arange(0, config.head_dim, 2) / config.head_dim)
    angles = np.outer(np.arange(config.max_position_embeddings), frequencies)
    return np.cos(angles), np.sin(angles)


def _int64(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.INT64, list(shape))
