"""Reads the written ONNX folder back as a checkpoint, rounded as it is, so that training can go on from the shipped weights."""
import argparse
import os
import sys

import torch

from data import OUTPUT

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..")
sys.path.insert(0, os.path.join(HERE, "..", ".."))

from exporter.config import load_config  # noqa: E402
from exporter.readback import read_back  # noqa: E402
from export_weights import named_weights  # noqa: E402
from model import Config, Model  # noqa: E402


def fill(model, weights):
    """Copies weights by their Hugging Face names into the model; fused matrices are filled part by part."""
    with torch.no_grad():
        for name, tensor in named_weights(model):
            tensor.copy_(torch.from_numpy(weights[name].reshape(tensor.shape)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", default=FOLDER)
    parser.add_argument("--config", default=os.path.join(OUTPUT, "config.json"), help="config.json that export_weights wrote")
    parser.add_argument("--out", default=os.path.join(OUTPUT, "checkpoint.pt"))
    arguments = parser.parse_args()
    model = Model(Config())
    fill(model, read_back(arguments.folder, load_config(arguments.config)))
    torch.save({"config": model.config.__dict__, "state": model.state_dict(), "step": 0}, arguments.out)


if __name__ == "__main__":
    main()
