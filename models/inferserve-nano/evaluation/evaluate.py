"""Asks a server every prompt of the evaluation and prints the score per skill.

    python3 evaluate.py --url http://localhost:8000/v1 --model inferserve-nano --concurrency 8

Only the standard library is needed. Exit status: 0, or 1 when a score lies under a demanded threshold or a request fails.
"""
import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from grading import passes

HERE = os.path.dirname(os.path.abspath(__file__))


def wire(messages):
    """Returns the messages with the ids that OpenAI's API demands of tool calls and their results."""
    result, waiting, number = [], [], 0
    for message in messages:
        message = dict(message)
        if message.get("tool_calls"):
            calls = []
            for call in message["tool_calls"]:
                number += 1
                calls.append({"id": f"call_{number}", **call})
            message["tool_calls"], waiting = calls, [call["id"] for call in calls]
        elif message["role"] == "tool":
            message["tool_call_id"] = waiting.pop(0)
        result.append(message)
    return result


def ask(arguments, record):
    """Returns the assistant message, or {"error": text}."""
    body = {"model": arguments.model, "messages": wire(record["messages"]), "temperature": 0, "max_tokens": arguments.max_tokens}
    if record.get("tools"):
        body["tools"] = record["tools"]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {arguments.key}"}
    request = urllib.request.Request(arguments.url.rstrip("/") + "/chat/completions", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=arguments.timeout) as response:
            return json.load(response)["choices"][0]["message"]
    except urllib.error.HTTPError as error:
        return {"error": f"{error.code} {error.read().decode(errors='replace')[:300]}"}
    except (OSError, ValueError, KeyError, IndexError) as error:
        return {"error": repr(error)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://localhost:8000/v1")
    parser.add_argument("--model", default="inferserve-nano")
    parser.add_argument("--key", default="none")
    parser.add_argument("--prompts", default=os.path.join(HERE, "prompts.jsonl"))
    parser.add_argument("--skill", action="append", help="only these skills (may be repeated)")
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--max-tokens", type=int, default=160)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--failures", type=int, default=0, help="failed answers shown per skill")
    parser.add_argument("--results", help="write every answer and the scores to this JSON file")
    parser.add_argument("--min-overall", type=float, default=0, help="demanded share overall, for example 0.95")
    parser.add_argument("--min-skill", type=float, default=0, help="demanded share in each skill, for example 0.85")
    arguments = parser.parse_args()
    with open(arguments.prompts, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    records = [r for r in records if not arguments.skill or r["skill"] in arguments.skill]

    started = time.time()
    with ThreadPoolExecutor(arguments.concurrency) as pool:
        messages = list(pool.map(lambda record: ask(arguments, record), records))
    seconds = time.time() - started

    skills, answers, errors = {}, [], 0
    for record, message in zip(records, messages):
        good = "error" not in message and passes(record["check"], message)
        errors += "error" in message
        skills.setdefault(record["skill"], []).append(good)
        answers.append({"id": record["id"], "skill": record["skill"], "passed": good, "answer": message, "check": record["check"]})
    shares = {skill: sum(goods) / len(goods) for skill, goods in skills.items()}
    overall = sum(a["passed"] for a in answers) / len(answers)
    for skill, share in sorted(shares.items(), key=lambda item: item[1]):
        print(f"{share:7.1%}  {sum(skills[skill]):3d} / {len(skills[skill]):3d}  {skill}")
        for answer in [a for a in answers if a["skill"] == skill and not a["passed"]][:arguments.failures]:
            print("         ", answer["id"], json.dumps(answer["answer"], ensure_ascii=False), "expected", answer["check"])
    print(f"{overall:7.2%}  {sum(a['passed'] for a in answers)} / {len(answers)}  overall, {errors} failed requests, {seconds:.1f} s")
    if arguments.results:
        with open(arguments.results, "w", encoding="utf-8") as file:
            json.dump({"overall": overall, "skills": shares, "seconds": seconds, "errors": errors, "answers": answers}, file, ensure_ascii=False, indent=1)
    if errors or overall < arguments.min_overall or min(shares.values()) < arguments.min_skill:
        sys.exit(1)


if __name__ == "__main__":
    main()
