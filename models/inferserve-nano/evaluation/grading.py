"""Grades one answer against its check. An answer is the text and the tool calls of an OpenAI chat message."""
import json
import re

REFUSAL = re.compile(r"\b(do not know|don't know|cannot|can't|no tool|not been told|have not told me)\b", re.I)
TOOL_CALL = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|$)", re.S)


def tool_calls(message):
    """Returns [(name, arguments)] from the OpenAI shape or from raw Hermes text."""
    calls = [(c["function"]["name"], _parse(c["function"]["arguments"])) for c in message.get("tool_calls") or []]
    for text in TOOL_CALL.findall(message.get("content") or ""):
        call = _parse(text)
        if isinstance(call, dict):
            calls.append((call.get("name"), call.get("arguments")))
    return calls


def _parse(text):
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return None


def _same(a, b):
    """Compares JSON values; True is not 1."""
    return type(a) is type(b) and a == b or (isinstance(a, list) and isinstance(b, list) and len(a) == len(b) and all(map(_same, a, b)))


def _same_object(a, b):
    return isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)


def passes(check, message):
    """Says whether the message meets the check."""
    text, calls = (message.get("content") or "").strip(), tool_calls(message)
    kind, expected = check["kind"], check.get("expected")
    if kind == "tool_call":
        return len(calls) == 1 and calls[0][0] == expected["name"] and _same_object(calls[0][1], expected["arguments"])
    if calls:
        return False
    if kind == "contains":
        return all(e in text for e in expected)
    if kind == "starts":
        return text.startswith(expected)
    if kind == "number":
        found = re.findall(r"-?\d+", text)
        return bool(found) and int(found[-1] if " = " in text or len(found) == 1 else found[0] if text[0].isdigit() else found[-1]) == expected
    if kind == "numbers":
        return [int(n) for n in re.findall(r"-?\d+", text)] == expected
    if kind == "last_word":
        return re.split(r"\W+", text.rstrip(".! "))[-1] == expected
    if kind == "exact_word":
        return expected in re.split(r"[^\w]+", text)
    if kind == "one_word":
        return text.rstrip(".!").strip('"').lower() == str(expected).lower()
    if kind == "json":
        return _same_object(_parse(text), expected)
    if kind == "json_value":
        value = _parse(text)
        return isinstance(value, dict) and any(_same(v, expected) for v in value.values())
    if kind == "refuses":
        return bool(REFUSAL.search(text))
    raise ValueError(f"no such check: {kind}")
