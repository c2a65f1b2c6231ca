"""How the families differ from Llama, by the model_type of their config.json."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """
    qkv_bias, output_bias, mlp_bias, head_bias: whether these matrices are followed by a bias.
    qk_norm: each head of query and key is normalised before it is rotated.
    norm_offset: is added to the weights of every RMS norm.
    layer_norm: layer norms with biases instead of RMS norms.
    post_norms: the outputs of attention and MLP are normalised before they are added to the residual stream.
    scaled_embedding: embeddings are multiplied by the square root of their size.
    parallel: attention and MLP read the same normalised input, and both are added at once.
    gated: the MLP is down(act(gate(x)) * up(x)); else fc2(act(fc1(x))).
    activation: silu or gelu_tanh, where config.json does not say.
    interleaved: the rotary embedding turns the pairs (2i, 2i + 1) instead of (i, i + half).
    """

    qkv_bias: bool = False
    output_bias: bool = False
    mlp_bias: bool = False
    head_bias: bool = False
    qk_norm: bool = False
    norm_offset: float = 0.0
    layer_norm: bool = False
    post_norms: bool = False
    scaled_embedding: bool = False
    parallel: bool = False
    gated: bool = True
    activation: str = "silu"
    interleaved: bool = False


_GEMMA = {"norm_offset": 1.0, "post_norms": True, "scaled_embedding": True, "activation": "gelu_tanh"}
ARCHITECTURES = {
    "llama": Architecture(),
    "mistral": Architecture(),
    "phi3": Architecture(),
    "qwen2": Architecture(qkv_bias=True),
    "qwen3": Architecture(qk_norm=True),
    "gemma2": Architecture(**_GEMMA),
    "gemma3_text": Architecture(qk_norm=True, **_GEMMA),
    "glm": Architecture(qkv_bias=True, interleaved=True),
    "phi": Architecture(
        qkv_bias=True, output_bias=True, mlp_bias=True, head_bias=True, layer_norm=True, parallel=True, gated=False, activation="gelu_tanh"),
}
ACTIVATIONS = {"silu": "silu", "swish": "silu", "gelu_pytorch_tanh": "gelu_tanh", "gelu_new": "gelu_tanh"}
