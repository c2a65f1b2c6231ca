"""Choosing among tools, calling one, answering from its result, and declining when none fits."""
import json
from dataclasses import dataclass

from .core import Conversation, contains
from .phrasing import vary
from .tool_catalogue import CATALOGUE, _done
from .tool_composer import compose
from .words import CITIES, COLOURS, any_name, any_word
from .extraction import _date, _time

NO_TOOL = "I cannot do that: I have no tool for it."
RESULTS = ["total", "value", "result", "name", "owner", "status", "city", "date", "time", "color", "count", "price", "id", "size", "state", "distance", "weight", "title", "message", "score", "speed", "stock", "room", "level"]


def definition(world, recipe):
    """Turns a recipe into (tool in the OpenAI shape, argument makers by name)."""
    properties, required, makers = {}, [], {}
    describe = world.chance(0.75)
    for parameter in recipe.parameters:
        names = [n for n in parameter.names if n not in properties]
        name = names[0] if world.chance(0.4) else world.pick(names)
        schema = {"type": parameter.type}
        if describe:
            schema["description"] = world.pick(parameter.about.split("|"))
        if parameter.choices:
            schema["enum"] = list(parameter.choices)
        if world.chance(0.08):
            schema = dict(reversed(list(schema.items())))
        properties[name] = schema
        makers[name] = parameter.make
        required.append(name)
    if world.chance(0.15):
        extra = world.pick(["verbose", "limit", "language", "format", "unit", "note", "page"])
        if extra not in properties:
            properties[extra] = {"type": "string", "enum": ["celsius", "fahrenheit"]} if extra == "unit" else {"type": world.pick(["string", "integer", "boolean"])}
    function = {"name": recipe.names[0] if world.chance(0.4) else world.pick(recipe.names)}
    if world.chance(0.9):
        function["description"] = world.pick(recipe.about) + world.pick(["", "", "."])
    if recipe.parameters or world.chance(0.7):
        function["parameters"] = {"type": "object", "properties": properties}
        if required and world.chance(0.85):
            function["parameters"]["required"] = required
        if world.chance(0.15):
            function["parameters"]["additionalProperties"] = False
    if world.chance(0.12):
        function = dict(sorted(function.items()))
    if world.chance(0.06):
        function["strict"] = True
    return {"type": "function", "function": function}, makers


def any_recipe(world):
    return world.pick(CATALOGUE) if world.chance(0.5) else compose(world)


@dataclass
class Offered:
    """One offered tool: its recipe, its definition and the makers of its arguments."""
    recipe: object
    tool: dict
    makers: dict

    @property
    def name(self):
        return self.tool["function"]["name"]


def offer(world, count):
    """Returns `count` tools that differ in what they do; neighbours of a composed tool may share its verb or its noun."""
    offered = []
    while len(offered) < count:
        recipe = any_recipe(world)
        if offered and offered[0].recipe.verb_noun[0] and world.chance(0.5):
            verb, thing = offered[0].recipe.verb_noun
            recipe = compose(world, thing=thing) if world.chance(0.5) else compose(world, verb=verb)
        taken = [o.recipe for o in offered]
        if any(recipe is one or (recipe.verb_noun[0] and recipe.verb_noun == one.verb_noun) for one in taken) or _alike(recipe, taken):
            continue
        tool, makers = definition(world, recipe)
        if tool["function"]["name"] not in [o.name for o in offered]:
            offered.append(Offered(recipe, tool, makers))
    world.rng.shuffle(offered)
    return offered


def call_message(name, arguments):
    return {"role": "assistant", "content": None,
            "tool_calls": [{"type": "function", "function": {"name": name, "arguments": json.dumps(arguments, ensure_ascii=False)}}]}


def request(world, recipe, makers):
    """Returns (what the user writes, the arguments)."""
    arguments = {name: make(world) for name, make in makers.items()}
    text = world.pick(recipe.requests).format(*arguments.values())
    return vary(world, text[0].upper() + text[1:] if world.chance(0.7) else text, True), arguments


def make_result(world, recipe):
    """Draws a tool result: the recipe's own kind, a composed record, an error or plain text."""
    if world.chance(0.08):
        return {"error": world.pick(["not found", "timeout", "access denied", "not available", "no connection", "unknown id", "service is down"])}
    if recipe.result and world.chance(0.8):
        return recipe.result(world)
    kind = world.number(0, 5)
    if kind == 0:
        return _done(world)
    if kind == 1:
        return world.pick([f"{any_word(world)} {any_word(world)} {world.number(1, 99)}", str(world.number(0, 999)), f"{any_word(world)} {any_word(world)}"])
    values = [lambda: world.number(0, 999), lambda: any_word(world), lambda: any_name(world), lambda: world.pick(CITIES), lambda: world.pick(COLOURS), lambda: _date(world), lambda: _time(world)]
    if kind == 2:
        return {world.pick(RESULTS): [world.pick(values)() for _ in range(world.number(2, 3))]}
    return {key: world.pick(values)() for key in world.some(RESULTS, world.pick([1, 1, 2, 2, 3]))}


def _said(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def answer_from(result):
    """Says a tool's result in words, by one rule for every tool; returns (text, what it must contain)."""
    if isinstance(result, str):
        return f"The tool answered: {result}", [result]
    if "error" in result:
        return f"The tool failed: {result['error']}.", [result["error"]]
    if list(result) == ["status"] and result["status"] == "ok":
        return "Done.", ["Done"]
    if result.get("status") == "ok":
        result = {k: v for k, v in result.items() if k != "status"}
        prefix = "Done. "
    else:
        prefix = ""
    parts = [f"the {key.replace('_', ' ')} is {_said(value)}" for key, value in result.items()]
    text = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
    return prefix + text[0].upper() + text[1:] + ".", [_said(v) for v in result.values()]


def _answered(world, recipe):
    """Returns (tool message, assistant message, what the answer must contain)."""
    result = make_result(world, recipe)
    content = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, separators=None if world.chance(0.7) else (",", ":"))
    answer, expected = answer_from(result)
    return {"role": "tool", "content": content}, {"role": "assistant", "content": answer}, expected


def session(world, last, turns, talk, before=()):
    """Builds a chat in which tools are offered, of `turns` requests.

    `last` is what the chat ends with: "tool choice" (a call), "tool answer" (the answer from a result), "no tool fits"
    or "no tool needed". `talk` draws an exchange that needs no tool.
    """
    offered = offer(world, world.pick([1, 1, 2, 2, 3, 3, 4]))
    if last == "no tool fits" and turns == 1 and world.chance(0.15):
        offered = []
    messages = list(before)
    for turn in range(turns):
        kind = last if turn == turns - 1 else world.pick(["tool answer"] * 5 + ["no tool fits", "no tool needed"])
        if kind == "no tool needed":
            item = talk(world)
            messages += [{"role": "user", "content": item.user}, {"role": "assistant", "content": item.reply}]
            check = {**item.check, "no_tool": True}
        elif kind == "no tool fits":
            messages += [{"role": "user", "content": _unfit(world, [o.recipe for o in offered])}, {"role": "assistant", "content": NO_TOOL}]
            check = {"kind": "refuses", "no_tool": True}
        else:
            wanted = world.pick(offered)
            text, arguments = request(world, wanted.recipe, wanted.makers)
            messages += [{"role": "user", "content": text}, call_message(wanted.name, arguments)]
            check = {"kind": "tool_call", "expected": {"name": wanted.name, "arguments": arguments}}
            if kind == "tool answer":
                called, answer, expected = _answered(world, wanted.recipe)
                messages += [called, answer]
                check = contains(*expected)
    return Conversation(last, messages, [o.tool for o in offered], check)


def _unfit(world, taken):
    """Returns a request that none of the taken recipes serves."""
    names = {name for recipe in taken for name in recipe.names}
    while True:
        other = any_recipe(world) if taken else compose(world)
        if not names & set(other.names) and other.verb_noun not in [t.verb_noun for t in taken if t.verb_noun[0]] and not _alike(other, taken):
            return request(world, other, definition(world, other)[1])[0]


SIMILAR = [{"get_weather", "get_forecast"}, {"send_email", "send_message"}, {"set_timer", "set_alarm", "add_reminder", "create_event"}, {"order_status", "cancel_order"},
           {"search_products", "get_price", "add_to_cart", "web_search", "translate", "get_recipe"}, {"calculate", "add_numbers"}, {"read_file", "delete_file", "web_search"}, {"get_time", "get_current_date"},
           {"find_user", "play_music", "web_search"}, {"get_news", "web_search"}, {"get_price", "get_stock_price"}, {"book_hotel", "book_flight", "book_table"}]


def _alike(recipe, taken):
    """Says whether a request for `recipe` could fairly go to one of the offered tools."""
    return any(recipe.names[0] in group and other.names[0] in group for group in SIMILAR for other in taken)
