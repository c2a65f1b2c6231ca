"""Sums, differences and small products of whole numbers."""
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


def addition(world):
    a, b = world.draw(lambda: (world.number(0, 99), world.number(0, 99)), lambda p: ("+", p))
    if world.chance(0.15):
        a, b = world.draw(lambda: (world.number(0, 12), world.number(0, 12)), lambda p: ("+", p))
    return Exchange("addition", ask(world, SUM, a=a, b=b), f"{a} + {b} = {a + b}", number_is(a + b), a + b, "result")


def subtraction(world):
    a, b = world.draw(lambda: (world.number(0, 99), world.number(0, 99)), lambda p: ("-", p))
    templates = DIFFERENCE
    if world.chance(0.5):
        a, b = max(a, b), min(a, b)
        templates = DIFFERENCE + LEFT
    return Exchange("subtraction", ask(world, templates, a=a, b=b), f"{a} - {b} = {a - b}", number_is(a - b), a - b, "result")


def multiplication(world):
    a, b = world.number(0, 12), world.number(0, 12)
    return Exchange("multiplication", ask(world, PRODUCT, a=a, b=b), f"{a} * {b} = {a * b}", number_is(a * b), a * b, "result")
