"""Hand-written tools, each with other names, several ways to ask for it and makers for its arguments."""
from dataclasses import dataclass

from .extraction import _date, _email, _time
from .lexicon import DAYS
from .words import CITIES, COLOURS, FOODS, THINGS, any_name, any_word


@dataclass
class Parameter:
    """A parameter: its names, its JSON type, descriptions apart by "|", a maker of values; `choices` makes it an enum."""
    names: list
    type: str
    about: str
    make: object
    choices: tuple = ()


@dataclass
class Recipe:
    """A family of tools: names, descriptions, parameters in order, requests with {0}, {1} for the arguments, result maker."""
    names: list
    about: list
    parameters: list
    requests: list
    result: object = None
    verb_noun: tuple = (None, None)


def _text(names, about, make, choices=()):
    return Parameter(names.split(), "string", about, make, choices)


def _whole(names, about, low, high):
    return Parameter(names.split(), "integer", about, lambda w: w.number(low, high))


def _enum(names, about, choices):
    choices = tuple(choices.split())
    return Parameter(names.split(), "string", about, lambda w: w.pick(choices), choices)


CITY = _text("city location place town", "The name of the city|The city|City name|The city and state, e.g. San Francisco, CA|The city, for example Paris|Where", lambda w: w.pick(CITIES))
PERSON = _text("name person user recipient", "The name of the person", any_name)
DATE = _text("date day when", "The date", _date)
WEEKDAY = _text("day weekday date", "The day of the week", lambda w: w.pick(DAYS))
TIME = _text("time start_time at", "The time of day", _time)
EMAIL = _text("email address to", "The email address", _email)
ITEM = _text("item product article name", "The name of the item", lambda w: w.pick(THINGS))
DISH = _text("food dish item", "The name of the food", lambda w: w.pick(FOODS))
WORD = _text("word text term query", "The word", any_word)
COLOUR = _text("color colour", "The color", lambda w: w.pick(COLOURS))
TEMPERATURE = _whole("temperature degrees value", "The temperature in degrees", 10, 30)
MINUTES = _whole("minutes duration length", "The number of minutes", 1, 90)
AMOUNT = _whole("amount value sum", "The amount", 1, 999)
COUNT = _whole("quantity count number", "How many", 1, 20)
GUESTS = _whole("guests people persons", "The number of people", 2, 12)
ORDER_ID = _whole("order_id id order number", "The number of the order", 100, 9999)
TOPIC = _text("topic query subject", "The topic", lambda w: w.pick("sports music science history cooking travel cars books films health football economy art nature".split()))
CODE = _text("currency code", "The currency", lambda w: w.pick("dollars euros francs pounds yen".split()))
DEVICE = _text("device room name", "The room", lambda w: w.pick("kitchen bedroom bathroom office hall garage garden".split()))
FILE = _text("file path filename", "The name of the file", lambda w: f"{any_word(w)}.{w.pick(['txt', 'pdf', 'csv', 'json'])}")
BIG = _whole("a x first left", "The first number", 100, 999)
BIG2 = _whole("b y second right", "The second number", 100, 999)
MESSAGE = _text("message text body content", "The text of the message", lambda w: w.pick(["I am late", "see you soon", "call me back", "dinner is ready", "the train is late", "good luck", "we are here", "happy birthday", "the door is open", "I am at home",
                                                                                  "please wait", "the package has arrived", "do not forget the milk", "all is well"]))


def _weather(w):
    return {"temperature": w.number(-10, 38), "condition": w.pick("sunny cloudy rainy windy snowy foggy stormy".split())}


def _status(w):
    return {"status": w.pick("shipped delivered pending cancelled open closed ready".split())}


def _done(w):
    return {"status": "ok"} if w.chance(0.6) else {"status": "ok", "id": w.number(1, 999)}


CATALOGUE = [
    Recipe("get_weather weather getWeather current_weather weather_lookup fetch_weather get_current_weather".split(), ["Get the current weather for a city", "Get the weather of a place", "Returns the weather", "Looks up the current weather in a given location"], [CITY],
           ["What is the weather in {0}?", "What's the weather in {0}?", "How is the weather in {0}?", "What is the weather like in {0} today?", "Is it raining in {0}?", "Is it cold in {0}?", "Tell me the weather in {0}.", "How warm is it in {0}?", "weather in {0}", "Do I need an umbrella in {0}?"], _weather),
    Recipe("get_forecast forecast weather_forecast getForecast".split(), ["Get the weather forecast for a city and a day", "Forecast of the weather"], [CITY, WEEKDAY],
           ["What will the weather be in {0} on {1}?", "Will it rain in {0} on {1}?", "Give me the forecast for {0} on {1}.", "What is the forecast for {1} in {0}?"], _weather),
    Recipe("get_time current_time time_in getTime world_clock".split(), ["Get the current time in a city", "Tells the local time of a place"], [CITY], ["What time is it in {0}?", "What is the time in {0}?", "Tell me the time in {0}.", "Which time is it now in {0}?", "local time in {0}"],
           lambda w: {"time": _time(w)}),
    Recipe("send_email email sendEmail mail_send".split(), ["Send an email", "Sends an email to an address"], [EMAIL, MESSAGE], ["Send an email to {0} with the text {1}.", "Email {0}: {1}", "Write to {0} that {1}.", 'Send "{1}" to {0}.'], _done),
    Recipe("send_message message sendMessage text_person send_sms".split(), ["Send a message to a person", "Sends a text message"], [PERSON, MESSAGE], ["Send {0} the message {1}.", "Tell {0}: {1}", "Text {0} that {1}.", 'Send a message to {0}: {1}', 'Message {0} "{1}".'], _done),
    Recipe("book_table reserve_table bookTable table_reservation".split(), ["Book a table in a restaurant", "Reserve a table for some people at a time"], [GUESTS, TIME], ["Book a table for {0} at {1}.", "Reserve a table for {0} people at {1}.", "I need a table for {0} at {1}.", "Can you get a table at {1} for {0} people?"], _done),
    Recipe("set_timer timer setTimer start_timer".split(), ["Set a timer", "Starts a timer for some minutes"], [MINUTES], ["Set a timer for {0} minutes.", "Start a timer of {0} minutes.", "Wake me in {0} minutes.", "Timer {0} minutes", "Tell me when {0} minutes are over."], _done),
    Recipe("set_alarm alarm setAlarm wake_up".split(), ["Set an alarm", "Sets the alarm clock to a time"], [TIME], ["Set an alarm for {0}.", "Wake me at {0}.", "Set the alarm to {0}.", "I must get up at {0}."], _done),
    Recipe("calculate calculator multiply_numbers math".split(), ["Multiply two numbers", "Calculates the product of two numbers"], [BIG, BIG2], ["What is {0} times {1}?", "What is {0} * {1}?", "Multiply {0} by {1}.", "Calculate {0} * {1}."], lambda w: {"result": w.number(10000, 99999)}),
    Recipe("add_numbers add sum plus".split(), ["Add two numbers", "Returns the sum of two numbers"], [BIG, BIG2], ["What is {0} plus {1}?", "What is {0} + {1}?", "Add {0} and {1}.", "Calculate {0} + {1}."], lambda w: {"result": w.number(200, 1998)}),
    Recipe("convert_currency currency_convert exchange convertCurrency".split(), ["Convert an amount of money to another currency", "Converts money"], [AMOUNT, CODE], ["Convert {0} dollars to {1}.", "How much is {0} dollars in {1}?", "Change {0} dollars into {1}.", "What are {0} dollars in {1}?"],
           lambda w: {"result": w.number(1, 999)}),
    Recipe("order_status get_order_status track_order getOrder".split(), ["Get the status of an order", "Looks up an order by its number"], [ORDER_ID], ["What is the status of order {0}?", "Where is my order {0}?", "Track order {0}.", "Has order {0} been shipped?", "Check order {0}."], _status),
    Recipe("cancel_order cancelOrder order_cancel".split(), ["Cancel an order", "Cancels the order with the given number"], [ORDER_ID], ["Cancel order {0}.", "Please cancel my order {0}.", "I do not want order {0} any more. Cancel it.", "Stop order {0}."], _done),
    Recipe("search_products find_product product_search searchProducts".split(), ["Search for products", "Finds products in the shop"], [ITEM], ["Find me a {0}.", "Search for a {0} in the shop.", "I want to buy a {0}.", "Do you sell a {0}?", "Look for a {0} in the shop."], lambda w: {"count": w.number(0, 40)}),
    Recipe("get_price price product_price getPrice".split(), ["Get the price of an item", "Looks up what an item costs"], [ITEM], ["How much does the {0} cost?", "What is the price of the {0}?", "What does a {0} cost?", "Tell me the price of a {0}.", "price of {0}"], lambda w: {"price": w.number(1, 500)}),
    Recipe("add_to_cart cart_add addToCart".split(), ["Add items to the shopping cart", "Puts an item into the cart"], [ITEM, COUNT], ["Put {1} {0}s into my cart.", "Add {1} of {0} to the cart.", "I take {1} pieces of {0}.", "Add {0} to my cart, {1} pieces."], _done),
    Recipe("play_music play music_player playSong".split(), ["Play music", "Plays a piece of music by a musician"], [PERSON], ["Play music by {0}.", "Play a song by {0}.", "I want to hear {0}.", "Play something by {0}."], _done),
    Recipe("turn_on_light light_on lights_on turnOnLight".split(), ["Turn on the light in a room", "Switches a light on"], [DEVICE], ["Turn on the light in the {0}.", "Switch on the {0} light.", "Make light in the {0}.", "Lights on in the {0}, please.", "It is dark in the {0}."], _done),
    Recipe("turn_off_light light_off lights_off turnOffLight".split(), ["Turn off the light in a room", "Switches a light off"], [DEVICE], ["Turn off the light in the {0}.", "Switch off the {0} light.", "Lights off in the {0}, please.", "Turn the {0} light off."], _done),
    Recipe("set_temperature heating thermostat setTemperature".split(), ["Set the temperature of a room", "Sets the heating of a room"], [DEVICE, TEMPERATURE], ["Set the {0} to {1} degrees.", "Heat the {0} to {1} degrees.", "Make it {1} degrees in the {0}.", "Set the temperature in the {0} to {1}."], _done),
    Recipe("get_news news latest_news getNews".split(), ["Get the latest news on a topic", "Returns news"], [TOPIC], ["What is new in {0}?", "Give me the news about {0}.", "Show me news on {0}.", "What are the latest {0} news?"], lambda w: {"headline": w.pick(["New record set", "A quiet day", "Big match tonight", "New museum opens", "Prices fall again"])}),
    Recipe("web_search search search_web searchWeb".split(), ["Search the web", "Searches the internet for a query"], [WORD], ["Search the web for {0}.", "Look up {0} on the internet.", "Search for {0}.", "Find pages about {0}.", "Google {0}."], lambda w: {"results": w.number(1, 900)}),
    Recipe("translate translate_word translator translateText".split(), ["Translate a word into another language", "Translates text"], [WORD, _enum("language target to", "The language", "German French Italian Spanish Czech Dutch")],
           ["Translate {0} to {1}.", "How do you say {0} in {1}?", "What is {0} in {1}?", "Give me the {1} word for {0}."], lambda w: {"translation": any_word(w)}),
    Recipe("create_event add_event calendar_add createEvent schedule_meeting".split(), ["Create a calendar event with a person", "Adds a meeting to the calendar"], [PERSON, WEEKDAY, TIME],
           ["Schedule a meeting with {0} on {1} at {2}.", "Plan a meeting with {0} on {1} at {2}.", "Put a meeting with {0} into my calendar: {1} at {2}.", "I meet {0} on {1} at {2}. Add it to my calendar."], _done),
    Recipe("add_reminder remind set_reminder createReminder".split(), ["Create a reminder for a day", "Reminds the user of something"], [_text("text task about", "What to remember", lambda w: w.pick(["call the bank", "buy milk", "water the plants", "pay the rent", "feed the cat", "clean the car", "book the flight"])), WEEKDAY],
           ["Remind me to {0} on {1}.", "Set a reminder for {1}: {0}", "On {1} I must {0}. Remind me.", "Add a reminder to {0} on {1}."], _done),
    Recipe("book_flight find_flight flight_search bookFlight".split(), ["Find a flight between two cities", "Books a flight"], [_text("from origin departure", "The city of departure", lambda w: w.pick(CITIES)), _text("to destination arrival", "The city of arrival", lambda w: w.pick(CITIES))],
           ["Book a flight from {0} to {1}.", "I want to fly from {0} to {1}.", "Find a flight from {0} to {1}.", "Is there a flight to {1} from {0}?", "Fly me from {0} to {1}."], lambda w: {"flight": f"{w.pick('ABXZ')}{w.pick('ABKL')}{w.number(100, 999)}"}),
    Recipe("book_hotel hotel_booking reserve_room bookHotel".split(), ["Book a hotel room", "Reserves a room in a hotel of a city"], [CITY, DATE], ["Book a hotel in {0} for {1}.", "I need a room in {0} on {1}.", "Find a hotel in {0} for {1}.", "Reserve a hotel room in {0} on {1}."], _done),
    Recipe("get_population population city_population getPopulation".split(), ["Get the number of people who live in a city", "Population of a city"], [CITY], ["How many people live in {0}?", "What is the population of {0}?", "How big is the population of {0}?"], lambda w: {"population": w.number(20000, 9000000)}),
    Recipe("read_file open_file file_read readFile".split(), ["Read a file", "Returns the text of a file"], [FILE], ["Read the file {0}.", "What is in {0}?", "Open {0}.", "Show me the file {0}.", "Show the contents of {0}."], lambda w: f"{any_word(w)} {any_word(w)} {any_word(w)}"),
    Recipe("delete_file remove_file file_delete deleteFile".split(), ["Delete a file", "Removes a file for ever"], [FILE], ["Delete the file {0}.", "Remove {0}.", "Please delete {0}.", "Erase the file {0}."], _done),
    Recipe("roll_dice dice rollDice".split(), ["Roll a dice with a number of sides", "Rolls a die"], [_whole("sides faces", "How many sides", 4, 20)], ["Roll a dice with {0} sides.", "Roll a {0}-sided die.", "Throw a die with {0} sides."], lambda w: {"roll": w.number(1, 20)}),
    Recipe("find_user get_user lookup_user getUser user_info".split(), ["Find a user by name", "Returns the record of a user"], [PERSON], ["Find the user {0}.", "Look up the user {0}.", "Show me the account of {0}.", "Who is the user {0}?"], lambda w: {"id": w.number(1, 999), "city": w.pick(CITIES)}),
    Recipe("get_recipe recipe find_recipe getRecipe".split(), ["Get a recipe for a dish", "Finds a recipe"], [DISH], ["How do I cook {0}?", "Give me a recipe for {0}.", "Find a recipe with {0}.", "What is a good recipe for {0}?"], lambda w: {"minutes": w.number(5, 90)}),
    Recipe("get_stock_price stock_price stock getStock".split(), ["Get the price of a stock", "Returns the current price of a share"], [_text("symbol ticker stock", "The symbol of the stock", lambda w: "".join(w.pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(w.number(3, 4))))],
           ["What is the price of {0} stock?", "How is {0} stock doing?", "Price of the stock {0}?", "How much is one share of {0}?"], lambda w: {"price": w.number(1, 900)}),
    Recipe("get_current_date today current_date getDate".split(), ["Get today's date", "Returns the current date"], [], ["What day is it today?", "What is today's date?", "What is the date?", "Which date is it?"], lambda w: {"date": _date(w)}),
    Recipe("list_models models get_models listModels".split(), ["List the loaded models", "Returns the models of the server"], [], ["Which models are loaded?", "Show me all models.", "List the models of the server.", "What models are there?"], lambda w: {"models": w.number(1, 9)}),
]
