"""Renders conversations with the very template that the server uses, and cuts the result into trained and given parts."""
import json
import os

import jinja2

TEMPLATE = os.path.join(os.path.dirname(__file__), "..", "chat_template.jinja")
REPLY_START, REPLY_END = "<|im_start|>assistant\n", "<|im_end|>"


def _load():
    environment = jinja2.Environment()
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    with open(TEMPLATE, encoding="utf-8") as file:
        return environment.from_string(file.read())


_TEMPLATE = _load()


def render(messages, tools=None, prompt=False):
    """Returns the text of a conversation; with `prompt` it ends where the assistant's reply begins."""
    return _TEMPLATE.render(messages=messages, tools=tools or None, add_generation_prompt=prompt)


def segments(text):
    """Splits rendered text into (text, trained) pairs; a reply is trained together with the token that ends it."""
    parts = text.split(REPLY_START)
    result = [(parts[0] + REPLY_START, False)]
    for index, part in enumerate(parts[1:], 1):
        reply, rest = part.split(REPLY_END, 1)
        result.append((reply + REPLY_END, True))
        last = index == len(parts) - 1
        result.append((rest if last else rest + REPLY_START, False))
    return result
