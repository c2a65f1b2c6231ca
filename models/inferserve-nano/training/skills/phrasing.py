"""How users write: the same question with other openings, closings, letter case and punctuation."""

OPENINGS = ["Please ", "Hey, ", "Hi, ", "Hello, ", "Hi! ", "Hey! ", "Hello! ", "Can you tell me: ", "Tell me, ", "Quick question: ",
            "Question: ", "One more thing: ", "Now, ", "Next: ", "And ", "So, ", "Okay, ", "OK, ", "Could you tell me: ",
            "I have a question. ", "Help me: ", "Also, ", "Good. ", "Great. ", "Thanks. ", "Thank you. ", "Alright, ", "Well, "]
CLOSINGS = [" Please.", " Thanks!", " Thank you.", " please", " Thanks.", " Thank you!", " I need it for school.",
            " I am curious.", " Just wondering.", " Do you know?", " Be brief.", " Keep it short."]
TALK = [("What is", "What's"), ("what is", "what's"), ("Which is", "Which one is"), ("do not", "don't"), ("I am", "I'm")]


def ask(world, templates, cased=False, **slots):
    """Fills one of the templates and varies its surface."""
    return vary(world, world.pick(templates).format(**slots), cased)


def vary(world, text, cased=False):
    """Varies a prompt; half of them stay as they are. `cased` forbids changing the case of its words."""
    if world.chance(0.5):
        return text
    if world.chance(0.25):
        old, new = world.pick(TALK)
        text = text.replace(old, new)
    if world.chance(0.3):
        opening = world.pick(OPENINGS)
        text = opening + lower_first(text) if opening[-2:-1] in ",d" or opening == "Please " else opening + text
    if world.chance(0.12):
        text += world.pick(CLOSINGS) if text[-1] in ".?!" else "." + world.pick(CLOSINGS)
    elif world.chance(0.3) and text[-1] in ".?!":
        text = text[:-1] if world.chance(0.7) else text + world.pick(["!", "?", "."])
    if not cased and world.chance(0.2):
        text = text.lower() if world.chance(0.8) else text.upper()
    elif world.chance(0.12):
        text = lower_first(text)
    return text


def lower_first(text):
    """Lowers the first letter unless the first word is "I"."""
    return text if text[:2] in ("I ", "I'") else text[:1].lower() + text[1:]


def listed(items, last=" and "):
    """Joins items as prose does: "a, b and c"."""
    items = [str(item) for item in items]
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + last + items[-1]
