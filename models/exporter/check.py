"""Compares a written folder with the weights that it was written from."""

import numpy as np

from .readback import read_back
from .reference import forward
from .weights import expected_shapes


def check_folder(folder, config, weights, tokens):
    """Prints the error of every matrix and what it does to the logits; returns False when the graph is not the model."""
    written = read_back(folder, config)
    worst = 0.0
    for name in expected_shapes(config):
        original = weights.get(name)
        if written[name].shape != original.shape:
            print(f"{name}: shape {written[name].shape}, expected {original.shape}")
            return False
        error = _relative_error(written[name], original)
        worst = max(worst, error)
        print(f"{name}: relative error {error:.2e}")
    expected = forward(config, weights.get, tokens)
    got = forward(config, written.__getitem__, tokens)
    agreement = np.mean(expected.argmax(axis=-1) == got.argmax(axis=-1))
    print(f"logits over {len(tokens)} tokens: relative error {_relative_error(got, expected):.2e}, same best token {agreement:.1%}")
    return worst < 0.5


def _relative_error(got, expected):
    """Root mean square of the difference over that of the expected values."""
    scale = float(np.sqrt(np.mean(np.square(expected, dtype=np.float64))))
    return float(np.sqrt(np.mean(np.square(got - expected, dtype=np.float64)))) / (scale or 1.0)
