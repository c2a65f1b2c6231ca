"""Scores a checkpoint on the evaluation in this process, with the grader that the server's evaluation uses."""
import argparse
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "evaluation"))

import torch  # noqa: E402

import chat  # noqa: E402
from data import OUTPUT, TOKENIZER  # noqa: E402
from generate import greedy  # noqa: E402
from grading import passes  # noqa: E402
from held_out import PROMPTS  # noqa: E402
from model import Config, Model  # noqa: E402
from tokenizer import END, STOP, Tokenizer  # noqa: E402


def load(path):
    saved = torch.load(path)
    model = Model(Config(**saved["config"]))
    model.load_state_dict(saved["state"], strict=False)
    return model


def answers(model, tokenizer, records):
    prompts = [tokenizer.encode(chat.render(r["messages"], r.get("tools"), prompt=True)) for r in records]
    stop = {tokenizer.added[STOP], tokenizer.added[END]}
    return [tokenizer.decode(ids) for ids in greedy(model, prompts, stop)]


def score(model, every=1, path=PROMPTS):
    """Returns the share of passed checks per skill and overall, and the failures."""
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file][::every]
    results, failures = {}, []
    for record, answer in zip(records, answers(model, Tokenizer.load(TOKENIZER), records)):
        good = passes(record["check"], {"content": answer})
        results.setdefault(record["skill"], []).append(good)
        if not good:
            failures.append((record["skill"], record["messages"][-1]["content"], answer, record["check"]))
    every_one = [g for goods in results.values() for g in goods]
    return {"overall": round(sum(every_one) / len(every_one), 4), "skills": {s: round(sum(g) / len(g), 3) for s, g in results.items()}, "failures": failures}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default=os.path.join(OUTPUT, "checkpoint.pt"))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0, help="failures shown per skill")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    result = score(load(arguments.checkpoint), arguments.every)
    for skill, share in sorted(result["skills"].items(), key=lambda item: item[1]):
        print(f"{share:6.1%}  {skill}")
        for failure in [f for f in result["failures"] if f[0] == skill][:arguments.failures]:
            print("          ", failure[1:])
    print(f"{result['overall']:6.2%}  overall")


if __name__ == "__main__":
    main()
