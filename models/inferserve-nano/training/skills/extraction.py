"""Fields of a sentence as JSON."""
import json

from .core import Conversation
from .phrasing import listed
from .words import CITIES, COLOURS, FOODS, JOBS, THINGS, any_name
from .lexicon import DAYS, MONTHS, plural_of


def _age(w):
    return w.number(3, 99)


def _time(w):
    return f"{w.number(7, 21)}:{w.pick(['00', '15', '30', '45'])}"


def _email(w):
    return f"{any_name(w).lower()}@{w.pick(['mail', 'post', 'office', 'example'])}.{w.pick(['com', 'org', 'net'])}"


def _date(w):
    return f"{w.number(1, 28)} {w.pick(MONTHS)}"


NAME, CITY, JOB = ("name", any_name), ("city", lambda w: w.pick(CITIES)), ("job", lambda w: w.pick(JOBS))
DAY, TIME, EMAIL, DATE = ("day", lambda w: w.pick(DAYS)), ("time", _time), ("email", _email), ("date", _date)
COLOUR, ITEM = ("color", lambda w: w.pick(COLOURS)), ("item", lambda w: w.pick(THINGS))
FOOD = ("food", lambda w: w.pick(FOODS))
AGE, QUANTITY, PRICE = ("age", _age), ("quantity", lambda w: w.number(2, 40)), ("price", lambda w: w.number(1, 99))
ROOM, PHONE = ("room", lambda w: w.number(1, 99)), ("phone", lambda w: "".join(str(w.number(0, 9)) for _ in range(6)))

# Each domain: its fields and sentences that hold all of them.
DOMAINS = [
    ((NAME, AGE, CITY), ["{name} is {age} years old and lives in {city}.", "My name is {name}, I am {age} and I live in {city}.", "{name}, {age}, comes from {city}.", "At {age}, {name} moved to {city}.", "In {city} lives {name}, aged {age}."]),
    ((NAME, JOB, CITY), ["{name} works as a {job} in {city}.", "{name} is a {job} from {city}.", "The {job} {name} lives in {city}.", "In {city}, {name} has a job as {job}."]),
    ((NAME, QUANTITY, ITEM, PRICE), ["{name} bought {quantity} {items} for {price} dollars.", "{name} ordered {quantity} {items} and paid {price} euros.", "An order of {quantity} {items} by {name} costs {price} dollars.", "{quantity} {items} were sold to {name} for {price} francs."]),
    ((NAME, DAY, TIME), ["{name} has a meeting on {day} at {time}.", "On {day} at {time} I meet {name}.", "The call with {name} is on {day} at {time}.", "{name} will arrive at {time} on {day}."]),
    ((NAME, EMAIL), ["{name} can be reached at {email}.", "Write to {name} at {email}.", "The email of {name} is {email}.", "Contact: {name}, {email}."]),
    ((ITEM, COLOUR, PRICE), ["The {color} {item} costs {price} dollars.", "A {item} in {color} is sold for {price} euros.", "I paid {price} dollars for a {color} {item}.", "For sale: {color} {item}, {price} francs."]),
    ((NAME, FOOD, COLOUR), ["{name} likes {food} and the color {color}.", "The favorite food of {name} is {food} and the favorite color is {color}."]),
    ((NAME, ROOM, DATE), ["{name} booked room {room} for {date}.", "Room {room} is reserved for {name} on {date}.", "On {date}, {name} stays in room {room}."]),
    ((NAME, PHONE, CITY), ["{name} from {city} has the phone number {phone}.", "Call {name} in {city}: {phone}.", "The phone number of {name} in {city} is {phone}."]),
]
ASK = ["Extract {f} as JSON: {s}", "Extract {f} from this sentence as JSON: {s}", "Extract {f} as JSON from: {s}", 'Extract {f} as JSON from the text "{s}"', "Give me {f} as JSON. {s}", "Return {f} as JSON.\n\n{s}",
       "{s} Extract {f} as JSON.", "{s}\nReturn a JSON object with {f}.", "Find {f} in this text and answer in JSON: {s}", "Text: {s}\nFields: {p}\nAnswer in JSON.", "Turn this into JSON with {f}: {s}",
       "Please extract {f} as JSON: {s}", "From the sentence \"{s}\" extract {f} in JSON."]
KEYED = ['Extract JSON with the keys {k}: {s}', 'Return JSON with the keys {k}. {s}', '{s}\nGive me JSON with the keys {k}.', 'Use the keys {k} and answer in JSON: {s}', 'Extract the fields {k} as JSON from: {s}', 'Fill in {o} from this sentence: {s}']
ALIASES = {"name": ["name", "person", "customer", "who", "full_name"], "age": ["age", "years"], "city": ["city", "place", "location", "town"], "job": ["job", "profession", "occupation"],
           "quantity": ["quantity", "amount", "count", "number"], "item": ["item", "product", "thing", "article"], "price": ["price", "cost", "total"], "day": ["day", "weekday"],
           "time": ["time", "hour", "at"], "email": ["email", "mail", "address", "contact"], "color": ["color", "colour"], "food": ["food", "dish"], "room": ["room", "room_number"], "date": ["date", "when"], "phone": ["phone", "phone_number", "tel"]}


def extract(world):
    """Builds one extraction task; a third of them only wants some of the fields."""
    fields, sentences = world.pick(DOMAINS)
    values = {name: maker(world) for name, maker in fields}
    slots = dict(values)
    template = world.pick(sentences)
    if "{items}" in template:
        slots["items"] = values["item"] = plural_of(values["item"])
    sentence = template.format(**slots)
    wanted = list(values)
    if world.chance(0.35) and len(wanted) > 1:
        wanted = world.some(wanted, world.number(1, len(wanted) - 1))
    elif world.chance(0.5):
        world.rng.shuffle(wanted)
    if world.chance(0.6):
        names = [f"the {n}" for n in wanted] if world.chance(0.7) else wanted
        user = world.pick(ASK).format(f=listed(names), s=sentence, p=", ".join(wanted))
        answer = {n: values[n] for n in wanted}
    else:
        keys = [world.pick(ALIASES[n]) for n in wanted]
        shown = ", ".join(f'"{k}"' for k in keys) if world.chance(0.6) else listed(keys)
        outline = "{" + ", ".join(f'"{k}": ...' for k in keys) + "}"
        user = world.pick(KEYED).format(k=shown, s=sentence, o=outline)
        answer = {k: values[n] for k, n in zip(keys, wanted)}
    messages = [{"role": "user", "content": user}, {"role": "assistant", "content": json.dumps(answer, ensure_ascii=False)}]
    return Conversation("extraction", messages, [], {"kind": "json", "expected": answer})
