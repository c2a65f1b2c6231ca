"""Where weights come from: a NumPy archive with Hugging Face names, or a seeded generator."""

import zlib

import numpy as np

from . import quantize

EMBEDDING = "model.embed_tokens.weight"
FINAL_NORM = "model.norm.weight"
LM_HEAD = "lm_head.weight"


class WeightsError(ValueError):
    """Weights that do not fit the config; the message lists every reason."""


def layer_name(layer, part):
    return f"model.layers.{layer}.{part}.weight"


def expected_shapes(config):
    """Every weight that a config asks for, by name."""
    hidden, query, kv, inner = config.hidden_size, config.query_size, config.key_value_size, config.intermediate_size
    architecture = config.architecture
    shapes = {EMBEDDING: (config.vocab_size, hidden), **_norm_shapes(architecture, FINAL_NORM, hidden)}
    for layer in range(config.num_hidden_layers):
        matrices = [
            ("self_attn.q_proj", (query, hidden), architecture.qkv_bias),
            ("self_attn.k_proj", (kv, hidden), architecture.qkv_bias),
            ("self_attn.v_proj", (kv, hidden), architecture.qkv_bias),
            ("self_attn.o_proj", (hidden, query), architecture.output_bias),
            *((f"mlp.{name}", shape, architecture.mlp_bias) for name, shape in _mlp_shapes(architecture, hidden, inner)),
        ]
        for part, shape, has_bias in matrices:
            shapes[layer_name(layer, part)] = shape
            if has_bias:
                shapes[bias_of(layer_name(layer, part))] = shape[:1]
        norms = ["input_layernorm"]
        norms += [] if architecture.parallel else ["post_attention_layernorm"]
        norms += ["pre_feedforward_layernorm", "post_feedforward_layernorm"] if architecture.post_norms else []
        for part in norms:
            shapes.update(_norm_shapes(architecture, layer_name(layer, part), hidden))
        for part in ("q", "k") if architecture.qk_norm else ():
            shapes[layer_name(layer, f"self_attn.{part}_norm")] = (config.head_dim,)
    if not config.tie_word_embeddings:
        shapes[LM_HEAD] = (config.vocab_size, hidden)
    if architecture.head_bias:
        shapes[bias_of(LM_HEAD)] = (config.vocab_size,)
    return shapes


def bias_of(weight):
    return weight[: -len("weight")] + "bias"


def _norm_shapes(architecture, weight, size):
    return {name: (size,) for name in ((weight, bias_of(weight)) if architecture.layer_norm else (weight,))}


def _mlp_shapes(architecture, hidden, inner):
    if architecture.gated:
        return [("gate_proj", (inner, hidden)), ("up_proj", (inner, hidden)), ("down_proj", (hidden, inner))]
    return [("fc1", (inner, hidden)), ("fc2", (hidden, inner))]


def parameter_count(config):
    return sum(int(np.prod(shape)) for shape in expected_shapes(config).values())


class ArrayWeights:
    """Weights held by a mapping of name to array; an opened .npz reads one array at a time."""

    def __init__(self, config, arrays):
        self._config = config
        self._arrays = arrays
        self._check()

    @classmethod
    def load(cls, config, path):
        return cls(config, np.load(path, allow_pickle=False))

    def get(self, name):
        """The weight as float32. The lm_head of a tied model is its embedding table."""
        if name == LM_HEAD and self._config.tie_word_embeddings:
            name = EMBEDDING
        return np.asarray(self._arrays[name], np.float32)

    def quantized(self, names, bits, block_size):
        """The matrices of names below each other, quantised."""
        return quantize.quantize(np.concatenate([self.get(name) for name in names]), bits, block_size)

    def _check(self):
        shapes = expected_shapes(self._config)
        present = set(self._arrays.keys())
        problems = [f"{name} is missing" for name in shapes if name not in present]
        surplus = present - set(shapes)
        if self._config.tie_word_embeddings:
            surplus.discard(LM_HEAD)
        problems += [f"{name} has no place in the graph" for name in sorted(surplus)]
        for name, shape in shapes.items():
            if name in present and self._arrays[name].shape != shape:
                problems.append(f"{name} must have shape {shape}, got {self._arrays[name].shape}")
        if problems:
            raise WeightsError("; ".join(problems))


class RandomWeights:
    """Seeded random weights of any shape. A weight depends on the seed and its name only, not on the order of calls."""

    def __init__(self, config, seed):
        self._shapes = expected_shapes(config)
        self._shapes.setdefault(LM_HEAD, self._shapes[EMBEDDING])
        self._tied = config.tie_word_embeddings
        self._norm_offset = config.architecture.norm_offset
        self._seed = seed

    def get(self, name):
        name = EMBEDDING if name == LM_HEAD and self._tied else name
        shape = self._shapes[name]
        generator = self._generator(name)
        if name.endswith(".bias"):
            return generator.uniform(-0.5, 0.5, shape).astype(np.float32)
        if len(shape) == 1:
            return (generator.uniform(0.5, 1.5, shape) - self._norm_offset).astype(np.float32)
        values = generator.standard_normal(shape, np.float32)
        values *= self._deviation(shape)
        return values

    def quantized(self, names, bits, block_size):
        rows = sum(self._shapes[name][0] for name in names)
        columns = self._shapes[names[0]][1]
        deviation = self._deviation((rows, columns))
        return quantize.random_quantized(self._generator(names[0]), rows, columns, bits, block_size, deviation)

    def _generator(self, name):
        return np.random.default_rng([self._seed, zlib.crc32(name.encode())])

    @staticmethod
    def _deviation(shape):
        return 1.0 / shape[1] ** 0.5
