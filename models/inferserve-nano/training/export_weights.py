"""Writes a checkpoint as `weights.npz` with Hugging Face Llama names and a matching `config.json`."""
import argparse
import json
import os

import numpy as np

from data import OUTPUT, TOKENIZER
from evaluate_torch import load
from tokenizer import END, STOP, Tokenizer


def named_weights(model):
    """Yields (name, array), with the fused matrices split."""
    c = model.config
    yield "model.embed_tokens.weight", model.embedding
    for i, block in enumerate(model.blocks):
        prefix = f"model.layers.{i}."
        kv = c.kv_heads * c.head_dim
        q, k, v = block.qkv.weight.split([c.heads * c.head_dim, kv, kv])
        gate, up = block.gate_up.weight.split(c.ffn)
        yield prefix + "input_layernorm.weight", block.attention_norm
        yield prefix + "self_attn.q_proj.weight", q
        yield prefix + "self_attn.k_proj.weight", k
        yield prefix + "self_attn.v_proj.weight", v
        yield prefix + "self_attn.o_proj.weight", block.out.weight
        yield prefix + "post_attention_layernorm.weight", block.ffn_norm
        yield prefix + "mlp.gate_proj.weight", gate
        yield prefix + "mlp.up_proj.weight", up
        yield prefix + "mlp.down_proj.weight", block.down.weight
    yield "model.norm.weight", model.norm


def config_of(model, tokenizer):
    c = model.config
    return {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "vocab_size": c.vocab_size, "hidden_size": c.hidden, "intermediate_size": c.ffn,
            "num_hidden_layers": c.layers, "num_attention_heads": c.heads, "num_key_value_heads": c.kv_heads, "head_dim": c.head_dim, "rms_norm_eps": c.eps, "rope_theta": c.rope_theta,
            "max_position_embeddings": c.context, "tie_word_embeddings": True, "attention_bias": False, "mlp_bias": False, "torch_dtype": "float32",
            "bos_token_id": None, "eos_token_id": [tokenizer.added[STOP], tokenizer.added[END]], "pad_token_id": tokenizer.added[END]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default=os.path.join(OUTPUT, "checkpoint.pt"))
    parser.add_argument("--out", default=OUTPUT)
    arguments = parser.parse_args()
    model = load(arguments.checkpoint)
    np.savez(os.path.join(arguments.out, "weights.npz"), **{name: tensor.detach().numpy().astype(np.float32) for name, tensor in named_weights(model)})
    with open(os.path.join(arguments.out, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config_of(model, Tokenizer.load(TOKENIZER)), file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
