"""Turns generated conversations into token arrays and deals them out as batches."""
import argparse
import multiprocessing
import os
import random
import sys
import time

import numpy as np

import chat
import mixture
from held_out import evaluation_keys, occurs_in
from skills.core import World
from tokenizer import END, Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(HERE, "output")
TOKENIZER = os.path.join(HERE, "..", "tokenizer.json")
LINES_SHARE = 40  # one document of plain lines after that many conversations


def encode(tokenizer, index, excluded, seed, course=1):
    """Returns (ids, trained flags) of document `index`, or None when the evaluation holds one of its prompts."""
    if index % LINES_SHARE == 0:
        world = World(random.Random(f"lines {seed} {index}"))
        ids = tokenizer.encode(world.pick([END, ""]) + mixture.sentence(world) + "\n" + END)
        return ids, [False] + [True] * (len(ids) - 1)
    conversation = mixture.conversation(seed, index, course)
    if occurs_in(excluded, conversation):
        return None
    ids, trained = [], []
    for text, flag in chat.segments(chat.render(conversation.messages, conversation.tools)):
        piece = tokenizer.encode(text)
        ids += piece
        trained += [flag] * len(piece)
    return ids, trained


def _part(job):
    first, last, seed, context, course = job
    tokenizer, excluded = Tokenizer.load(TOKENIZER), evaluation_keys()
    tokens, flags, lengths, dropped = [], [], [], 0
    for index in range(first, last):
        document = encode(tokenizer, index, excluded, seed, course)
        if document is None:
            dropped += 1
            continue
        ids, trained = document
        tokens += ids[:context]
        flags += trained[:context]
        lengths.append(min(len(ids), context))
    return np.array(tokens, np.uint16), np.array(flags, bool), np.array(lengths, np.int32), dropped


def build(count, seed, context, path, course=1, processes=2):
    """Generates `count` documents and stores them in one file."""
    size = 5000
    jobs = [(i, min(i + size, count), seed, context, course) for i in range(0, count, size)]
    with multiprocessing.Pool(processes) as pool:
        parts = pool.map(_part, jobs, chunksize=1)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    np.savez(path, tokens=np.concatenate([p[0] for p in parts]), flags=np.concatenate([p[1] for p in parts]), lengths=np.concatenate([p[2] for p in parts]))
    return sum(p[3] for p in parts)


def batches(path, tokens_per_batch, seed, workers=2, group=1200, round_to=8, short=150, first=0.2):
    """Returns lists of document numbers of similar length, each filling at most `tokens_per_batch` padded tokens.

    Batches that follow each other in runs of `workers` are alike in length, so that workers that take every n-th batch
    finish at about the same time. The first fifth of the tokens comes from short documents, whose share of trained
    tokens is high, so that copying and spelling are learned before long prompts cost time.
    """
    lengths = np.load(path)["lengths"]
    rng = random.Random(seed)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    opening, rest, left = [], [], first * lengths.sum()
    for i in order:
        if lengths[i] <= short and left > 0:
            opening.append(i)
            left -= lengths[i]
        else:
            rest.append(i)
    rng.shuffle(rest)
    order = opening + rest
    result = []
    for start in range(0, len(order), group):
        part = sorted(order[start:start + group], key=lambda i: lengths[i])
        cut, current = [], []
        for i in part:
            width = -(-int(lengths[i]) // round_to) * round_to
            if current and (len(current) + 1) * width > tokens_per_batch:
                cut.append(current)
                current = []
            current.append(i)
        cut.append(current)
        runs = [cut[i:i + workers] for i in range(0, len(cut) - workers + 1, workers)]
        rng.shuffle(runs)
        result += [batch for run in runs for batch in run]
    return result


class Store:
    """Reads batches back as padded arrays: inputs, targets and which targets are trained."""

    def __init__(self, path, pad):
        data = np.load(path)
        self.tokens, self.flags, self.lengths = data["tokens"], data["flags"], data["lengths"]
        self.starts = np.concatenate([[0], np.cumsum(self.lengths.astype(np.int64))])
        self.pad = pad

    def batch(self, documents, round_to=8):
        width = -(-max(int(self.lengths[i]) for i in documents) // round_to) * round_to
        ids = np.full((len(documents), width), self.pad, np.int64)
        targets = np.full((len(documents), width), self.pad, np.int64)
        trained = np.zeros((len(documents), width), bool)
        for row, i in enumerate(documents):
            a, n = self.starts[i], int(self.lengths[i])
            ids[row, :n] = self.tokens[a:a + n]
            targets[row, :n - 1] = self.tokens[a + 1:a + n]
            trained[row, :n - 1] = self.flags[a + 1:a + n]
        return ids, targets, trained


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--context", type=int, default=2048)
    parser.add_argument("--course", type=int, default=1, choices=sorted(mixture.COURSES), help="which skills occur how often (mixture.py)")
    parser.add_argument("--out", default=os.path.join(OUTPUT, "data.npz"))
    arguments = parser.parse_args()
    started = time.time()
    dropped = build(arguments.documents, arguments.seed, arguments.context, arguments.out, arguments.course)
    lengths = np.load(arguments.out)["lengths"]
    print(f"{len(lengths)} documents, {lengths.sum()} tokens, {dropped} left out because the evaluation asks them, {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
