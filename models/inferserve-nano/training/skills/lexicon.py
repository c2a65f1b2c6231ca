"""Days, months, colours, opposites and plurals."""
from .core import Exchange, contains, number_is
from .phrasing import ask, listed
from .words import ANIMALS, FOODS, THINGS

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
LENGTHS = dict(zip(MONTHS, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
SEASONS = {"December": "winter", "January": "winter", "February": "winter", "March": "spring", "April": "spring", "May": "spring", "June": "summer",
           "July": "summer", "August": "summer", "September": "autumn", "October": "autumn", "November": "autumn"}
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

OPPOSITES = """hot:cold big:small fast:slow up:down left:right day:night black:white good:bad happy:sad open:closed full:empty old:new
high:low light:dark early:late easy:difficult rich:poor strong:weak wet:dry long:short loud:quiet clean:dirty thick:thin heavy:light
near:far inside:outside above:below before:after first:last front:back buy:sell push:pull win:lose start:stop love:hate true:false yes:no
always:never more:less hard:soft wide:narrow deep:shallow sharp:blunt young:old brave:cowardly noisy:silent remember:forget
give:take come:go begin:end arrive:leave ask:answer north:south east:west top:bottom in:out on:off safe:dangerous cheap:expensive
smooth:rough sweet:bitter tall:short awake:asleep alive:dead friend:enemy question:answer war:peace summer:winter sunrise:sunset
increase:decrease public:private enter:exit polite:rude lazy:diligent simple:complex possible:impossible correct:wrong busy:idle"""
OPPOSITE = {}
for _pair in OPPOSITES.split():
    _a, _b = _pair.split(":")
    OPPOSITE.setdefault(_a, _b)
    OPPOSITE.setdefault(_b, _a)

IRREGULAR = """mouse:mice child:children man:men woman:women foot:feet tooth:teeth goose:geese person:people ox:oxen leaf:leaves knife:knives
wife:wives life:lives wolf:wolves shelf:shelves loaf:loaves half:halves thief:thieves sheep:sheep deer:deer fish:fish scarf:scarves
potato:potatoes tomato:tomatoes hero:heroes echo:echoes calf:calves self:selves"""
PLURALS = dict(pair.split(":") for pair in IRREGULAR.split())
NO_PLURAL = set("""rice bread butter cheese honey sugar coffee tea juice milk water salt pasta yogurt garlic spinach chocolate soup salad
shark salmon trout squid pepper ginger""".split())
COUNTABLE = sorted(set(ANIMALS + FOODS + THINGS + """baby city country lady party story family box bus class dish watch brush fox church glass
house tree car boy girl friend teacher doctor street day key toy game song idea word name number month year hour star flower""".split()) - NO_PLURAL)

COLOUR_OF = """the sky:blue grass:green snow:white a banana:yellow a lemon:yellow coal:black blood:red the sun:yellow a tomato:red an orange:orange
milk:white chocolate:brown a carrot:orange a strawberry:red a crow:black an elephant:grey the night:black a leaf:green the sea:blue
a cucumber:green a flamingo:pink salt:white a cherry:red spinach:green a polar bear:white soil:brown"""


def _colours():
    text, rows = COLOUR_OF.replace("\n", " "), []
    for part in text.split(":"):
        rows.append(part)
    pairs, thing = [], rows[0]
    for part in rows[1:]:
        colour, _, following = part.partition(" ")
        pairs.append((thing, colour))
        thing = following
    return pairs


COLOURS = _colours()
MIXES = {("red", "yellow"): "orange", ("blue", "yellow"): "green", ("red", "blue"): "purple", ("black", "white"): "grey", ("red", "white"): "pink"}

OPPOSITE_ASK = ["What is the opposite of {w}?", "What's the opposite of {w}?", "Give me the opposite of {w}.", "Opposite of {w}?", "Name the opposite of {w}.",
                "What is the antonym of {w}?", "The opposite of {w} is what?", 'What is the opposite of "{w}"?', "Which word is the opposite of {w}?",
                "Tell me the opposite of the word {w}.", "antonym of {w}", "What word means the opposite of {w}?"]
PLURAL_ASK = ["What is the plural of {w}?", "Plural of {w}?", "Give me the plural of {w}.", "What is the plural form of {w}?", "One {w}, two what?",
              'What is the plural of "{w}"?', "Write the plural of {w}.", "How do you write the plural of {w}?", "Make {w} plural.", "Put {w} in the plural.",
              "I have one {w}. What are two called?"]
COLOUR_ASK = ["What colour is {t}?", "What color is {t}?", "Which colour is {t}?", "Which color does {t} have?", "What is the colour of {t}?", "Tell me the colour of {t}.", "{t} has which color?"]
MIX_ASK = ["What do you get if you mix {a} and {b}?", "What colour do {a} and {b} make?", "Which color do I get from {a} and {b}?", "Mix {a} with {b}. What colour is it?", "What color is {a} mixed with {b}?"]
DAY_AFTER = ["What day comes after {d}?", "Which day comes after {d}?", "Which day follows {d}?", "What is the day after {d}?", "If today is {d}, what day is tomorrow?",
             "Today is {d}. What day is tomorrow?", "What day is after {d}?"]
DAY_BEFORE = ["What day comes before {d}?", "Which day comes before {d}?", "What is the day before {d}?", "If today is {d}, what day was yesterday?",
              "Today is {d}. What day was yesterday?", "What day is before {d}?"]
MONTH_AFTER = ["What month comes after {d}?", "Which month comes after {d}?", "Which month follows {d}?", "What is the month after {d}?", "What month is after {d}?", "Which month is next after {d}?"]
MONTH_BEFORE = ["What month comes before {d}?", "Which month comes before {d}?", "What is the month before {d}?", "What month is before {d}?"]
MONTH_DAYS = ["How many days does {d} have?", "How many days are in {d}?", "How long is {d} in days?", "How many days has {d}?", "Number of days in {d}?"]
MONTH_NUMBER = ["Which month is number {n}?", "What is the {o} month of the year?", "What is the {o} month?", "Which is the {o} month of the year?", "Name the {o} month."]
WHICH_NUMBER = ["Which number is the month {d}?", "What number is {d} among the months?", "Is {d} the first month or which one?", "What is the number of the month {d}?"]
SEASON_ASK = ["Which season is {d} in?", "In which season is {d}?", "What season is {d}?", "{d} is in which season?"]
LISTS = [(["List the days of the week.", "What are the days of the week?", "Name the days of the week.", "Name the seven days.", "Tell me the days of the week."], ", ".join(DAYS)),
         (["List the months of the year.", "What are the months of the year?", "Name the twelve months.", "Name all months.", "Tell me the months of the year."], ", ".join(MONTHS)),
         (["What are the seasons?", "Name the four seasons.", "List the seasons.", "Which seasons are there?"], "spring, summer, autumn, winter"),
         (["Name three colours.", "Name some colours.", "Give me three colors.", "List some colors."], "red, blue, green"),
         (["Name the continents.", "List the continents.", "What are the continents?", "Name the seven continents."], "Africa, Antarctica, Asia, Europe, North America, Oceania, South America")]
COUNTS = [(["How many days are in a week?", "How many days does a week have?"], "A week has 7 days.", 7), (["How many months are in a year?", "How many months does a year have?"], "A year has 12 months.", 12),
          (["How many hours are in a day?", "How many hours does a day have?"], "A day has 24 hours.", 24), (["How many minutes are in an hour?", "How many minutes does an hour have?"], "An hour has 60 minutes.", 60),
          (["How many seconds are in a minute?", "How many seconds does a minute have?"], "A minute has 60 seconds.", 60), (["How many days are in a year?", "How many days does a year have?"], "A year has 365 days.", 365),
          (["How many continents are there?", "How many continents does the world have?"], "There are 7 continents.", 7), (["How many seasons are there?", "How many seasons does a year have?"], "There are 4 seasons.", 4)]


def plural_of(word):
    """Forms an English plural."""
    if word in PLURALS:
        return PLURALS[word]
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")


def opposite(world):
    word = world.pick(list(OPPOSITE))
    return Exchange("opposites", ask(world, OPPOSITE_ASK, w=word), f"The opposite of {word} is {OPPOSITE[word]}.", contains(OPPOSITE[word]), OPPOSITE[word], "opposite")


def plural(world):
    word = world.pick(COUNTABLE) if world.chance(0.6) else world.pick(list(PLURALS))
    many = plural_of(word)
    return Exchange("plurals", ask(world, PLURAL_ASK, w=word), f"The plural of {word} is {many}.", {"kind": "last_word", "expected": many}, many, "plural")


def colour(world):
    if world.chance(0.25):
        (a, b), result = world.pick(list(MIXES.items()))
        if world.chance(0.5):
            a, b = b, a
        return Exchange("colours", ask(world, MIX_ASK, a=a, b=b), f"Mixing {a} and {b} gives {result}.", contains(result), result, "colour")
    thing, result = world.pick(COLOURS)
    return Exchange("colours", ask(world, COLOUR_ASK, t=thing), f"{thing[0].upper() + thing[1:]} is {result}.", contains(result), result, "colour")


def day(world):
    i = world.number(0, 6)
    after = world.chance(0.6)
    answer = DAYS[(i + (1 if after else -1)) % 7]
    user = ask(world, DAY_AFTER if after else DAY_BEFORE, d=DAYS[i])
    return Exchange("days and months", user, f"{answer} comes {'after' if after else 'before'} {DAYS[i]}.", {"kind": "starts", "expected": answer}, answer, "day")


def month(world):
    i = world.number(0, 11)
    name = MONTHS[i]
    kind = world.number(0, 5)
    if kind <= 1:
        after = world.chance(0.6)
        answer = MONTHS[(i + (1 if after else -1)) % 12]
        user = ask(world, MONTH_AFTER if after else MONTH_BEFORE, d=name)
        return Exchange("days and months", user, f"{answer} comes {'after' if after else 'before'} {name}.", {"kind": "starts", "expected": answer}, answer, "month")
    if kind == 2:
        return Exchange("days and months", ask(world, MONTH_DAYS, d=name), f"{name} has {LENGTHS[name]} days.", number_is(LENGTHS[name]), LENGTHS[name], "days")
    if kind == 3:
        return Exchange("days and months", ask(world, MONTH_NUMBER, n=i + 1, o=ORDINALS[i]), f"Month {i + 1} is {name}.", contains(name), name, "month")
    if kind == 4:
        return Exchange("days and months", ask(world, WHICH_NUMBER, d=name), f"{name} is month {i + 1}.", number_is(i + 1), i + 1, "number")
    return Exchange("days and months", ask(world, SEASON_ASK, d=name), f"{name} is in {SEASONS[name]}.", contains(SEASONS[name]), SEASONS[name], "season")


def general(world):
    """Returns a fixed list or a fixed count."""
    if world.chance(0.5):
        templates, answer = world.pick(LISTS)
        return Exchange("days and months" if "Mon" in answer or "Jan" in answer else "lists", ask(world, templates), answer, contains(*answer.split(", ")), answer.split(", "), "items")
    templates, answer, n = world.pick(COUNTS)
    return Exchange("days and months", ask(world, templates), answer, number_is(n), n, "count")


def kinds(world):
    """Answers what kind of thing a word names."""
    groups = [("an animal", ANIMALS), ("food", FOODS), ("a month", MONTHS), ("a day of the week", DAYS)]
    kind, group = world.pick(groups)
    word = world.pick(group)
    user = ask(world, ["Is {w} an animal, a food, a month or a day?", "What kind of word is {w}: animal, food, month or day?", "What is {w}: an animal, food, a month or a day?"], w=word)
    return Exchange("lists", user, f"{word[0].upper() + word[1:]} is {kind}.", contains(kind.split()[-1] if kind != "a day of the week" else "day"), kind, "kind")
