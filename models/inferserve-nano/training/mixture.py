"""Composes the skills into whole conversations: how often each occurs, how they follow each other, which system message leads."""
import random
from dataclasses import dataclass

from skills import about, arithmetic, extraction, formats, geography, letters, lexicon, memory, numbers, smalltalk, tools, unknown
from skills.core import Conversation, World, contains
from skills.words import CITIES, any_name

# weight: how often one exchange of a chat shows the skill
EXCHANGES = [
    (11, arithmetic.addition), (12, arithmetic.subtraction), (4, arithmetic.multiplication),
    (4, numbers.compare), (4, numbers.is_it), (6, numbers.extreme), (8, numbers.sort), (1, numbers.count), (1, numbers.parity), (1.5, numbers.neighbour),
    (7, letters.spell), (9, letters.reverse), (5, letters.upper), (6, letters.count), (6, letters.occurrences), (3, letters.edge),
    (5, geography.capital), (3, geography.country_of), (3.5, geography.continent), (2, geography.is_capital), (1.5, geography.is_on),
    (3, lexicon.opposite), (3, lexicon.plural), (2, lexicon.colour), (2, lexicon.day), (4, lexicon.month), (1.5, lexicon.general), (0.7, lexicon.kinds),
    (3, about.identity), (5, about.inferserve), (3, smalltalk.talk), (2, smalltalk.greeting), (6, smalltalk.echo),
    (3, unknown.place), (4, unknown.anything),
]
SYSTEMS = ["You are a helpful assistant.", "You are a helpful assistant.", "You are a helpful assistant.", "You are helpful.", "Be brief.", "You are a friendly assistant.", "Answer in English.", "Be polite.", "You are inferserve-nano.",
           "You are a small model.", "Answer the user's questions.", "Help the user.", "You are an assistant. Keep answers short.", "You are a polite and helpful assistant.", "Answer as well as you can.", "You are a concise assistant.",
           "Give short answers.", "You are an expert.", "Always tell the truth.", "If you do not know something, say so.", "You are a test assistant."]
PERSONA_ASK = ["Who are you?", "What is your name?", "What are you called?", "What should I call you?", "Tell me your name.", "Introduce yourself."]


def _weighted(world, table):
    pick = world.rng.random() * sum(weight for weight, _ in table)
    for weight, item in table:
        pick -= weight
        if pick < 0:
            return item
    return table[-1][1]


def exchange(world):
    """Draws one exchange, sometimes with a demand on its form."""
    result = _weighted(world, COURSES[world.course].exchanges)(world)
    if result.value is not None:
        roll = world.rng.random()
        if roll < 0.10 and formats.fits_one_word(result):
            return formats.one_word(world, result)
        if roll > 0.88:
            return formats.as_json(world, result)
    return result


def messages_of(item):
    return [{"role": "user", "content": item.user}, {"role": "assistant", "content": item.reply}]


def distract(world):
    """Returns the messages of an exchange that tells nothing about the user."""
    return messages_of(exchange(world))


def system_text(world):
    if world.chance(0.75):
        return world.pick(SYSTEMS)
    return world.pick([f"You are a helpful assistant for {any_name(world)}.", f"You are the assistant of a company in {world.pick(CITIES)}.", f"Today is {world.pick(lexicon.DAYS)}.", f"The month is {world.pick(lexicon.MONTHS)}. Be helpful.",
                       f"You help {any_name(world)} with small tasks.", f"You work in {world.pick(CITIES)}. Answer politely."])


def with_system(world, conversation, chance=0.33):
    if world.chance(chance):
        conversation.messages.insert(0, {"role": "system", "content": system_text(world)})
    return conversation


def chain(world, make=exchange, count=None):
    """Builds a chat of several exchanges; the last one is `make`'s."""
    count = count or world.pick([1, 1, 2, 3, 3, 4, 5, 6])
    messages = []
    for _ in range(count - 1):
        messages += messages_of(exchange(world))
    last = make(world)
    return with_system(world, Conversation(last.skill, messages + messages_of(last), [], last.check))


def ruled(world, count=None):
    """Builds a chat whose system message demands one word or JSON from every answer."""
    json_form = world.chance(0.5)
    messages = [{"role": "system", "content": world.pick(formats.SYSTEM_JSON if json_form else formats.SYSTEM_WORD)}]
    for _ in range(count or world.number(1, 4)):
        while True:
            item = _weighted(world, COURSES[world.course].exchanges)(world)
            if item.value is not None and (json_form or formats.fits_one_word(item)):
                break
        item = (formats.json_only if json_form else formats.bare)(item)
        messages += messages_of(item)
    return Conversation(item.skill, messages, [], item.check)


def remembered(world):
    messages, check = memory.memory(world, distract)
    return with_system(world, Conversation("memory", messages, [], check))


def read(world):
    before = distract(world) if world.chance(0.2) else []
    messages, check = memory.read(world)
    return with_system(world, Conversation("reading", before + messages, [], check), 0.2)


def untold(world):
    before = [m for _ in range(world.number(0, 2)) for m in distract(world)]
    item = unknown.personal(world)
    return with_system(world, Conversation(item.skill, before + messages_of(item), [], item.check))


def persona(world):
    name = any_name(world)
    role = world.pick(["a helpful assistant", "a friendly assistant", "an assistant", "a helper", "a chat bot", "a support agent"])
    system = world.pick([f"You are {name}, {role}.", f"Your name is {name}.", f"You are {name}. Be polite.", f"Your name is {name} and you are {role}."])
    messages = [{"role": "system", "content": system}]
    if world.chance(0.4):
        messages += distract(world)
    return Conversation("identity", messages + [{"role": "user", "content": world.pick(PERSONA_ASK)}, {"role": "assistant", "content": f"I am {name}."}], [], contains(name))


def extracted(world):
    conversation = extraction.extract(world)
    if world.chance(0.25):
        conversation.messages[:0] = distract(world)
    return with_system(world, conversation, 0.2)


def with_tools(world, last=None, turns=None):
    """Builds a chat with tools that ends in one of the four ways that `tools.session` names."""
    last = last or world.pick(COURSES[world.course].tool_endings)
    before = messages_of(exchange(world)) if world.chance(0.1) else []
    return with_system(world, tools.session(world, last, turns or world.pick([1, 2, 2, 3, 3, 4]), exchange, before), 0.3)


def long_chat(world):
    """Builds a chat of some 500 to 1,900 tokens, so that late positions are trained too."""
    messages = []
    for _ in range(world.number(15, 45)):
        messages += distract(world)
    if world.chance(0.6):
        more, check = memory.memory(world, lambda w: distract(w) + distract(w) + distract(w))
        return Conversation("memory", messages + more, [], check)
    return with_system(world, Conversation("mixed", messages))


@dataclass
class Course:
    """One pass of the training: the weights of exchanges and of kinds of conversations, and what chats with tools end in."""
    exchanges: list
    conversations: list
    tool_endings: list


def _oftener(factors):
    """Returns the exchanges with some weights multiplied."""
    return [(weight * factors.get(make, 1), make) for weight, make in EXCHANGES]


def _endings(choice, answer, none_fits, none_needed):
    return ["tool choice"] * choice + ["tool answer"] * answer + ["no tool fits"] * none_fits + ["no tool needed"] * none_needed


# The first course shows everything, the second what takes longest to learn, the third and the fourth what is weak then.
COURSES = {
    1: Course(EXCHANGES, [(58, chain), (5, ruled), (10, remembered), (5, read), (1.5, untold), (1, persona), (10, extracted), (16, with_tools), (0.5, long_chat)], _endings(4, 4, 4, 2)),
    2: Course(_oftener({numbers.sort: 3, numbers.is_it: 2, letters.upper: 3, letters.count: 2, letters.occurrences: 2, letters.reverse: 1.5, geography.capital: 2, geography.country_of: 2.5, geography.is_capital: 2.5, geography.is_on: 3,
                        lexicon.colour: 2, lexicon.plural: 1.5, about.inferserve: 1.5, arithmetic.subtraction: 0.5, smalltalk.echo: 1.5}),
              [(50, chain), (8, ruled), (8, remembered), (8, read), (1.5, untold), (1, persona), (4, extracted), (24, with_tools), (0.3, long_chat)], _endings(4, 2, 9, 3)),
    3: Course(_oftener({geography.is_capital: 6, geography.is_on: 6, geography.country_of: 1.5, letters.count: 3, letters.occurrences: 5, letters.spell: 2, letters.upper: 2, arithmetic.addition: 1.2, numbers.sort: 1.5, numbers.is_it: 1.5,
                        lexicon.colour: 2, lexicon.opposite: 1.5}),
              [(48, chain), (10, ruled), (12, remembered), (4, read), (2, untold), (1, persona), (4, extracted), (24, with_tools), (0.3, long_chat)], _endings(8, 2, 6, 4)),
    4: Course(_oftener({geography.is_capital: 3, geography.is_on: 3, letters.count: 7, letters.occurrences: 7, letters.spell: 3, letters.upper: 2, letters.reverse: 1.5, lexicon.colour: 2, numbers.is_it: 1.5}),
              [(50, chain), (12, ruled), (9, remembered), (4, read), (2.5, untold), (1.5, persona), (4, extracted), (20, with_tools), (0.3, long_chat)], _endings(5, 3, 8, 3)),
}


def conversation(seed, index, course=1):
    """Returns training conversation number `index` of a seed."""
    world = World(random.Random(f"train {seed} {index}"))
    world.course = course
    return _weighted(world, COURSES[course].conversations)(world)


def sentence(world):
    """Returns plain lines for raw completion: facts as sentences, without a chat around them."""
    makers = [geography.capital, geography.country_of, geography.continent, lexicon.opposite, lexicon.plural, lexicon.day, lexicon.month, arithmetic.addition, arithmetic.multiplication, about.inferserve, lexicon.colour, numbers.count]
    return "\n".join(world.pick(makers)(world).reply for _ in range(world.number(1, 6)))
