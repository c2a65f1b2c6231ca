"""Compares loss and gradients of the kernels with those of the PyTorch code, in bfloat16 and fp32."""
import torch

import ops
from model import Config, Model


def gradients(dtype, kernels):
    library = ops.library
    ops.library = library if kernels else None
    torch.manual_seed(3)
    model = Model(Config(layers=2), dtype)
    for parameter in (model.norm, model.blocks[0].attention_norm, model.blocks[1].ffn_norm):
        parameter.data += 0.3 * torch.randn_like(parameter)
    ids = torch.randint(0, 2048, (3, 40))
    loss = torch.nn.functional.cross_entropy(model.logits(model(ids)).view(-1, 2048), ids.roll(-1, 1).reshape(-1))
    loss.backward()
    ops.library = library
    return loss.item(), {name: p.grad for name, p in model.named_parameters()}


def main():
    exact = gradients(torch.float32, False)
    for label, other in [("bfloat16 in PyTorch", gradients(torch.bfloat16, False)), ("bfloat16 kernels", gradients(torch.bfloat16, True))]:
        worst = max(((exact[1][n] - other[1][n]).norm() / exact[1][n].norm()).item() for n in exact[1])
        print(f"{label}: loss {other[0]:.5f} (fp32 {exact[0]:.5f}), largest relative gradient error {worst:.4f}")
        assert worst < 0.05


if __name__ == "__main__":
    main()
