"""Spelling, reversing, upper-casing and counting the letters of a word.

The longer answers write the word letter by letter first, so that the second half of the answer reads what the first half
wrote. Text whose merges the model cannot foresee (a reversed word) is trained as single letters.
"""
from .core import Exchange, contains, letterwise, number_is
from .phrasing import ask
from .words import any_word

SPELL = ["Spell {w}.", "Spell the word {w}.", "How do you spell {w}?", "Can you spell {w}?", "Spell {w} letter by letter.", "What are the letters of {w}?",
         "How is {w} spelled?", "Please spell {w}.", "Spell out {w}.", "List the letters of {w}.", "Write {w} letter by letter.", "spell {w}"]
REVERSE = ["Reverse {w}.", "Reverse the word {w}.", "Write {w} backwards.", "What is {w} backwards?", "Spell {w} backwards.", "What is {w} in reverse?",
           "Please reverse the word {w}.", "Can you reverse {w}?", "Turn {w} around.", "Write the word {w} in reverse.", "How do you write {w} backwards?", "reverse {w}"]
UPPER = ["Write {w} in upper case.", "Write {w} in capital letters.", "Upper-case {w}.", "Make {w} upper case.", "Put {w} in capitals.", "Uppercase the word {w}.",
         "What is {w} in capital letters?", "Convert {w} to upper case.", "Write the word {w} in uppercase.", "Please write {w} in all caps.", "uppercase {w}",
         "Can you write {w} in capitals?"]
LOWER = ["Write {w} in lower case.", "Make {w} lower case.", "Convert {w} to lower case.", "Write {w} in small letters.", "Lowercase {w}.", "What is {w} in lower case?"]
COUNT = ["How many letters are in {w}?", "How many letters does {w} have?", "Count the letters in {w}.", "How long is the word {w}?", "Number of letters in {w}?",
         "How many letters are there in {w}?", "What is the length of the word {w}?", "How many letters has the word {w}?", "Count the letters of {w}.",
         "How many characters are in {w}?", "Can you count the letters in the word {w}?"]
OCCURS = ["How many times does the letter {l} occur in {w}?", "How many {l}'s are in {w}?", "Count the letter {l} in {w}.", "How often does {l} appear in {w}?",
          "How many times does {l} appear in {w}?", "How many times is the letter {l} in {w}?", "How many letters {l} are in {w}?", "Count the {l}'s in {w}."]
EDGE = ["What is the {e} letter of {w}?", "What letter does {w} {v} with?", "Which letter is the {e} one in {w}?", "Tell me the {e} letter of {w}.", "{e} letter of {w}"]


def _word(world):
    """Draws a word and the way the user writes it."""
    word = any_word(world)
    shown = world.pick(["{}", "{}", '"{}"', '"{}"', "'{}'"]).format(word)
    return word, shown


def _dashed(word):
    return "-".join(word)


def spell(world):
    word, shown = _word(world)
    if world.chance(0.12):
        word = word.capitalize()
        shown = word
    return Exchange("spelling", ask(world, SPELL, True, w=shown), _dashed(word), contains(_dashed(word)), _dashed(word), "spelling", True)


def reverse(world):
    word, shown = _word(world)
    back = letterwise(word[::-1])
    return Exchange("reversing", ask(world, REVERSE, True, w=shown), f"{_dashed(word)} backwards is {_dashed(word[::-1])}: {back}", contains(word[::-1]), cased=True)


def upper(world):
    word, shown = _word(world)
    if world.chance(0.15):
        text = word.upper()
        return Exchange("upper case", ask(world, LOWER, True, w=shown.replace(word, text)), letterwise(word), {"kind": "exact_word", "expected": word}, letterwise(word), "text", True)
    if world.chance(0.12):
        shown = shown.replace(word, word.capitalize())
    return Exchange("upper case", ask(world, UPPER, True, w=shown), letterwise(word.upper()), contains(word.upper()), letterwise(word.upper()), "text", True)


def count(world):
    word, shown = _word(world)
    return Exchange("counting letters", ask(world, COUNT, True, w=shown), f"{_dashed(word)} has {len(word)} letters.",
                    number_is(len(word)), len(word), "letters", True)


def occurrences(world):
    word, shown = _word(world)
    # The last course shows letters that do not occur more often: the answer 0 takes longest.
    letter = world.pick(word) if world.chance(0.85 if world.course < 4 else 0.5) else world.pick("abcdefghijklmnopqrstuvwxyz")
    n = word.count(letter)
    shown_letter = world.pick([letter, letter, f'"{letter}"'])
    return Exchange("counting letters", ask(world, OCCURS, True, w=shown, l=shown_letter), f"{_dashed(word)}: the letter {letter} occurs {n} time{'s' if n != 1 else ''}.",
                    number_is(n), cased=True)


def edge(world):
    word, shown = _word(world)
    is_first = world.chance(0.5)
    e, v, letter = ("first", "start", word[0]) if is_first else ("last", "end", word[-1])
    return Exchange("spelling", ask(world, EDGE, True, w=shown, e=e, v=v), f"The {e} letter is {letter}.", contains(f"is {letter}."), letter, "letter", True)
