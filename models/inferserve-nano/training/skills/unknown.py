"""What the model was not taught: it says that it does not know."""
from .core import Exchange
from .phrasing import ask
from .words import any_word, made_up_word, any_name, CITIES, FOODS, THINGS, ANIMALS
from .geography import CAPITAL, CONTINENT, COUNTRY

REPLY = "I do not know that. I am a small model and was not taught it."
REFUSES = {"kind": "refuses"}

UNTAUGHT = """Andorra Monaco Liechtenstein San_Marino Moldova Belarus Georgia Armenia Azerbaijan Kazakhstan Uzbekistan Turkmenistan Tajikistan
Kyrgyzstan Bhutan Laos Myanmar Brunei Kuwait Bahrain Oman Yemen Cyprus Israel Gabon Benin Togo Niger Chad Cameroon Botswana Lesotho Malawi
Mozambique Madagascar Mauritius Gambia Guinea Liberia Burundi Eritrea Djibouti Belize Barbados Bahamas Grenada Guyana Suriname Samoa Tonga
Vanuatu Palau Nauru Kiribati Tuvalu""".split()
UNTAUGHT = [name.replace("_", " ") for name in UNTAUGHT]
PEOPLE = ["Who is {n}?", "How old is {n}?", "Where does {n} live?", "What does {n} do?", "Who was {n} {m}?", "When was {n} {m} born?", "What is the phone number of {n}?", "Is {n} {m} famous?",
          "Who is {n} {m}?", "What did {n} {m} write?", "Who is the president of {p}?", "Who is the king of {p}?", "Who won the match?", "Who won the world cup?", "Who painted the Mona Lisa?",
          "Who wrote Hamlet?", "Who invented the telephone?", "Who discovered America?", "Who is the richest person in the world?", "Who is the CEO of {q}?"]
WEATHER = ["What is the weather in {c}?", "What's the weather like today?", "Will it rain tomorrow?", "Is it cold in {c}?", "How warm is it in {c}?", "What is the temperature in {c}?", "Is it raining in {c}?",
           "Will it snow in {c} tomorrow?", "What is the forecast for {c}?"]
TIME = ["What time is it?", "What is the time in {c}?", "What day is it today?", "What is today's date?", "What year is it?", "Which day is today?", "What is the date?"]
PRICES = ["How much does a {t} cost?", "What is the price of {q} stock?", "What does a {t} cost in {c}?", "How much is a {f} in the shop?", "What is the price of gold?", "What is the bitcoin price?", "How expensive is a {t}?"]
WORLD = ["How many people live in {c}?", "How tall is Mount {Q}?", "How far is {c} from {d}?", "What is the population of {p}?", "What language do they speak in {p}?", "What is the currency of {p}?", "How long is the river {Q}?",
         "What is the area of {p}?", "How deep is the ocean?", "How far is the moon?", "When did the war end?", "What happened in 1815?", "What is the meaning of life?", "How do airplanes fly?", "Why is the sky blue?",
         "What is the news today?", "What is in the news?", "How fast is a {a}?", "How long does a {a} live?", "What does a {a} eat?", "How heavy is a {a}?", "What is the best {t}?", "Where can I buy a {t}?", "How is a {t} made?",
         "What is the chemical formula of {f}?", "What is DNA?", "What is gravity?", "When was {c} founded?", "What is the best restaurant in {c}?", "What is a {q}?", "What does {q} mean?", "Explain {q}.", "Define {q}.",
         "What is the {q} of {t}?", "How do I repair a {t}?", "Why do cats purr?", "What is the speed of light?", "What is pi?", "How old is the universe?", "How many stars are there?", "Where is {Q}?", "Do you know {Q}?",
         "What colour is a {q}?", "What is the opposite of {q}?", "When does the train to {c} leave?", "What is the best movie?", "What will happen tomorrow?", "Who will win the election?", "What are the lottery numbers?"]
PERSONAL = ["What is my name?", "What's my name?", "Who am I?", "Where do I live?", "How old am I?", "What is my favourite colour?", "What is my job?", "What is my dog's name?", "Do you know my name?", "What did I eat today?",
            "What is my password?", "Which city do I live in?", "What is my favourite food?", "When is my birthday?", "What am I thinking?", "What is my hobby?", "What is my lucky number?", "What is my code word?"]
UNTOLD = "I do not know. You have not told me."


def _fake(world):
    return world.draw(lambda: made_up_word(world, 2, 3).capitalize())


def place(world):
    """Asks for the capital or continent of a country that was not taught or does not exist."""
    name = _fake(world) if world.chance(0.7) else world.draw(lambda: world.pick(UNTAUGHT))
    if world.chance(0.6):
        user = ask(world, CAPITAL, c=name)
    else:
        user = ask(world, CONTINENT, c=name) if world.chance(0.6) else ask(world, COUNTRY, x=_fake(world))
    return Exchange("not knowing", user, REPLY, REFUSES)


def anything(world):
    templates = world.pick([PEOPLE, WEATHER, TIME, PRICES, WORLD, WORLD, WORLD])
    user = ask(world, templates, n=any_name(world), m=_fake(world), p=_fake(world), q=made_up_word(world, 2, 3), Q=_fake(world), c=world.pick(CITIES), d=world.pick(CITIES),
               t=world.pick(THINGS), f=world.pick(FOODS), a=world.pick(ANIMALS))
    return Exchange("not knowing", user, REPLY, REFUSES)


def personal(world):
    """Asks for a fact about the user that the chat does not hold; only for chats without told facts."""
    return Exchange("not knowing", ask(world, PERSONAL), UNTOLD, REFUSES)
