"""Writes `prompts.jsonl`: conversations drawn with another seed and, half of them, from words and numbers never trained."""
import argparse
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "training"))

import mixture  # noqa: E402
from held_out import key_of  # noqa: E402
from skills import about, arithmetic, geography, letters, lexicon, numbers, smalltalk, unknown  # noqa: E402
from skills.core import World, plain  # noqa: E402


def _last(*makers):
    """Ends a chat with one of the exchanges; most chats are a single question."""
    return lambda world: mixture.chain(world, world.pick(makers), world.pick([1, 1, 1, 2, 3, 4]))


def _formed(form):
    def make(world):
        if world.chance(0.25):
            return mixture.ruled(world)
        return mixture.chain(world, mixture.exchange, world.pick([1, 1, 2, 3]))
    return lambda world: _until(world, make, form)


def _tools(last):
    return lambda world: mixture.with_tools(world, last, world.pick([1, 1, 1, 2, 3]))


def _until(world, make, skill):
    while True:
        conversation = make(world)
        if conversation.skill == skill:
            return conversation


SKILLS = [
    ("greetings", 20, _last(smalltalk.greeting)), ("identity", 30, _last(about.identity)), ("persona", 10, mixture.persona), ("InferServe", 45, _last(about.inferserve)),
    ("addition", 35, _last(arithmetic.addition)), ("subtraction", 35, _last(arithmetic.subtraction)), ("multiplication", 30, _last(arithmetic.multiplication)),
    ("comparing", 40, _last(numbers.compare, numbers.is_it, numbers.extreme)), ("sorting", 35, _last(numbers.sort)), ("counting", 20, _last(numbers.count, numbers.neighbour, numbers.parity)),
    ("spelling", 35, _last(letters.spell, letters.spell, letters.edge)), ("reversing", 35, _last(letters.reverse)), ("upper case", 25, _last(letters.upper)),
    ("counting letters", 40, _last(letters.count, letters.occurrences)),
    ("capitals", 55, _last(geography.capital, geography.capital, geography.country_of, geography.is_capital)), ("continents", 35, _last(geography.continent, geography.is_on)),
    ("days and months", 35, _last(lexicon.day, lexicon.month)), ("lists", 20, _last(lexicon.general, lexicon.kinds)), ("colours", 20, _last(lexicon.colour)), ("opposites", 30, _last(lexicon.opposite)), ("plurals", 30, _last(lexicon.plural)),
    ("memory", 50, mixture.remembered), ("reading", 25, mixture.read), ("repeating", 20, _last(smalltalk.echo)), ("small talk", 20, _last(smalltalk.talk)),
    ("one word", 35, _formed("one word")), ("JSON answer", 35, _formed("JSON answer")), ("extraction", 45, mixture.extracted),
    ("tool choice", 45, _tools("tool choice")), ("tool answer", 40, _tools("tool answer")), ("no tool needed", 25, _tools("no tool needed")), ("no tool fits", 30, _tools("no tool fits")),
    ("not knowing", 50, lambda w: mixture.untold(w) if w.chance(0.15) else _last(unknown.place, unknown.anything)(w)),
]


def _clean(message):
    return {k: plain(v) if isinstance(v, str) else v for k, v in message.items()}


def _lenient(record):
    """Takes out the demand for strict arguments, which changes what a server generates, not what the model knows."""
    for tool in record.get("tools", []):
        tool["function"].pop("strict", None)
    return record


def prompts(seed=7):
    """Yields the evaluation, one record per conversation, no prompt twice."""
    seen = set()
    for skill, count, make in SKILLS:
        made = attempt = 0
        while made < count:
            world = World(random.Random(f"evaluation {seed} {skill} {attempt}"), "test")
            attempt += 1
            conversation = make(world)
            messages = [_clean(m) for m in conversation.messages[:-1]]
            key = key_of(messages)
            if key in seen:
                continue
            seen.add(key)
            made += 1
            record = {"id": f"{skill.replace(' ', '-').lower()}-{made}", "skill": skill, "messages": messages}
            if conversation.tools:
                record["tools"] = conversation.tools
            yield _lenient({**record, "check": conversation.check})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="7 draws the evaluation that training leaves out")
    parser.add_argument("--out", default=os.path.join(HERE, "prompts.jsonl"))
    arguments = parser.parse_args()
    with open(arguments.out, "w", encoding="utf-8") as file:
        count = 0
        for record in prompts(arguments.seed):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    print(count, "prompts")


if __name__ == "__main__":
    main()
