"""Facts that the user tells and asks for later, with other talk in between."""
from dataclasses import dataclass

from .core import contains
from .phrasing import ask, vary
from .words import CITIES, COLOURS, FOODS, HOBBIES, JOBS, ANIMALS, any_name, any_word, made_up_word
from .lexicon import MONTHS, DAYS
from .unknown import UNTOLD


@dataclass
class Fact:
    """One told fact: what the user says, how the model acknowledges it, how it is asked for, the answer and its value."""
    kind: str
    tell: str
    acknowledge: str
    question: str
    answer: str
    value: str


# kind: (ways to tell, acknowledgement, ways to ask, answer, maker of the value)
KINDS = {
    "name": (["My name is {v}.", "I am {v}.", "I'm {v}.", "Call me {v}.", "Hi, I am {v}.", "Hello, my name is {v}.", "Hi! My name is {v}.", "You can call me {v}.", "Hello, I'm {v}.", "My name's {v}.", "{v} is my name.", "Please remember that my name is {v}."],
             "Nice to meet you, {v}!", ["What is my name?", "What's my name?", "Who am I?", "Do you know my name?", "Do you remember my name?", "Can you tell me my name?", "What did I say my name is?", "What am I called?", "Say my name."],
             "Your name is {v}.", any_name),
    "city": (["I live in {v}.", "My home is {v}.", "I am from {v}.", "I come from {v}.", "I live in {v} now.", "My city is {v}.", "I moved to {v}."], "{v} sounds nice.",
             ["Where do I live?", "Which city do I live in?", "Where am I from?", "What is my city?", "In which city do I live?", "Do you remember where I live?"], "You live in {v}.", lambda w: w.pick(CITIES)),
    "colour": (["My favourite colour is {v}.", "My favorite color is {v}.", "I like the colour {v} best.", "{v} is my favourite colour.", "The color I like most is {v}."], "I will remember that.",
               ["What is my favourite colour?", "What is my favorite color?", "Which colour do I like best?", "Which color do I like?", "Do you remember my favourite colour?"], "Your favourite colour is {v}.", lambda w: w.pick(COLOURS)),
    "food": (["My favourite food is {v}.", "I love to eat {v}.", "My favorite food is {v}.", "The food I like most is {v}.", "I like {v} best of all food."], "I will remember that.",
             ["What is my favourite food?", "What is my favorite food?", "Which food do I like?", "What do I love to eat?", "What food do I like best?"], "Your favourite food is {v}.", lambda w: w.pick(FOODS)),
    "age": (["I am {v} years old.", "My age is {v}.", "I am {v}.", "I turned {v} this year."], "I will remember that.",
            ["How old am I?", "What is my age?", "Do you remember my age?", "What age am I?"], "You are {v} years old.", lambda w: str(w.number(5, 99))),
    "job": (["I am a {v}.", "I work as a {v}.", "My job is {v}.", "I earn my money as a {v}.", "By profession I am a {v}."], "I will remember that.",
            ["What is my job?", "What do I do for a living?", "What do I work as?", "What is my profession?", "Do you remember my job?"], "You work as a {v}.", lambda w: w.pick([j for j in JOBS if j[0] not in "aeiou"])),
    "hobby": (["My hobby is {v}.", "I like {v}.", "In my free time I like {v}.", "I enjoy {v}."], "I will remember that.", ["What is my hobby?", "What do I like to do?", "What do I enjoy?", "Which hobby do I have?"],
              "Your hobby is {v}.", lambda w: w.pick(HOBBIES)),
    "dog": (["My dog is called {v}.", "My dog's name is {v}.", "I have a dog named {v}.", "The name of my dog is {v}."], "{v} is a nice name.", ["What is my dog's name?", "What is my dog called?", "What is the name of my dog?", "How is my dog called?"],
            "Your dog is called {v}.", any_name),
    "cat": (["My cat is called {v}.", "My cat's name is {v}.", "I have a cat named {v}.", "The name of my cat is {v}."], "{v} is a nice name.", ["What is my cat's name?", "What is my cat called?", "What is the name of my cat?", "How is my cat called?"],
            "Your cat is called {v}.", any_name),
    "number": (["Remember the number {v}.", "My lucky number is {v}.", "The number to remember is {v}.", "Please remember the number {v}.", "Keep the number {v} in mind."], "I will remember that.",
               ["What is the number?", "Which number did I tell you?", "What number did I say?", "Which number should you remember?", "What is my lucky number?", "What was the number?"], "The number is {v}.", lambda w: str(w.number(1, 999))),
    "word": (["Remember the word {v}.", "The code word is {v}.", "The secret word is {v}.", "My password is {v}.", "Please remember this word: {v}.", "The magic word is {v}.", "My code word is {v}."], "I will remember that.",
             ["What is the word?", "What is the code word?", "Which word did I tell you?", "What word should you remember?", "What was the word?", "What is the secret word?", "Which word did you have to remember?"], "The word is {v}.", any_word),
    "birthday": (["My birthday is in {v}.", "I was born in {v}.", "I have my birthday in {v}."], "I will remember that.", ["When is my birthday?", "In which month is my birthday?", "In which month was I born?", "When was I born?"],
                 "Your birthday is in {v}.", lambda w: w.pick(MONTHS)),
    "meeting": (["The meeting is on {v}.", "We meet on {v}.", "My meeting is on {v}."], "I will remember that.", ["When is the meeting?", "On which day is the meeting?", "When do we meet?", "Which day is my meeting?"], "The meeting is on {v}.", lambda w: w.pick(DAYS)),
    "pet": (["I have a pet {v}.", "My pet is a {v}.", "At home I have a {v}."], "I will remember that.", ["Which pet do I have?", "What pet do I have?", "What kind of pet do I have?", "What is my pet?"], "You have a {v}.", lambda w: w.pick([a for a in ANIMALS if a[0] not in "aeiou"])),
}
OTHERS = {
    "lives": (["{n} lives in {v}.", "My friend {n} lives in {v}.", "My sister {n} lives in {v}.", "{n} is from {v}."], ["Where does {n} live?", "In which city does {n} live?", "Which city does {n} live in?", "Where is {n} from?"], "{n} lives in {v}.", lambda w: w.pick(CITIES)),
    "aged": (["{n} is {v} years old.", "My brother {n} is {v} years old.", "My friend {n} is {v}."], ["How old is {n}?", "What is the age of {n}?", "What age is {n}?"], "{n} is {v} years old.", lambda w: str(w.number(3, 99))),
    "works": (["{n} works as a {v}.", "{n} is a {v}.", "My mother {n} is a {v}."], ["What does {n} do?", "What is the job of {n}?", "What does {n} work as?"], "{n} works as a {v}.", lambda w: w.pick([j for j in JOBS if j[0] not in "aeiou"])),
    "likes": (["{n} likes {v}.", "{n} loves {v}.", "The favourite food of {n} is {v}."], ["What does {n} like?", "What does {n} love?", "What food does {n} like?", "What is the favourite food of {n}?"], "{n} likes {v}.", lambda w: w.pick(FOODS)),
    "owns": (["{n} has a {v}.", "{n} bought a {v}.", "{n} owns a {v}."], ["What does {n} have?", "What does {n} own?", "What did {n} buy?"], "{n} has a {v}.", lambda w: w.pick([a for a in ANIMALS if a[0] not in "aeiou"])),
}


def own_fact(world, taken=()):
    kind = world.pick([k for k in KINDS if k not in taken])
    tells, acknowledge, questions, answer, maker = KINDS[kind]
    value = str(maker(world))
    lower = world.chance(0.1)
    if lower:
        value = value.lower()
    tell = world.pick(tells).format(v=value)
    tell = tell.lower() if lower else tell[0].upper() + tell[1:]
    if world.chance(0.15):
        tell = tell.rstrip(".")
    return Fact(kind, tell, acknowledge.format(v=value), ask(world, questions), answer.format(v=value), value)


def other_fact(world, taken=()):
    name = any_name(world)
    kind = world.pick(list(OTHERS))
    tells, questions, answer, maker = OTHERS[kind]
    value = str(maker(world))
    return Fact(f"{kind} {name}", world.pick(tells).format(n=name, v=value), "I will remember that.", ask(world, questions, True, n=name), answer.format(n=name, v=value), value)


def memory(world, distract, facts=None):
    """Returns (messages, check): facts told, `distract` exchanges between, then one of the facts asked for."""
    count = facts or world.pick([1, 1, 2, 2, 3])
    told, messages = [], []
    while len(told) < count:
        maker = own_fact if world.chance(0.7) else other_fact
        fact = maker(world, [f.kind for f in told])
        if fact.kind not in [f.kind for f in told]:
            told.append(fact)
    index = 0
    while index < len(told):
        fact = told[index]
        if index + 1 < len(told) and world.chance(0.3):
            second = told[index + 1]
            text = f"{_closed(fact.tell)} {second.tell}" if world.chance(0.6) else f"{fact.tell.rstrip('.')} and {_lower_i(second.tell)}"
            reply = fact.acknowledge if fact.kind == "name" else second.acknowledge if second.kind == "name" else "I will remember that."
            index += 1
        else:
            text, reply = fact.tell, fact.acknowledge
        messages += [_user(text), _assistant(reply)]
        index += 1
        if world.chance(0.3):
            messages += distract(world)
    while world.chance(0.5) and len(messages) < 24:
        messages += distract(world)
    if world.chance(0.12):
        missing = own_fact(world, [f.kind for f in told])
        clash = {"word", "number"} & {f.kind for f in told}
        if not clash or missing.kind not in ("word", "number"):
            return messages + [_user(missing.question), _assistant(UNTOLD)], {"kind": "refuses"}
    if world.chance(0.1):
        old = told[0]
        if old.kind in KINDS:
            value = str(KINDS[old.kind][4](world))
            told[0] = Fact(old.kind, "", "", old.question, KINDS[old.kind][3].format(v=value), value)
            messages += [_user(world.pick(["Sorry, I meant {t}", "No wait, {t}", "Correction: {t}", "Actually, {t}"]).format(t=_lower_i(world.pick(KINDS[old.kind][0][:3]).format(v=value)))), _assistant("I will remember that.")]
    asked = world.some(told, min(len(told), world.pick([1, 2, 3])))
    for fact in asked:
        question, answer = fact.question, fact.answer
        check = contains(fact.value)
        if world.chance(0.08):
            question += world.pick([" Answer with one word.", " One word only.", " Just the answer."])
            answer, check = fact.value, {"kind": "one_word", "expected": fact.value}
        messages += [_user(question), _assistant(answer)]
    return messages, check


def read(world):
    """Returns (messages, check): facts about several people in one message, followed by a question on one of them."""
    kind = world.pick(list(OTHERS))
    tells, questions, answer, maker = OTHERS[kind]
    names, values = [], []
    while len(names) < world.number(2, 4):
        name, value = any_name(world), str(maker(world))
        if name not in names:
            names.append(name)
            values.append(value)
    sentences = [tells[0].format(n=n, v=v) for n, v in zip(names, values)]
    text = " ".join(sentences) if world.chance(0.5) else ", ".join(s.rstrip(".") for s in sentences[:-1]) + " and " + sentences[-1]
    messages = []
    for turn, index in enumerate(world.some(range(len(names)), min(len(names), world.pick([1, 2, 3])))):
        question = world.pick(questions).format(n=names[index])
        user = question if turn else f"{text} {question}" if world.chance(0.8) else f"{question} {text}"
        messages += [_user(user), _assistant(answer.format(n=names[index], v=values[index]))]
    return messages, contains(values[index])


def _closed(text):
    return text if text.endswith(".") else text + "."


def _lower_i(text):
    return text if text.startswith("I") else text[0].lower() + text[1:] if text.startswith(("My", "The", "Remember", "Please", "Call", "You", "Hi", "Hello", "Keep", "We", "In ", "By ", "At ")) else text


def _user(text):
    return {"role": "user", "content": text}


def _assistant(text):
    return {"role": "assistant", "content": text}
