"""Tools composed at random from verbs, things and parameters, so that a call must be read from the definition."""
from .extraction import _date, _email, _time
from .tool_catalogue import Parameter, Recipe
from .words import CITIES, COLOURS, any_name, any_word, made_up_word

VERBS = "create delete update find list send open close start stop book cancel check count search add remove show print share move copy rename archive lock unlock order track pause resume approve reject sign clean repair test buy sell pack load save export import".split()
NOUNS = """order ticket account invoice document room lamp door playlist task note user report project contract package device machine printer camera alarm job backup
server cluster model dataset image video song album photo folder calendar event meeting payment card bill budget loan parcel truck car bike garden field warehouse shelf
team group channel topic post comment page form survey lesson course student exam book chapter recipe menu table hotel flight visit patient sensor valve pump robot""".split()


def _id(w):
    return w.number(1, 999)


def _tag(w):
    return f"{w.pick('ABCDEFGHKLMNPRSTXZ')}{w.number(1, 99)}"


# Each: parameter, the words with which a request states it.
DETAILS = [
    (Parameter(["id", "number", "{n}_id"], "integer", "The number of the {n}", _id), ["number {v}", "with id {v}", "{v}", "no. {v}"]),
    (Parameter(["code", "tag", "key", "reference"], "string", "The code of the {n}", _tag), ["{v}", "with code {v}", "with the code {v}"]),
    (Parameter(["name", "title", "label"], "string", "The name of the {n}", any_word), ["called {v}", "named {v}", "with the name {v}"]),
    (Parameter(["owner", "user", "person", "customer"], "string", "Who owns the {n}", any_name), ["for {v}", "of {v}"]),
    (Parameter(["city", "place", "location"], "string", "Where the {n} is", lambda w: w.pick(CITIES)), ["in {v}"]),
    (Parameter(["date", "day", "when"], "string", "The date", _date), ["on {v}"]),
    (Parameter(["time", "at", "start"], "string", "The time", _time), ["at {v}"]),
    (Parameter(["color", "colour"], "string", "The color of the {n}", lambda w: w.pick(COLOURS)), ["in {v}", "in the color {v}"]),
    (Parameter(["email", "contact"], "string", "The email address", _email), ["with the email {v}", "for {v}"]),
    (Parameter(["priority", "level"], "string", "The priority", lambda w: w.pick(["low", "medium", "high"]), ("low", "medium", "high")), ["with priority {v}", "with {v} priority"]),
    (Parameter(["size"], "string", "The size", lambda w: w.pick(["small", "medium", "large"]), ("small", "medium", "large")), ["in size {v}", "of size {v}"]),
    (Parameter(["count", "quantity", "copies", "times"], "integer", "How many times", lambda w: w.number(2, 20)), ["{v} times"]),
    (Parameter(["urgent"], "boolean", "Whether it is urgent", lambda w: True), ["and mark it as urgent"]),
]
START = ["{V} the {n}{d}.", "{V} the {n}{d}.", "Please {v} the {n}{d}.", "Can you {v} the {n}{d}?", "I want to {v} the {n}{d}.", "{V} a {n}{d}.", "Could you {v} the {n}{d}?", "{v} {n}{d}", "I need to {v} a {n}{d}.", "We have to {v} the {n}{d}."]
ABOUT = ["{V} a {n}", "{V}s the {n}", "Use this to {v} a {n}", "Tool to {v} a {n}", "{V} one {n} in the system", "Lets the user {v} the {n}"]
JOINS = ["{v}_{n}", "{v}_{n}", "{n}_{v}", "{v}{N}", "{v}-{n}", "{V}{N}"]


def noun(world):
    return world.draw(lambda: made_up_word(world, 1, 2) if world.chance(0.25) else world.pick(NOUNS))


def compose(world, verb=None, thing=None):
    """Builds one recipe; its requests state every parameter of the recipe in order."""
    verb, thing = verb or world.pick(VERBS), thing or noun(world)
    words = {"v": verb, "V": verb.capitalize(), "n": thing, "N": thing.capitalize()}
    chosen = world.some(DETAILS, world.pick([0, 1, 1, 1, 2, 2, 3]))
    chosen.sort(key=lambda d: d[0].names[0] == "urgent")
    parameters = [Parameter([n.format(n=thing) for n in p.names], p.type, p.about.format(n=thing), p.make, p.choices) for p, _ in chosen]
    requests = []
    for _ in range(3):
        details = "".join(" " + world.pick(phrases).format(v="{%d}" % index) for index, (_, phrases) in enumerate(chosen))
        requests.append(world.pick(START).format(d=details, **words))
    return Recipe([world.pick(JOINS).format(**words)], [world.pick(ABOUT).format(**words)], parameters, requests, None, (verb, thing))
