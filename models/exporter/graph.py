"""Builds the graph of a decoder on the contrib operators that ONNX Runtime GenAI's own exports use."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from .lora import parameter_names, target_weights
from .options import bits_of
from .weights import EMBEDDING, FINAL_NORM, LM_HEAD, bias_of, expected_shapes, layer_name

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
        self._parameters = []
        self._shapes = expected_shapes(config)
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
            if config.architecture.parallel:
                addend = self._node("Add", [addend, self._mlp(layer, prefix, normed)], f"{prefix}.both")
                continue
            before = "post_attention_layernorm"
            if config.architecture.post_norms:
                addend, _ = self._norm(f"{prefix}.attention_norm", layer_name(layer, before), addend, None)
                before = "pre_feedforward_layernorm"
            normed, residual = self._norm(f"{prefix}.post_norm", layer_name(layer, before), residual, addend)
            addend = self._mlp(layer, prefix, normed)
            if config.architecture.post_norms:
                addend, _ = self._norm(f"{prefix}.mlp_norm", layer_name(layer, "post_feedforward_layernorm"), addend, None)
        if options.last_logits:
            residual, addend = self._last("last.residual", residual), self._last("last.addend", addend)
        normed, _ = self._norm("final_norm", FINAL_NORM, residual, addend)
        self._logits(normed)
        return self._model()

    def _logits(self, normed):
        cap = self._config.logit_softcap
        raw = self._matmul("lm_head", [LM_HEAD], normed, self._options.lm_head_precision, output="lm_head" if cap else "logits")
        if cap:
            limit = self._scalar("logit_softcap", cap)
            bounded = self._node("Tanh", [self._node("Div", [raw, limit], "logits.ratio")], "logits.bounded")
            self._node("Mul", [bounded, limit], "logits")

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
        if self._config.long_rope is not None:
            self._choose_rotary_caches()
            return
        cos, sin = rotary_caches(self._config)
        self._floats("cos_cache", cos)
        self._floats("sin_cache", sin)

    def _choose_rotary_caches(self):
        """One choice for all rows of a run, by the mask's width, as GenAI's own exports make it."""
        branches = {
            f"{name}_branch": helper.make_graph(nodes, name, [], outputs)
            for name, (nodes, outputs) in (("then", self._cache_constants("long")), ("else", self._cache_constants("short")))
        }
        limit = self._const("original_length", np.array(self._config.long_rope.original_length, np.int64))
        is_long = self._node("Greater", ["mask.width", limit], "is_long")
        self._add("If", [is_long], ["cos_cache", "sin_cache"], **branches)

    def _cache_constants(self, kind):
        nodes, outputs = [], []
        for name, cache in zip(("cos", "sin"), rotary_caches(self._config, kind)):
            array = cache.astype(np.float16 if self._options.compute == "fp16" else np.float32)
            output = f"{name}_cache_{kind}"
            nodes.append(helper.make_node("Constant", [], [output], f"/{output}/Constant", value=numpy_helper.from_array(array)))
            outputs.append(self._value(output, *array.shape))
        return nodes, outputs

    def _embed(self):
        table = self._look_up()
        if not self._config.architecture.scaled_embedding:
            return table
        return self._node("Mul", [table, self._scalar("embedding_scale", self._config.hidden_size**0.5)], "embedding.scaled")

    def _look_up(self):
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
        architecture = self._config.architecture
        parameters = [self._floats(weight, self._weights.get(weight) + architecture.norm_offset)]
        if architecture.layer_norm:
            parameters.append(self._floats(bias_of(weight), self._weights.get(bias_of(weight))))
        kind = "LayerNormalization" if architecture.layer_norm else "SimplifiedLayerNormalization"
        epsilon = self._config.rms_norm_eps
        if addend is None:
            return self._node(kind, [residual, *parameters], name, axis=-1, epsilon=epsilon, stash_type=1), residual
        total = f"{name}.residual"
        self._add(f"Skip{kind}", [residual, addend, *parameters], [name, "", "", total], CONTRIB, epsilon=epsilon)
        return name, total

    def _attention(self, layer, prefix, hidden):
        config, options = self._config, self._options
        query, key, value = self._project_qkv(layer, prefix, hidden)
        if config.architecture.qk_norm:
            query = self._norm_heads(layer, prefix, "q", query, config.query_size)
            key = self._norm_heads(layer, prefix, "k", key, config.key_value_size)
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
            scale=config.attention_scale,
            do_rotary=int(rotate_inside),
            rotary_interleaved=int(config.architecture.interleaved),
            **self._attention_limits(layer),
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
        if not options.position_ids and not config.architecture.qk_norm:
            return packed, "", ""
        sizes = np.array([config.query_size, config.key_value_size, config.key_value_size], np.int64)
        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        self._add("Split", [packed, self._const("qkv_sizes", sizes)], parts, axis=-1)
        return parts

    def _attention_limits(self, layer):
        """The attributes that only some models have, so that the others' graphs stay as GenAI writes them."""
        config = self._config
        limits = {}
        if config.windows[layer] is not None:
            limits["local_window_size"] = config.windows[layer]
        if config.attention_softcap:
            limits["softcap"] = config.attention_softcap
        return limits

    def _norm_heads(self, layer, prefix, part, value, size):
        """Normalises each head by itself."""
        weight = layer_name(layer, f"self_attn.{part}_norm")
        heads = self._node(
            "Reshape", [value, self._const("heads_shape", np.array([0, 0, -1, self._config.head_dim], np.int64))], f"{prefix}.{part}_heads")
        normed, _ = self._norm(f"{prefix}.{part}_norm", weight, heads, None)
        return self._node("Reshape", [normed, self._const(f"shape_{size}", np.array([0, 0, size], np.int64))], f"{prefix}.{part}_normed")

    def _rotate(self, name, value):
        config = self._config
        partial = {}
        if config.rotary_dim != config.head_dim:
            partial = {"rotary_embedding_dim": config.rotary_dim}
            partial["num_heads"] = config.num_attention_heads if "query" in name else config.num_key_value_heads
        return self._node(
            "RotaryEmbedding", [value, "position_ids", "cos_cache", "sin_cache"], name, CONTRIB,
            interleaved=int(config.architecture.interleaved), **partial)

    def _mlp(self, layer, prefix, hidden):
        if not self._config.architecture.gated:
            inner = self._project(layer, prefix, "fc1", hidden)
            return self._project(layer, prefix, "fc2", self._activate(f"{prefix}.fc1", inner))
        if self._options.packed_mlp:
            names = [layer_name(layer, f"mlp.{part}_proj") for part in ("gate", "up")]
            both = self._matmul(f"{prefix}.gate_up_proj", names, hidden, self._options.precision)
            gate, up = f"{prefix}.gate", f"{prefix}.up"
            sizes = np.array([self._config.intermediate_size] * 2, np.int64)
            self._add("Split", [both, self._const("gate_up_sizes", sizes)], [gate, up], axis=-1)
        else:
            gate, up = (self._project(layer, prefix, f"{part}_proj", hidden) for part in ("gate", "up"))
        inner = self._node("Mul", [self._activate(f"{prefix}.gate", gate), up], f"{prefix}.inner")
        return self._project(layer, prefix, "down_proj", inner)

    def _project(self, layer, prefix, part, value):
        return self._matmul(f"{prefix}.{part}", [layer_name(layer, f"mlp.{part}")], value, self._options.precision)

    def _activate(self, name, value):
        if self._config.architecture.activation == "gelu_tanh":
            return self._node("FastGelu", [value], f"{name}_gelu", CONTRIB)
        return self._node("Mul", [value, self._node("Sigmoid", [value], f"{name}_sigmoid")], f"{name}_silu")

    def _last(self, name, value):
        """[batch, sequence, hidden] to its last position [batch, 1, hidden]."""
        bounds = [
            self._const("last_start", np.array([-1], np.int64)),
            self._const("last_end", np.array([INT64_MAX], np.int64)),
            self._const("axis_1", np.array([1], np.int64)),
        ]
        return self._node("Slice", [value, *bounds], name)

    def _matmul(self, name, weights, value, precision, output=None):
        """value x matrix^T + bias, where the matrix is the given weights below each other."""
        if self._options.lora and weights[0] in target_weights(self._config):
            product = self._product(name, weights, value, precision, f"{name}.base")
            return self._node("Add", [product, self._lora(name, weights[0], value)], output or name)
        biases = [bias_of(weight) for weight in weights]
        if biases[0] not in self._shapes:
            return self._product(name, weights, value, precision, output or name)
        product = self._product(name, weights, value, precision, f"{name}.product")
        bias = np.concatenate([self._weights.get(weight) for weight in biases])
        return self._node("Add", [product, self._floats(bias_of(_label(weights)), bias)], output or name)

    def _lora(self, name, weight, value):
        """What an adapter adds; without one the inputs are zeros of rank 1."""
        rows, columns = self._shapes[weight]
        for parameter, shape, zeros in zip(parameter_names(weight), ((columns, "rank"), ("rank", rows)), ((columns, 1), (1, rows))):
            self._floats(parameter, np.zeros(zeros, np.float32))
            self._parameters.append(self._value(parameter, *shape))
        down, up = parameter_names(weight)
        return self._node("MatMul", [self._node("MatMul", [value, down], f"{name}.lora_down"), up], f"{name}.lora_up")

    def _product(self, name, weights, value, precision, output):
        bits = bits_of(precision)
        label = _label(weights)
        if bits is None:
            matrix = np.concatenate([self._weights.get(weight) for weight in weights]).T
            return self._node("MatMul", [value, self._floats(f"{label}.transposed", matrix)], output)
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
        return self._node("MatMulNBits", inputs, output, CONTRIB, **attributes)

    # Plumbing

    def _floats(self, name, array):
        return self._store.add_floats(name, array, self._options.compute)

    def _scalar(self, name, value):
        return self._floats(name, np.array([value], np.float32))

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
        graph = helper.make_graph(self._nodes, config.model_type, inputs + self._parameters, outputs, self._store.initializers)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="inferserve-exporter")

    def _value(self, name, *shape):
        return helper.make_tensor_value_info(name, self._type, list(shape))


def _label(weights):
    """The name of matrices below each other."""
    if len(weights) == 1:
        return weights[0]
    return weights[0].replace("q_proj", "qkv_proj").replace("gate_proj", "gate_up_proj")


def rotary_caches(config, kind="short"):
    """cos and sin of position x frequency, float64 [context, rotary_dim / 2] (RoFormer, arXiv 2104.09864); kind: which factors a long context has."""
    frequencies = config.rope_theta ** (-np.arange(0, config.rotary_dim, 2) / config.rotary_dim)
    length, scale = config.max_position_embeddings, 1.0
    if config.long_rope is not None:
        original = config.long_rope.original_length
        scale = np.sqrt(1 + np.log(length / original) / np.log(original))
        frequencies = frequencies / np.array(config.long_rope.short_factors if kind == "short" else config.long_rope.long_factors)
        length = original if kind == "short" else length
    angles = np.outer(np.arange(length), frequencies)
    return np.cos(angles) * scale, np.sin(angles) * scale


def _int64(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.INT64, list(shape))
