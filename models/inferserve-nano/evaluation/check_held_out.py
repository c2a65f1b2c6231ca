"""Proves that no evaluation prompt occurs in the training data.

Decodes every document of the token file that training read, takes the text before each of its replies, and compares it
with the rendered text of every evaluation prompt. Prints what it compared; exit status 1 when one is found.
"""
import argparse
import hashlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "training"))

import chat  # noqa: E402
from data import OUTPUT, TOKENIZER, Store  # noqa: E402
from tokenizer import Tokenizer  # noqa: E402


def digest(text):
    return hashlib.sha1(text.encode()).digest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.path.join(OUTPUT, "data.npz"))
    arguments = parser.parse_args()
    with open(os.path.join(HERE, "prompts.jsonl"), encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    prompts = {digest(chat.render(r["messages"], r.get("tools"), prompt=True)): r["id"] for r in records}
    tokenizer = Tokenizer.load(TOKENIZER)
    store = Store(arguments.data, 0)
    compared, found = 0, set()
    for index in range(len(store.lengths)):
        start = store.starts[index]
        text = tokenizer.decode(store.tokens[start:start + store.lengths[index]].tolist())
        position = text.find(chat.REPLY_START)
        while position >= 0:
            position += len(chat.REPLY_START)
            compared += 1
            name = prompts.get(digest(text[:position]))
            if name:
                found.add(name)
            position = text.find(chat.REPLY_START, position)
    print(f"{len(prompts)} evaluation prompts against {compared} prompts in {len(store.lengths)} training documents: {len(found)} found")
    for name in sorted(found):
        print("  found:", name)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
