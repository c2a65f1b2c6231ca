"""Comparing, sorting and counting."""
from .core import Exchange, contains, number_is
from .phrasing import ask, listed

LARGER = ["Which is larger, {a} or {b}?", "Which is bigger, {a} or {b}?", "Which number is greater: {a} or {b}?", "What is larger: {a} or {b}?",
          "Is {a} or {b} the larger number?", "{a} or {b}, which is bigger?", "Which of {a} and {b} is larger?"]
SMALLER = ["Which is smaller, {a} or {b}?", "Which number is less: {a} or {b}?", "What is smaller: {a} or {b}?", "Is {a} or {b} the smaller number?",
           "{a} or {b}, which is smaller?", "Which of {a} and {b} is smaller?"]
IS_MORE = ["Is {a} larger than {b}?", "Is {a} bigger than {b}?", "Is {a} greater than {b}?", "Is {a} more than {b}?", "{a} > {b}?"]
IS_LESS = ["Is {a} smaller than {b}?", "Is {a} less than {b}?", "{a} < {b}?"]
LARGEST = ["What is the largest of {l}?", "Which is the largest number: {l}?", "Find the largest number in this list: {l}.", "What is the biggest of {l}?",
           "Which number is the biggest: {l}?", "Give me the maximum of {l}.", "Find the maximum: {l}", "What is the greatest number in {l}?", "max of {l}"]
SMALLEST = ["What is the smallest of {l}?", "Which is the smallest number: {l}?", "Find the smallest number in this list: {l}.",
            "Give me the minimum of {l}.", "Find the minimum: {l}", "Which number is the smallest: {l}?", "What is the lowest number in {l}?", "min of {l}"]
UP = ["Sort these numbers: {l}.", "Sort {l} in ascending order.", "Sort from smallest to largest: {l}", "Put these numbers in order: {l}.",
      "Arrange {l} from small to large.", "Sort ascending: {l}", "Order these numbers from lowest to highest: {l}.", "Sort the list {l}.", "Sort: {l}",
      "Please sort {l} from smallest to largest.", "Sort the numbers {l} in increasing order."]
DOWN = ["Sort {l} in descending order.", "Sort from largest to smallest: {l}", "Arrange {l} from large to small.", "Sort descending: {l}",
        "Order these numbers from highest to lowest: {l}.", "Put these numbers in descending order: {l}.", "Please sort {l} from largest to smallest.",
        "Sort the numbers {l} in decreasing order.", "Sort {l} backwards, largest first."]
COUNT = ["Count to {n}.", "Count from 1 to {n}.", "Count up to {n}.", "Can you count to {n}?", "List the numbers from 1 to {n}.", "Please count to {n}."]
EVEN = ["Is {a} even or odd?", "Is {a} odd or even?", "Is the number {a} even or odd?", "{a}: even or odd?"]
NEXT = ["What number comes after {a}?", "Which number comes after {a}?", "What is the number after {a}?", "What comes after {a}?"]
BEFORE = ["What number comes before {a}?", "Which number comes before {a}?", "What is the number before {a}?", "What comes before {a}?"]


def _pair(world):
    return world.draw(lambda: tuple(world.some(range(100), 2)), lambda p: ("pair", p))


def compare(world):
    a, b = _pair(world)
    if world.chance(0.5):
        answer, word = max(a, b), "larger"
        user = ask(world, LARGER, a=a, b=b)
    else:
        answer, word = min(a, b), "smaller"
        user = ask(world, SMALLER, a=a, b=b)
    return Exchange("comparing", user, f"{answer} is {word}.", number_is(answer), answer, word)


def is_it(world):
    a, b = _pair(world)
    if world.chance(0.6):
        answer, user = a > b, ask(world, IS_MORE, a=a, b=b)
    else:
        answer, user = a < b, ask(world, IS_LESS, a=a, b=b)
    word = "Yes" if answer else "No"
    return Exchange("comparing", user, f"{word}, {a} is {'larger' if a > b else 'smaller'} than {b}.", {"kind": "starts", "expected": word}, word.lower(), "answer")


def _list(world, low, high):
    numbers = world.some(range(100), world.number(low, high))
    text = world.pick([", ".join(map(str, numbers)), listed(numbers), " ".join(map(str, numbers)), str(numbers)]
                      if len(numbers) > 2 else [", ".join(map(str, numbers)), listed(numbers)])
    return numbers, text


def extreme(world):
    numbers, text = _list(world, 3, 6)
    if world.chance(0.5):
        answer, word, user = max(numbers), "largest", ask(world, LARGEST, l=text)
    else:
        answer, word, user = min(numbers), "smallest", ask(world, SMALLEST, l=text)
    return Exchange("comparing", user, f"The {word} is {answer}.", number_is(answer), answer, word)


def sort(world):
    numbers, text = _list(world, 2, 5)
    down = world.chance(0.4)
    answer = sorted(numbers, reverse=down)
    joined = ", ".join(map(str, answer))
    return Exchange("sorting", ask(world, DOWN if down else UP, l=text), joined, {"kind": "numbers", "expected": answer}, answer, "sorted")


def count(world):
    n = world.number(2, 20)
    joined = ", ".join(map(str, range(1, n + 1)))
    return Exchange("counting", ask(world, COUNT, n=n), joined, {"kind": "numbers", "expected": list(range(1, n + 1))}, list(range(1, n + 1)), "numbers")


def parity(world):
    a = world.number(0, 99)
    word = "odd" if a % 2 else "even"
    return Exchange("counting", ask(world, EVEN, a=a), f"{a} is {word}.", contains(word), word, "parity")


def neighbour(world):
    a = world.number(1, 98)
    after = world.chance(0.6)
    b = a + 1 if after else a - 1
    return Exchange("counting", ask(world, NEXT if after else BEFORE, a=a), f"{b} comes {'after' if after else 'before'} {a}.",
                    {"kind": "contains", "expected": [str(b)]}, b, "number")
