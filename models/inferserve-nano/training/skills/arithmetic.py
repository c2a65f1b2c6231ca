"""Sums, differences and small products of whole numbers.

A result that takes more than one step is worked out in the answer: every step reads what the one before wrote. Such
exchanges have no bare value, because a model of this size needs the steps.
"""
from .core import Exchange, number_is
from .phrasing import ask

SUM = ["What is {a} + {b}?", "What is {a} plus {b}?", "{a} + {b}", "{a}+{b}", "{a} + {b} = ?", "{a}+{b}=", "Add {a} and {b}.", "What is the sum of {a} and {b}?",
       "Calculate {a} + {b}.", "How much is {a} plus {b}?", "Compute {a} + {b}.", "What do you get if you add {a} and {b}?", "{a} plus {b}",
       "Work out {a} + {b}.", "Sum {a} and {b}.", "What's {a}+{b}?", "Please add {b} to {a}.", "How much is {a}+{b}?",
       "I have {a} apples and buy {b} more. How many do I have?", "There are {a} men and {b} women. How many people are there?"]
DIFFERENCE = ["What is {a} - {b}?", "What is {a} minus {b}?", "{a} - {b}", "{a}-{b}", "{a} - {b} = ?", "Subtract {b} from {a}.", "Calculate {a} - {b}.",
              "How much is {a} minus {b}?", "Compute {a} - {b}.", "Take {b} away from {a}.", "{a} minus {b}", "Work out {a} - {b}.",
              "What do you get if you subtract {b} from {a}?", "What's {a}-{b}?", "{a}-{b}="]
LEFT = ["I have {a} coins and spend {b}. How many are left?", "There were {a} birds and {b} flew away. How many are left?",
        "I had {a} cookies and ate {b}. How many do I have left?"]
PRODUCT = ["What is {a} * {b}?", "What is {a} times {b}?", "{a} * {b}", "{a}*{b}", "{a} x {b}", "Multiply {a} by {b}.", "Multiply {a} and {b}.",
           "What is the product of {a} and {b}?", "Calculate {a} * {b}.", "How much is {a} times {b}?", "Compute {a} * {b}.",
           "{a} times {b}", "Work out {a} x {b}.", "What is {a} x {b}?", "What's {a}*{b}?", "There are {a} boxes with {b} pens each. How many pens are there?"]


def _single(a, b):
    """Says whether a sum or difference is known by heart: one of the numbers has one digit or ends in zero."""
    return min(a, b) < 10 or a % 10 == 0 or b % 10 == 0


def sum_text(a, b):
    """Writes a sum; two numbers of two digits are added tens first."""
    if _single(a, b):
        return f"{a} + {b} = {a + b}"
    tens, ones = a - a % 10 + b - b % 10, a % 10 + b % 10
    return f"{a - a % 10} + {b - b % 10} = {tens}, {a % 10} + {b % 10} = {ones}, so {a} + {b} = {a + b}"


def difference_text(a, b):
    """Writes a difference; the smaller number is taken from the larger one, tens first."""
    high, low = max(a, b), min(a, b)
    if _single(a, b):
        return f"{a} - {b} = {a - b}" if a >= b else f"{b} - {a} = {b - a}, so {a} - {b} = {a - b}"
    tens = low - low % 10
    return f"{high} - {tens} = {high - tens}, {high - tens} - {low % 10} = {high - low}, so {a} - {b} = {a - b}"


def addition(world):
    a, b = world.draw(lambda: (world.number(0, 99), world.number(0, 99)), lambda p: ("+", p))
    if world.chance(0.15):
        a, b = world.draw(lambda: (world.number(0, 12), world.number(0, 12)), lambda p: ("+", p))
    return Exchange("addition", ask(world, SUM, a=a, b=b), sum_text(a, b), number_is(a + b), a + b if _single(a, b) else None, "result")


def subtraction(world):
    a, b = world.draw(lambda: (world.number(0, 99), world.number(0, 99)), lambda p: ("-", p))
    templates = DIFFERENCE
    if world.chance(0.5):
        a, b = max(a, b), min(a, b)
        templates = DIFFERENCE + LEFT
    return Exchange("subtraction", ask(world, templates, a=a, b=b), difference_text(a, b), number_is(a - b), a - b if a >= b and _single(a, b) else None, "result")


def multiplication(world):
    a, b = world.number(0, 12), world.number(0, 12)
    return Exchange("multiplication", ask(world, PRODUCT, a=a, b=b), f"{a} * {b} = {a * b}", number_is(a * b), a * b, "result")
