"""The shape of a decoder, read from a Hugging Face config.json."""

import json
from dataclasses import dataclass, replace

from .architecture import ACTIVATIONS, ARCHITECTURES, Architecture


class ConfigError(ValueError):
    """A config.json that the exporter cannot write a graph for; the message lists every reason."""


@dataclass(frozen=True)
class LongRope:
    """Divisors of the rotary frequencies: short ones up to the original length of the context, long ones for everything in longer sequences (LongRoPE, arXiv 2402.13753)."""

    original_length: int
    short_factors: "tuple[float, ...]"
    long_factors: "tuple[float, ...]"


@dataclass(frozen=True)
class DecoderConfig:
    """windows: for each layer how many positions attention looks back, the own one included; None for all."""

    model_type: str
    architecture: Architecture
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    head_dim: int
    vocab_size: int
    max_position_embeddings: int
    rms_norm_eps: float
    rope_theta: float
    tie_word_embeddings: bool
    bos_token_id: "int | None"
    eos_token_ids: "tuple[int, ...]"
    pad_token_id: "int | None"
    rotary_dim: int
    attention_scale: float
    attention_softcap: float
    logit_softcap: float
    windows: "tuple[int | None, ...]"
    long_rope: "LongRope | None"

    @property
    def query_size(self):
        """Rows of q_proj: heads x head_dim (it need not equal hidden_size)."""
        return self.num_attention_heads * self.head_dim

    @property
    def key_value_size(self):
        """Rows of k_proj and of v_proj: key/value heads x head_dim."""
        return self.num_key_value_heads * self.head_dim


_COUNTS = (
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "vocab_size",
    "max_position_embeddings",
)


def load_config(path):
    with open(path, encoding="utf-8") as file:
        return parse_config(json.load(file))


def parse_config(values):
    """Turns the keys of a config.json into a DecoderConfig, or raises ConfigError with every problem found."""
    problems = []
    numbers = {}
    for key in _COUNTS:
        value = values.get(key)
        if not _is_int(value) or value < 1:
            problems.append(f"{key} must be a positive integer, got {value!r}")
        numbers[key] = value
    if problems:
        raise ConfigError("; ".join(problems))

    heads = numbers["num_attention_heads"]
    kv_heads = values.get("num_key_value_heads") or heads
    head_dim = values.get("head_dim") or numbers["hidden_size"] // heads
    if heads % kv_heads != 0:
        problems.append(f"num_attention_heads ({heads}) must be a multiple of num_key_value_heads ({kv_heads})")
    if head_dim % 16 != 0:
        problems.append(f"head_dim must be a multiple of 16 (GroupQueryAttention's rotary embedding), got {head_dim}")
    model_type = values.get("model_type", "llama")
    architecture = ARCHITECTURES.get(model_type)
    if architecture is None:
        problems.append(f"model_type must be one of {', '.join(ARCHITECTURES)}, got {model_type!r}")
        architecture = Architecture()
    activation = values.get("hidden_activation") or values.get("hidden_act")
    if activation is not None and activation not in ACTIVATIONS:
        problems.append(f"hidden_act must be one of {', '.join(ACTIVATIONS)}, got {activation!r}")
    architecture = replace(
        architecture,
        qkv_bias=architecture.qkv_bias or bool(values.get("attention_bias")),
        output_bias=architecture.output_bias or bool(values.get("attention_bias")) and model_type == "llama",
        mlp_bias=architecture.mlp_bias or bool(values.get("mlp_bias")),
        activation=ACTIVATIONS.get(activation, architecture.activation),
    )
    rotary_dim = int(head_dim * values.get("partial_rotary_factor", 1.0))
    if rotary_dim % 16 != 0 or rotary_dim < 1:
        problems.append(f"partial_rotary_factor of head_dim ({head_dim}) must be a multiple of 16, got {rotary_dim}")
    long_rope = _long_rope(values, rotary_dim, problems)
    eos = values.get("eos_token_id")
    eos_ids = tuple(eos) if isinstance(eos, list) else () if eos is None else (eos,)
    ids = [("eos_token_id", i) for i in eos_ids]
    ids += [(key, values[key]) for key in ("bos_token_id", "pad_token_id") if values.get(key) is not None]
    for key, value in ids:
        if not _is_int(value) or not 0 <= value < numbers["vocab_size"]:
            problems.append(f"{key} must be a token id below vocab_size ({numbers['vocab_size']}), got {value!r}")
    if problems:
        raise ConfigError("; ".join(problems))

    return DecoderConfig(
        **numbers,
        num_key_value_heads=kv_heads,
        head_dim=head_dim,
        rms_norm_eps=float(values.get("rms_norm_eps", 1e-6)),
        rope_theta=float(values.get("rope_theta", 10000.0)),
        tie_word_embeddings=bool(values.get("tie_word_embeddings", False)),
        bos_token_id=values.get("bos_token_id"),
        eos_token_ids=eos_ids,
        pad_token_id=values.get("pad_token_id"),
        model_type=model_type,
        architecture=architecture,
        rotary_dim=rotary_dim,
        attention_scale=float(values.get("query_pre_attn_scalar") or head_dim) ** -0.5,
        attention_softcap=float(values.get("attn_logit_softcapping") or 0.0),
        logit_softcap=float(values.get("final_logit_softcapping") or 0.0),
        windows=_windows(values, numbers["num_hidden_layers"]),
        long_rope=long_rope,
    )


def _long_rope(values, rotary_dim, problems):
    scaling = values.get("rope_scaling")
    if scaling is None:
        return None
    kind = scaling.get("rope_type", scaling.get("type"))
    if kind != "longrope":
        problems.append(f"rope_scaling must be of type longrope, got {kind!r}")
        return None
    original = values.get("original_max_position_embeddings") or scaling.get("original_max_position_embeddings")
    if not _is_int(original) or not 0 < original <= values["max_position_embeddings"]:
        problems.append(f"original_max_position_embeddings must be between 1 and max_position_embeddings, got {original!r}")
    factors = [tuple(scaling.get(f"{name}_factor") or ()) for name in ("short", "long")]
    if any(len(part) != rotary_dim // 2 for part in factors):
        problems.append(f"short_factor and long_factor must have {rotary_dim // 2} numbers each")
    return LongRope(original, *factors)


def _windows(values, layers):
    """sliding_window holds for the layers that layer_types names so; for all of them where it is absent."""
    window = values.get("sliding_window")
    types = values.get("layer_types") or ["sliding_attention"] * layers
    return tuple(window if kind == "sliding_attention" else None for kind in types[:layers])


def _is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)
