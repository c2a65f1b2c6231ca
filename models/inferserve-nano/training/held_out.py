"""Keeps the evaluation out of the training data: compares whole prompts, from the first message to the last."""
import hashlib
import json
import os

from skills.core import plain

PROMPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "evaluation", "prompts.jsonl")


def _plain_message(message):
    kept = {k: v for k, v in message.items() if v is not None}
    if "content" in kept:
        kept["content"] = plain(kept["content"])
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def key_of(messages):
    """Hashes a list of messages."""
    return hashlib.sha1("\n".join(map(_plain_message, messages)).encode()).digest()


def evaluation_keys(path=PROMPTS):
    """Returns the hashes of all evaluation prompts."""
    with open(path, encoding="utf-8") as file:
        return {key_of(json.loads(line)["messages"]) for line in file}


def occurs_in(excluded, conversation):
    """Says whether any prompt of a conversation (the messages before one of its replies) is an evaluation prompt."""
    digest, first = hashlib.sha1(), True
    for message in conversation.messages:
        if message["role"] == "assistant" and digest.digest() in excluded:
            return True
        digest.update(("" if first else "\n").encode() + _plain_message(message).encode())
        first = False
    return False
