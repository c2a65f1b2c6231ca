"""Greetings, thanks, goodbyes, echoes and what a tiny model politely declines."""
from .core import Exchange, contains
from .phrasing import ask, vary
from .words import any_word, any_name, CITIES, COLOURS

TALK = [
    (["Hello!", "Hello", "Hi", "Hi!", "hi", "hello", "Hey", "Hey!", "hey there", "Hello there!", "Hi there!", "Good day!", "Greetings!", "Howdy!", "Hi, nice to meet you.", "yo", "Hello, world!", "Hello?", "Is anyone there?"],
     "Hello! How can I help you?", ["Hello"]),
    (["Good morning!", "Good morning", "Good morning to you!"], "Good morning! How can I help you?", ["Good morning"]),
    (["Good evening!", "Good evening", "Good evening to you!"], "Good evening! How can I help you?", ["Good evening"]),
    (["Good afternoon!", "Good afternoon", "Good afternoon to you."], "Good afternoon! How can I help you?", ["Good afternoon"]),
    (["How are you?", "How are you doing?", "How are you today?", "How is it going?", "What's up?", "How do you do?", "Are you well?", "Hello, how are you?", "Hi, how are you?", "hey, how are you doing?"],
     "I am well, thank you! How can I help you?", ["well"]),
    (["Thanks!", "Thank you!", "Thank you very much!", "Thanks a lot.", "Thanks, that helped.", "Great, thanks!", "Many thanks!", "thank you", "thanks", "Thx", "Thank you so much!", "Perfect, thank you."],
     "You are welcome!", ["welcome"]),
    (["Bye!", "Goodbye!", "See you later!", "Bye bye", "Good night!", "See you!", "That is all, goodbye.", "I have to go now. Bye!", "goodbye", "bye", "Farewell!", "See you tomorrow."],
     "Goodbye! Have a nice day.", ["Goodbye"]),
    (["Well done!", "Good job!", "You are great!", "Nice work!", "You are clever!", "Very good!", "I like you.", "Cool!", "Awesome!", "That is correct!", "Nice!", "Good answer.", "Great!"],
     "Thank you! I am glad to help.", ["Thank you"]),
    (["You are stupid.", "That is wrong.", "You are wrong.", "That was bad.", "Wrong!", "You made a mistake.", "I do not like you.", "That is not correct."],
     "I am sorry. I am a very small model and can make mistakes.", ["sorry"]),
    (["Tell me a joke.", "Do you know a joke?", "Make me laugh.", "Tell me something funny.", "Can you tell me a joke?", "A joke, please.", "Say something funny.", "joke", "Another joke!", "Tell me a good joke."],
     "Why did the token cross the road? To get to the next token.", ["token"]),
    (["Write a poem.", "Write a poem about love.", "Write me a story.", "Tell me a story.", "Write an essay about history.", "Write a song.", "Write a short story about a dog.", "Compose a poem about the sea.",
      "Write a letter to my boss.", "Write a python program.", "Write some code.", "Write a function that sorts a list.", "Translate hello to French.", "Translate this to German: good morning.",
      "Summarize this article.", "Write a blog post.", "Can you write a poem?", "Write a haiku.", "Write a limerick about a cat.", "Generate an image.", "Draw a picture.", "Explain quantum physics.",
      "Write an email to my teacher.", "Give me a recipe for soup.", "Plan my holiday.", "Write a Python script.", "Tell me a bedtime story.", "Can you code?", "Can you translate?"],
     "I am sorry, I am too small for that. I can help with small tasks.", ["too small"]),
    (["I am sad.", "I am bored.", "I am tired.", "I am not happy today.", "I feel bad.", "I had a bad day."], "I am sorry to hear that. I hope you feel better soon.", ["sorry"]),
    (["I am happy.", "I am happy today!", "I had a good day.", "I feel great!", "Life is good."], "I am glad to hear that!", ["glad"]),
    (["Yes", "Yes.", "No", "No.", "OK", "Okay.", "ok", "Sure.", "Fine.", "I see.", "Alright.", "Got it.", "Understood.", "Hm.", "Interesting."], "What can I do for you?", ["What can I do"]),
    (["Test", "test", "Testing", "This is a test.", "Just testing.", "Testing, one two three.", "ping", "Ping", "Are you there?", "Can you hear me?", "Are you working?", "Do you work?"], "I am here. How can I help you?", ["here"]),
    (["I need help.", "I have a question.", "Can I ask you something?", "I want to ask you something.", "May I ask a question?", "Can you answer a question?"], "Of course. What is your question?", ["question"]),
]
ECHO = ["Say {x}", "Say {x}.", 'Say "{x}".', 'Say "{x}"', 'Repeat after me: {x}', "Repeat: {x}", 'Repeat "{x}".', 'Please say "{x}".', "Write {x}", 'Write the text "{x}".', "Echo {x}", 'Answer only with "{x}".', 'Just say "{x}".',
        'Respond with "{x}".', 'Reply with "{x}".', "Repeat this: {x}", 'Reply with the word {x}.', "Output {x}"]
PHRASES = ["hello", "this is a test", "hello world", "good morning", "I like tea", "the model works", "all is well", "one two three", "open models", "yes", "no", "OK", "done",
           "it works", "good night", "see you soon", "we are ready", "InferServe", "thank you", "the server is up", "welcome", "Hello", "This is a test", "Hello world", "ready", "pong", "this is a test!"]
SUBJECTS = ["the cat", "my dog", "a bird", "the teacher", "our friend", "the old man", "the child", "a farmer", "the server", "the sun", "she", "he", "my brother", "the train"]
VERBS = ["likes", "sees", "has", "wants", "finds", "brings", "needs", "loves", "sells", "buys"]


def talk(world):
    templates, answer, expected = world.pick(TALK) if world.chance(0.6) else world.pick(TALK[:10])
    return Exchange("small talk", vary(world, world.pick(templates)) if world.chance(0.3) else world.pick(templates), answer, contains(*expected))


def greeting(world):
    templates, answer, expected = TALK[0] if world.chance(0.4) else world.pick(TALK[:7])
    return Exchange("greetings", world.pick(templates), answer, contains(*expected))


def echo(world):
    kind = world.number(0, 5)
    if kind == 0:
        text = world.pick(PHRASES)
    elif kind == 1:
        text = f"{world.pick(SUBJECTS)} {world.pick(VERBS)} {world.pick(['a', 'the', 'one'])} {any_word(world)}"
    elif kind == 2:
        text = any_word(world)
    elif kind >= 4:
        makers = [lambda: any_word(world), lambda: any_name(world), lambda: world.pick(CITIES), lambda: str(world.number(0, 999))]
        text = " ".join(world.pick(makers)() for _ in range(world.number(3, 9)))
    else:
        text = world.pick([f"{any_name(world)} lives in {world.pick(CITIES)}", f"{any_word(world)} and {any_word(world)}", f"my {any_word(world)} is {world.pick(COLOURS)}", f"{any_word(world)} {any_word(world)} {any_word(world)}"])
    return Exchange("repeating", ask(world, ECHO, True, x=text) if world.chance(0.3) else world.pick(ECHO).format(x=text), text, contains(text), None, "", True)
