"""Capitals and continents."""
from .core import Exchange, contains
from .phrasing import ask

EUROPE = """France:Paris Germany:Berlin Italy:Rome Spain:Madrid Portugal:Lisbon Austria:Vienna Switzerland:Bern Belgium:Brussels
Netherlands:Amsterdam Luxembourg:Luxembourg Denmark:Copenhagen Sweden:Stockholm Norway:Oslo Finland:Helsinki Iceland:Reykjavik
Ireland:Dublin United_Kingdom:London Poland:Warsaw Czech_Republic:Prague Slovakia:Bratislava Hungary:Budapest Slovenia:Ljubljana
Croatia:Zagreb Serbia:Belgrade Romania:Bucharest Bulgaria:Sofia Greece:Athens Albania:Tirana Estonia:Tallinn Latvia:Riga
Lithuania:Vilnius Ukraine:Kyiv Russia:Moscow Malta:Valletta"""
ASIA = """China:Beijing Japan:Tokyo India:New_Delhi South_Korea:Seoul North_Korea:Pyongyang Vietnam:Hanoi Thailand:Bangkok
Indonesia:Jakarta Philippines:Manila Malaysia:Kuala_Lumpur Nepal:Kathmandu Bangladesh:Dhaka Pakistan:Islamabad Afghanistan:Kabul
Iran:Tehran Iraq:Baghdad Saudi_Arabia:Riyadh Turkey:Ankara Mongolia:Ulaanbaatar Jordan:Amman Lebanon:Beirut Qatar:Doha
Cambodia:Phnom_Penh Syria:Damascus Singapore:Singapore"""
AFRICA = """Egypt:Cairo Morocco:Rabat Algeria:Algiers Tunisia:Tunis Libya:Tripoli Kenya:Nairobi Ethiopia:Addis_Ababa Nigeria:Abuja
Ghana:Accra Senegal:Dakar Uganda:Kampala Rwanda:Kigali Sudan:Khartoum Angola:Luanda Zambia:Lusaka Zimbabwe:Harare Somalia:Mogadishu
Mali:Bamako Namibia:Windhoek"""
NORTH_AMERICA = """United_States:Washington Canada:Ottawa Mexico:Mexico_City Cuba:Havana Jamaica:Kingston Haiti:Port-au-Prince
Panama:Panama_City Costa_Rica:San_Jose Guatemala:Guatemala_City Honduras:Tegucigalpa Nicaragua:Managua"""
SOUTH_AMERICA = """Brazil:Brasilia Argentina:Buenos_Aires Chile:Santiago Peru:Lima Colombia:Bogota Venezuela:Caracas Ecuador:Quito
Bolivia:Sucre Paraguay:Asuncion Uruguay:Montevideo"""
OCEANIA = "Australia:Canberra New_Zealand:Wellington Fiji:Suva"


def _table():
    rows = []
    for continent, text in [("Europe", EUROPE), ("Asia", ASIA), ("Africa", AFRICA), ("North America", NORTH_AMERICA),
                            ("South America", SOUTH_AMERICA), ("Oceania", OCEANIA)]:
        for pair in text.split():
            country, capital = pair.replace("_", " ").split(":")
            rows.append((country, capital, continent))
    return rows


COUNTRIES = _table()
CONTINENTS = ["Africa", "Antarctica", "Asia", "Europe", "North America", "Oceania", "South America"]
WITH_ARTICLE = {"Netherlands", "United Kingdom", "Czech Republic", "Philippines", "United States"}

CAPITAL = ["What is the capital of {c}?", "What is the capital city of {c}?", "Which city is the capital of {c}?", "Name the capital of {c}.",
           "Capital of {c}?", "The capital of {c} is what?", "{c}'s capital?", "What is {c}'s capital?", "Tell me the capital of {c}.",
           "Do you know the capital of {c}?", "What city is the capital of {c}?", "I need the capital of {c}.", "Give me the capital of {c}.",
           "Which city is {c}'s capital?", "Can you name the capital of {c}?", "What's the name of {c}'s capital city?", "capital of {c}",
           "What do they call the capital of {c}?", "For {c}, what is the capital?"]
COUNTRY = ["{x} is the capital of which country?", "Which country has {x} as its capital?", "What country has the capital {x}?",
           "Of which country is {x} the capital?", "{x} is the capital of what country?", "Whose capital is {x}?",
           "Which country's capital is {x}?", "The city of {x} is the capital of which country?", "Name the country whose capital is {x}.",
           "What country is {x} the capital of?", "I know {x} is a capital. Of which country?"]
CONTINENT = ["On which continent is {c}?", "Which continent is {c} in?", "What continent is {c} on?", "In which continent does {c} lie?",
             "Which continent does {c} belong to?", "Where is {c}?", "{c} is on which continent?", "What continent is {c} in?",
             "Name the continent of {c}.", "Tell me the continent of {c}.", "In what part of the world is {c}?", "Continent of {c}?",
             "On what continent can I find {c}?", "Where in the world is {c}?"]
YES_NO = ["Is {x} the capital of {c}?", "Is the capital of {c} {x}?", "{x} is the capital of {c}, right?", "Is it true that {x} is the capital of {c}?"]
IS_IN = ["Is {c} in {k}?", "Does {c} lie in {k}?", "Is {c} a country in {k}?", "{c} is in {k}, right?"]


def named(country):
    return "the " + country if country in WITH_ARTICLE else country


def first(country):
    text = named(country)
    return text[0].upper() + text[1:]


def capital(world):
    country, city, _ = world.pick(COUNTRIES)
    return Exchange("capitals", ask(world, CAPITAL, c=named(country)), f"The capital of {named(country)} is {city}.", contains(city), city, "capital")


def country_of(world):
    country, city, _ = world.pick(COUNTRIES)
    return Exchange("capitals", ask(world, COUNTRY, x=city), f"{city} is the capital of {named(country)}.", contains(country), country, "country")


def continent(world):
    country, _, place = world.pick(COUNTRIES)
    return Exchange("continents", ask(world, CONTINENT, c=named(country)), f"{first(country)} is in {place}.", contains(place), place, "continent")


def is_capital(world):
    country, city, _ = world.pick(COUNTRIES)
    guess = city if world.chance(0.5) else world.pick(COUNTRIES)[1]
    answer = "Yes" if guess == city else "No"
    return Exchange("capitals", ask(world, YES_NO, x=guess, c=named(country)), f"{answer}, the capital of {named(country)} is {city}.",
                    {"kind": "starts", "expected": answer}, answer.lower(), "answer")


def is_on(world):
    country, _, place = world.pick(COUNTRIES)
    guess = place if world.chance(0.5) else world.pick([c for c in CONTINENTS if c != "Antarctica"])
    answer = "Yes" if guess == place else "No"
    return Exchange("continents", ask(world, IS_IN, c=named(country), k=guess), f"{answer}, {named(country)} is in {place}.",
                    {"kind": "starts", "expected": answer}, answer.lower(), "answer")
