"""Word lists written for this model, and a maker of pronounceable words that exist in no list."""

ANIMALS = """cat dog horse cow sheep goat pig hen duck goose rabbit mouse lion tiger bear wolf fox deer monkey elephant zebra camel
donkey otter beaver squirrel hamster parrot eagle owl crow swan penguin dolphin whale shark salmon trout frog lizard snake turtle
spider bee ant butterfly beetle snail crab lobster octopus kangaroo koala panda giraffe hippo leopard badger hedgehog falcon""".split()
FOODS = """apple banana cherry lemon orange pear plum peach grape melon mango kiwi carrot potato tomato onion garlic pepper pumpkin
spinach cabbage rice pasta bread butter cheese yogurt honey sugar soup salad pizza pancake cookie cake chocolate coffee tea juice
milk water salt bean lentil mushroom noodle sandwich waffle muffin olive almond walnut ginger""".split()
THINGS = """table chair lamp window door wall floor roof garden kitchen bottle cup plate spoon fork knife pencil paper book letter
picture mirror clock basket bucket hammer ladder needle button jacket shirt shoe sock hat glove scarf umbrella wallet camera radio
phone computer keyboard printer engine wheel bicycle train plane boat bridge castle tower church school library market station
street village island mountain river forest desert ocean beach valley planet rocket candle blanket pillow carpet ticket suitcase
violin guitar piano drum trumpet whistle puzzle marble balloon kite anchor barrel magnet compass lantern""".split()
OTHERS = """winter summer spring autumn morning evening night thunder rain snow cloud storm silver golden simple clever gentle
quiet brave happy silent purple yellow orange family friend teacher doctor farmer baker sailor pilot singer writer painter
number question answer story music dance journey secret promise freedom science history nature language country model server
token prompt stream system network signal memory vector matrix kernel buffer thread socket folder python packet cluster engine
strong yellow little people window basket flower jungle stone glass metal wood cotton leather paper garden winter""".split()
WORDS = sorted(set(ANIMALS + FOODS + THINGS + OTHERS))

NAMES = """Anna Ben Clara David Emma Felix Grace Henry Ida Jack Karen Leo Mia Noah Olivia Paul Quinn Rosa Sam Tina Uma Victor Wendy
Xenia Yara Zoe Alice Bob Carlos Diana Erik Fatima George Hannah Ivan Julia Kevin Laura Marco Nina Oscar Priya Ravi Sofia Tom Ursula
Vera Walter Ximena Yusuf Zara Adam Bella Chris Daniel Ella Frank Gina Hugo Irene James Kate Liam Maria Nadia Omar Peter Rita Stefan
Tara Viktor Wanda Yvonne Ahmed Bianca Chen Dora Elena Finn Greta Hans Ingrid Jonas Klara Lars Mila Nora Otto Petra Ruth Simon Thea
Urs Viola Lisa Max Sarah John Mary Lucy Martin Alex Robin Kim Andrea Monika Pavel Milan Jana Lukas Eva Tomas""".split()
CITIES = """Paris London Berlin Madrid Rome Vienna Prague Oslo Lisbon Dublin Athens Warsaw Tokyo Cairo Lima Boston Chicago Dallas
Denver Seattle Toronto Sydney Mumbai Geneva Zurich Munich Hamburg Milan Naples Porto Lyon Krakow Brno Ghent Bergen Malmo Leeds
Bristol York Oxford Kyoto Osaka Delhi Hanoi Manila Nairobi Lagos Quito Bogota Havana Austin Miami Phoenix Houston
New_York San_Francisco Los_Angeles Hong_Kong Cape_Town Buenos_Aires Las_Vegas Salt_Lake_City""".split()
CITIES = [city.replace("_", " ") for city in CITIES]
COLOURS = ["red", "blue", "green", "yellow", "orange", "purple", "pink", "brown", "black", "white", "grey", "turquoise", "violet", "gold", "silver"]
JOBS = """teacher doctor nurse farmer baker pilot sailor painter writer singer lawyer engineer programmer carpenter plumber
gardener dentist chemist librarian mechanic waiter cook tailor photographer architect""".split()
HOBBIES = """chess swimming running painting reading cooking dancing cycling hiking fishing gardening sailing skiing climbing
knitting drawing singing tennis football photography yoga baking""".split()

STARTS = "b c d f g h j k l m n p r s t v w z br ch cl cr dr fl fr gl gr pl pr sh sk sl sp st th tr".split()
VOWELS = "a e i o u a e i o ai ea ee oo ou".split()
ENDS = ["", "", "", "n", "r", "l", "s", "t", "m", "k", "p", "d", "nd", "st", "rk", "ng"]


def made_up_word(world, low=1, high=2):
    """Builds a pronounceable word of `low` to `high` syllables."""
    return "".join(world.pick(STARTS) + world.pick(VOWELS) + world.pick(ENDS) for _ in range(world.number(low, high)))[:9]


def any_word(world):
    """Returns a word of this split: a listed one or a made-up one, half and half."""
    return world.draw(lambda: world.pick(WORDS) if world.chance(0.5) else made_up_word(world))


def any_name(world):
    """Returns a first name of this split, now and then a made-up one."""
    return world.draw(lambda: world.pick(NAMES) if world.chance(0.75) else made_up_word(world, 2, 2)[:8].capitalize())
