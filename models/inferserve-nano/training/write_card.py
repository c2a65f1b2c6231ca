"""Fills the generated parts of CARD.md: the scores from a results file of evaluate.py, and the hashes of the files."""
import argparse
import hashlib
import json
import os
import re
from collections import Counter

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SHIPPED = ["model.onnx", "genai_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json"]


def between(text, name, content):
    """Replaces what stands between the two marks of a part."""
    return re.sub(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", lambda m: m.group(1) + content + m.group(2), text, flags=re.S)


def scores(path):
    with open(path, encoding="utf-8") as file:
        results = json.load(file)
    passed = Counter(a["skill"] for a in results["answers"] if a["passed"])
    asked = Counter(a["skill"] for a in results["answers"])
    rows = [f"| {skill} | {passed[skill]} of {asked[skill]} | {share:.0%} |" for skill, share in sorted(results["skills"].items(), key=lambda item: -item[1])]
    total = f"| **overall** | **{sum(passed.values())} of {len(results['answers'])}** | **{results['overall']:.1%}** |"
    return "\n".join(["| skill | passed | share |", "| --- | --- | --- |", *rows, total])


def hashes():
    rows = ["| file | bytes | SHA-256 |", "| --- | --- | --- |"]
    for name in SHIPPED:
        with open(os.path.join(FOLDER, name), "rb") as file:
            content = file.read()
        rows.append(f"| {name} | {len(content):,} | `{hashlib.sha256(content).hexdigest()}` |")
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", help="what evaluate.py --results wrote")
    arguments = parser.parse_args()
    path = os.path.join(FOLDER, "CARD.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = between(between(text, "scores", scores(arguments.results)), "hashes", hashes())
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
