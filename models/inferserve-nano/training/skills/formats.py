"""Answers in a demanded form: one word, only the number, JSON."""
import json

from .core import Exchange, plain
from .words import any_word

ONE_WORD = ["{q} Answer with one word.", "{q} Answer in one word.", "{q} One word only.", "{q} Reply with one word.", "{q} Just one word.", "In one word: {q}", "{q} Give a one-word answer.", "Answer with one word: {q}",
            "{q} Use only one word.", "{q} Answer with a single word.", "{q} Respond with one word.", "One word answer: {q}"]
NUMBER_ONLY = ["{q} Answer with the number only.", "{q} Only the number.", "{q} Just the number.", "{q} Reply with only the number.", "{q} Answer with one number.", "{q} Give only the number."]
JSON = ["{q} Answer in JSON.", "{q} Answer as JSON.", "{q} Reply in JSON.", "{q} Give the answer as JSON.", "{q} Respond with JSON.", "Answer in JSON: {q}", "{q} Return JSON.", "{q} JSON please.", "{q} Format the answer as JSON."]
JSON_KEY = ['{q} Answer in JSON with the key "{k}".', '{q} Answer as JSON with the key {k}.', '{q} Return a JSON object with the key "{k}".', '{q} Reply in JSON like {{"{k}": ...}}.', '{q} Use the JSON format {{"{k}": "..."}}.',
            'Answer in JSON with the key "{k}": {q}', '{q} Return JSON with one field named {k}.', '{q} Respond with JSON, key "{k}".']
SYSTEM_WORD = ["Answer with one word.", "Always answer with one word.", "Answer every question with a single word.", "Use one word per answer.", "Reply with one word only."]
SYSTEM_JSON = ["Answer in JSON.", "Always answer in JSON.", "Reply only in JSON.", "You answer in JSON.", "Respond with JSON."]
KEYS = "answer result value reply output response data text solution a x name city item content final".split()


def _bare(value):
    text = str(value)
    return text.capitalize() if text in ("yes", "no") else text


def fits_one_word(exchange):
    return exchange.value is not None and not isinstance(exchange.value, list) and " " not in str(exchange.value)


def bare(exchange):
    """Returns the exchange answered by its bare value, for chats whose system message demands it."""
    text = _bare(exchange.value)
    return Exchange("one word", exchange.user, text, {"kind": "one_word", "expected": plain(text)})


def json_only(exchange):
    """Returns the exchange answered by a JSON object, for chats whose system message demands it."""
    return Exchange("JSON answer", exchange.user, _dump(exchange.key, exchange.value), {"kind": "json_value", "expected": _clean(exchange.value)})


def one_word(world, exchange):
    """Returns the exchange with a demand for the bare answer in its question."""
    result = bare(exchange)
    numeric = isinstance(exchange.value, int)
    result.user = _join(world.pick(NUMBER_ONLY if numeric and world.chance(0.6) else ONE_WORD), exchange.user)
    return result


def as_json(world, exchange):
    """Returns the exchange with a demand for JSON, often with a given key, in its question."""
    if world.chance(0.5):
        result = json_only(exchange)
        result.user = _join(world.pick(JSON), exchange.user)
        return result
    key = world.pick(KEYS) if world.chance(0.6) else any_word(world)
    return Exchange("JSON answer", _join(world.pick(JSON_KEY), exchange.user, k=key), _dump(key, exchange.value), {"kind": "json", "expected": {key: _clean(exchange.value)}})


def _clean(value):
    return plain(value) if isinstance(value, str) else value


def _dump(key, value):
    return json.dumps({key: value}, ensure_ascii=False)


def _join(template, question, **slots):
    if template.startswith("{q}") and question[-1] not in ".?!":
        question += _end(question)
    return template.format(q=question, **slots)


def _end(question):
    """Ends a question that lost its mark, so that the demand stands apart."""
    return "?" if question.lower().startswith(("wh", "how", "is", "do", "which", "on", "in")) else "."
