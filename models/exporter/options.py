"""How the graph is written; every choice is independent of the weights."""

from dataclasses import dataclass

PRECISIONS = ("int4", "int8", "fp32")
EMBEDDINGS = ("fp32", "fp16", "int8")
BLOCK_SIZES = (16, 32, 64, 128)
ACCURACY_LEVELS = (0, 1, 4)
# Element types of the graph between its weights; keys, values and logits included.
COMPUTE = ("fp32", "fp16", "bf16")


@dataclass(frozen=True)
class ExportOptions:
    """
    precision: weights of the layers' matrices (int4 and int8: blocks of block_size values along the input dimension).
    lm_head: weights of the matrix over the vocabulary; None means precision.
    embedding: storage of the embedding table (int8 shares nothing with a tied lm_head).
    accuracy_level: of MatMulNBits: 4 computes in int8 (fast), 1 in fp32, 0 leaves it to the runtime.
    packed_qkv: one matrix for query, key and value.
    packed_mlp: one matrix for gate and up.
    position_ids: positions are a graph input (RotaryEmbedding nodes); else GroupQueryAttention derives them from the mask.
    last_logits: logits of the last position only, shape [batch, 1, vocab].
    compute: element type of what flows through the graph, with keys, values and logits. ONNX Runtime's CPU kernels know fp32 and fp16.
    lora: the graph takes LoRA adapters; query, key and value must then be separate.
    external_data: weights beside the graph; None decides by size (a protobuf ends at 2 GB).
    """

    precision: str = "int4"
    lm_head: "str | None" = None
    embedding: str = "fp16"
    block_size: int = 32
    accuracy_level: int = 4
    packed_qkv: bool = True
    packed_mlp: bool = False
    position_ids: bool = False
    last_logits: bool = True
    compute: str = "fp32"
    lora: bool = False
    external_data: "bool | None" = None

    @property
    def lm_head_precision(self):
        return self.lm_head or self.precision


def bits_of(precision):
    """Bits of a quantised weight; None for fp32."""
    return {"int4": 4, "int8": 8, "fp32": None}[precision]
