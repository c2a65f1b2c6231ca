"""Writes the mean of two checkpoints: what a short course teaches, without what it unsettles."""
import argparse
import os

import torch

from data import OUTPUT


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--out", default=os.path.join(OUTPUT, "checkpoint.pt"))
    arguments = parser.parse_args()
    first, second = torch.load(arguments.first), torch.load(arguments.second)
    state = {name: (tensor + second["state"][name]) / 2 for name, tensor in first["state"].items()}
    torch.save({**second, "state": state}, arguments.out)


if __name__ == "__main__":
    main()
