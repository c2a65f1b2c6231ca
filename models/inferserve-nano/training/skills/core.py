"""The shared vocabulary of the skill modules: the seeded world they draw from and the exchanges they return."""
import hashlib
from dataclasses import dataclass, field


def is_held_out(key):
    """Says whether a key (a word, a pair of numbers, a name) belongs to the tenth that training never sees."""
    return hashlib.sha1(repr(key).encode()).digest()[0] < 26


class World:
    """A seeded source of choices for one split.

    In the `train` split held-out keys are never accepted. In the `test` split each world wants either held-out keys or
    the others, half and half, so that the evaluation measures both recall and generalisation.
    """

    def __init__(self, rng, split="train"):
        self.rng = rng
        self.split = split
        self.course = 1  # which pass of the training it draws for; the mixture says how often each skill occurs in it
        self.wants_held_out = split == "test" and rng.random() < 0.5

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, items):
        return self.rng.choice(items)

    def some(self, items, count):
        return self.rng.sample(list(items), count)

    def number(self, low, high):
        return self.rng.randint(low, high)

    def draw(self, make, key=lambda x: x):
        """Calls `make` until its result's key belongs to this split (gives up after 200 tries)."""
        for _ in range(200):
            value = make()
            if is_held_out(key(value)) == self.wants_held_out:
                break
        return value


@dataclass
class Exchange:
    """One question and its answer.

    `value` is the bare answer and `key` its name, from which the one-word and the JSON forms are made; `check` says how
    the evaluation grades the plain form. `cased` marks prompts whose letter case must be kept.
    """
    skill: str
    user: str
    reply: str
    check: dict
    value: object = None
    key: str = ""
    cased: bool = False


@dataclass
class Conversation:
    """A whole chat: messages in the OpenAI shape, the tools offered, the skill it shows and the check of its last answer."""
    skill: str
    messages: list
    tools: list = field(default_factory=list)
    check: dict = field(default_factory=dict)


# Marks around text that training encodes one letter per token; never part of a message.
LETTERS_ON, LETTERS_OFF = "\ue000", "\ue001"


def letterwise(text):
    """Marks text whose tokens are single letters, so that building a word needs no knowledge of the merges."""
    return LETTERS_ON + text + LETTERS_OFF


def plain(text):
    return text.replace(LETTERS_ON, "").replace(LETTERS_OFF, "")


def contains(*texts):
    return {"kind": "contains", "expected": list(texts)}


def number_is(value):
    return {"kind": "number", "expected": value}
