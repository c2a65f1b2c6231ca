"""Muon for the matrices, Adam for the embedding and the norms.

Muon (Keller Jordan, 2024) replaces the momentum of a matrix by the nearest orthogonal matrix, found with five
Newton-Schulz iterations.
"""
import torch


def orthogonalise(matrix, dtype, steps=5):
    """Returns U V^T of a matrix with singular value decomposition U S V^T, approximately."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix / (matrix.norm() + 1e-7)
    wide = x.shape[0] <= x.shape[1]
    x = (x if wide else x.t()).to(dtype)
    for _ in range(steps):
        square = x @ x.t()
        x = a * x + (b * square + c * square @ square) @ x
    x = x if wide else x.t()
    return x.float()


class Optimizer:
    """Updates the parameters that one worker owns."""

    def __init__(self, named, config, dtype, muon_lr=0.02, adam_lr=0.004, decay=0.05):
        self.dtype, self.muon_lr, self.adam_lr, self.decay = dtype, muon_lr, adam_lr, decay
        self.matrices, self.others, self.step_number = [], [], 0
        kv = config.kv_heads * config.head_dim
        for name, parameter in named:
            if parameter.dim() == 2 and "embedding" not in name:
                cuts = [config.heads * config.head_dim, kv, kv] if name.endswith("qkv.weight") else [config.ffn] * 2 if name.endswith("gate_up.weight") else [parameter.shape[0]]
                self.matrices.append((parameter, cuts, torch.zeros_like(parameter)))
            else:
                self.others.append((parameter, torch.zeros_like(parameter), torch.zeros_like(parameter)))

    @torch.no_grad()
    def step(self, scale):
        """Applies one update; `scale` is the schedule's factor."""
        self.step_number += 1
        lr = self.muon_lr * scale
        momentum = min(0.95, 0.85 + 0.1 * self.step_number / 300)
        for parameter, cuts, buffer in self.matrices:
            buffer.mul_(momentum).add_(parameter.grad, alpha=1 - momentum)
            direction = parameter.grad.lerp(buffer, momentum)
            parameter.mul_(1 - lr * self.decay)
            for weight, part in zip(parameter.split(cuts), direction.split(cuts)):
                weight.sub_(orthogonalise(part, self.dtype), alpha=lr * max(1.0, part.shape[0] / part.shape[1]) ** 0.5)
        b1, b2 = 0.9, 0.98
        for parameter, first, second in self.others:
            first.lerp_(parameter.grad, 1 - b1)
            second.mul_(b2).addcmul_(parameter.grad, parameter.grad, value=1 - b2)
            top = first / (1 - b1 ** self.step_number)
            bottom = (second / (1 - b2 ** self.step_number)).sqrt_().add_(1e-9)
            parameter.addcdiv_(top, bottom, value=-self.adam_lr * scale)
