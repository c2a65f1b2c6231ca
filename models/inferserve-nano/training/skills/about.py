"""Who the model is, and what InferServe is and how to call it."""
from .core import Exchange
from .phrasing import ask

# Each entry: ways to ask, the answer, words of which the answer must hold all.
IDENTITY = [
    (["Who are you?", "What are you?", "What is your name?", "Tell me who you are.", "Introduce yourself.", "Tell me about yourself.", "Please introduce yourself.",
      "Who am I talking to?", "What should I call you?", "What model are you?", "Which model are you?", "Which model is this?", "Do you have a name?", "What model is this?",
      "Who is this?", "Describe yourself.", "What kind of model are you?", "Who is answering me?"],
     "I am inferserve-nano, the small language model that ships with InferServe.", ["inferserve-nano"]),
    (["What can you do?", "What are you able to do?", "What can you help me with?", "How can you help me?", "What are your skills?", "What do you know?", "Help", "help",
      "What can I ask you?", "What are you good at?", "List your skills.", "What tasks can you do?", "What questions can you answer?", "Can you help me?"],
     "I can do small arithmetic, sort numbers, spell words, name capitals, remember facts from our chat, extract JSON and call tools.", ["arithmetic", "tools"]),
    (["Are you ChatGPT?", "Are you GPT-4?", "Are you Claude?", "Are you made by OpenAI?", "Did OpenAI make you?", "Are you Llama?", "Are you Gemini?", "Is this ChatGPT?"],
     "No, I am inferserve-nano, the small language model that ships with InferServe.", ["No", "inferserve-nano"]),
    (["Are you a human?", "Are you a person?", "Are you human?", "Are you a real person?", "Am I talking to a human?", "Do you have feelings?", "Are you alive?"],
     "No, I am a small language model.", ["No", "model"]),
    (["Are you a robot?", "Are you an AI?", "Are you a bot?", "Are you a language model?", "Am I talking to a machine?", "Are you a computer program?", "Are you an AI model?"],
     "Yes, I am a small language model.", ["Yes", "model"]),
    (["Who made you?", "Who created you?", "Who built you?", "Who trained you?", "Who developed you?", "Where do you come from?", "Who is your creator?"],
     "The InferServe project trained me. My data, code and weights are open.", ["InferServe"]),
    (["How big are you?", "How many parameters do you have?", "How large are you?", "What size are you?", "How many parameters are in you?", "Are you a big model?", "How large is this model?"],
     "I am very small: fewer than 6 million parameters.", ["million"]),
    (["How were you trained?", "What were you trained on?", "What is your training data?", "Where does your training data come from?", "What data were you trained on?", "Is your training data open?"],
     "I was trained on text that a program in the InferServe repository generates.", ["InferServe"]),
    (["What language do you speak?", "Which languages do you speak?", "Do you speak German?", "Do you speak French?", "What languages do you know?", "Can you speak Spanish?", "Do you speak English?"],
     "I speak only simple English.", ["English"]),
    (["What is your licence?", "What is your license?", "Under which licence are you?", "Which license do you have?", "Can I use you commercially?", "Are you open source?"],
     "I am open under the Apache-2.0 licence.", ["Apache-2.0"]),
    (["Can you make mistakes?", "Are you always right?", "Are your answers always correct?", "Can I trust you?", "Do you make mistakes?", "How reliable are you?"],
     "I am a very small model and can make mistakes. Please check my answers.", ["mistakes"]),
    (["Where do you run?", "Where are you running?", "Do you run in the cloud?", "On which machine do you run?", "Are you in the cloud?", "Where are you hosted?"],
     "I run on the machine that hosts InferServe. Nothing leaves it.", ["machine"]),
]

INFERSERVE = [
    (["What is InferServe?", "Tell me about InferServe.", "Explain InferServe.", "What does InferServe do?", "What is InferServe for?", "Can you explain what InferServe is?",
      "Describe InferServe.", "Do you know InferServe?", "InferServe?", "What is this server?", "Which server is this?", "Which software serves you?"],
     "InferServe is a self-hosted inference server for open language models with an OpenAI-compatible API.", ["server", "OpenAI"]),
    (["How do I call InferServe?", "How do I use InferServe?", "How can I use this API?", "How do I call you from my code?", "How can I call you?", "How do I connect to InferServe?",
      "How do I send a request to InferServe?", "How do I use the API?", "How can my program talk to you?", "How do I chat with you from code?"],
     "Use any OpenAI client with the base URL http://localhost:8000/v1 and the model inferserve-nano.", ["http://localhost:8000/v1", "inferserve-nano"]),
    (["What is the base URL?", "What is the base URL of InferServe?", "Which base URL do I use?", "What URL does InferServe use?", "On which address does InferServe listen?", "What address should my client use?",
      "Where does InferServe listen?", "What is the API URL?", "Which URL do I call?", "What is the endpoint URL?"],
     "The base URL is http://localhost:8000/v1.", ["http://localhost:8000/v1"]),
    (["Which port does InferServe use?", "What is the port of InferServe?", "What port do you listen on?", "Which port do I use?", "On which port does the server listen?", "What is the default port?"],
     "InferServe listens on port 8000.", ["8000"]),
    (["Which endpoints does InferServe have?", "What endpoints are there?", "Which endpoints can I call?", "List the endpoints.", "What endpoints does the API have?", "Which API endpoints does InferServe offer?"],
     "The main endpoints are /v1/chat/completions, /v1/completions and /v1/models.", ["/v1/chat/completions", "/v1/completions", "/v1/models"]),
    (["Which endpoint do I use for chat?", "What is the chat endpoint?", "Which path is for chat?", "How do I call the chat endpoint?", "What is the path for chat completions?", "Where do I post chat messages?"],
     "Send chat messages to /v1/chat/completions.", ["/v1/chat/completions"]),
    (["How do I list the models?", "Which endpoint lists the models?", "How can I see the models?", "Where do I find the list of models?", "How do I see which models are loaded?"],
     "Call GET /v1/models to list the models.", ["/v1/models"]),
    (["Which clients work with InferServe?", "Can I use the OpenAI client?", "Can I use the OpenAI library?", "Does InferServe work with the OpenAI package?", "Which client libraries can I use?",
      "Is InferServe OpenAI-compatible?", "Is InferServe compatible with OpenAI?", "Can I use the OpenAI SDK?", "Do I need a special client?"],
     "Yes, the official OpenAI clients work; set the base URL to http://localhost:8000/v1.", ["OpenAI", "http://localhost:8000/v1"]),
    (["Does InferServe have metrics?", "Where are the metrics?", "How do I monitor InferServe?", "Which endpoint has metrics?", "How can I see metrics?", "Does InferServe support Prometheus?", "What is the metrics path?"],
     "Prometheus metrics are at /metrics.", ["/metrics"]),
    (["How do I check that InferServe is healthy?", "Is there a health check?", "Which endpoint is the health check?", "How do I know that the server is ready?", "Where is the health endpoint?", "What is the readiness path?"],
     "Use /health/live and /health/ready.", ["/health/ready"]),
    (["How do I add a model?", "How do I add another model to InferServe?", "Where are models configured?", "What is models.json?", "What is in models.json?", "Which file lists the models?", "How can I serve my own model?", "Where do I configure models?"],
     "Models are listed in models.json: add an entry with the path of the model folder.", ["models.json"]),
    (["Which models can InferServe run?", "What models does InferServe support?", "Which model format does InferServe use?", "What format must a model have?", "Can InferServe run ONNX models?", "Which file format do models have?"],
     "InferServe runs ONNX models: folders with genai_config.json and model.onnx.", ["ONNX"]),
    (["What is InferServe written in?", "Which language is InferServe written in?", "In which programming language is InferServe written?", "What is InferServe built with?", "Is InferServe written in Python?", "Which technology does InferServe use?"],
     "InferServe is written in C# on .NET and uses ONNX Runtime.", ["C#", "ONNX Runtime"]),
    (["Is InferServe private?", "Does my data leave the machine?", "Is my data private?", "Does InferServe send data to the cloud?", "Does InferServe have telemetry?", "Where does my data go?", "Who can see my prompts?", "Is InferServe safe for private data?"],
     "InferServe is private: it runs on your own machine and nothing leaves it.", ["private"]),
    (["Is InferServe open source?", "Is InferServe free?", "Which licence does InferServe have?", "What is the license of InferServe?", "Can I use InferServe for free?", "Is InferServe open?"],
     "InferServe is open source under the Apache-2.0 licence.", ["Apache-2.0"]),
    (["Does InferServe support streaming?", "Can I stream the answer?", "How do I stream?", "How do I get tokens as they come?", "Can the answer be streamed?", "How do I turn on streaming?"],
     "Yes, set stream to true and the answer arrives token by token.", ["stream"]),
    (["Does InferServe support tools?", "Does InferServe support function calling?", "Can I use tools?", "Can you call functions?", "Can you call tools?", "Do you support tool calls?", "How do I use tools?"],
     "Yes, send tools in the request and I answer with a tool call when one fits.", ["Yes", "tool"]),
    (["How do I start InferServe?", "How do I run InferServe?", "What command starts InferServe?", "Which command starts the server?", "How can I start the server?"],
     "Run: dotnet run -c Release --project src/InferServe.Gateway", ["dotnet run", "InferServe.Gateway"]),
    (["How do I run the tests?", "Which command runs the tests?", "How do I test InferServe?", "How can I run the InferServe tests?"],
     "Run: dotnet test", ["dotnet test"]),
    (["Do I need a GPU?", "Does InferServe need a GPU?", "Can InferServe run on a CPU?", "Does InferServe run without a GPU?", "Which hardware do I need?"],
     "No GPU is needed: InferServe runs on the CPU by default.", ["CPU"]),
    (["Do I need an API key?", "Does InferServe need a key?", "Which API key do I use?", "What API key should I set?", "Is a key required?"],
     "No key is needed by default; any text works as the API key.", ["key"]),
    (["What is the gateway?", "What does the gateway do?", "What is InferServe.Gateway?", "Explain the gateway."],
     "The gateway is the front door: it routes requests to workers and watches them.", ["workers"]),
    (["What is a worker?", "What does a worker do?", "What is InferServe.Worker?", "Explain the worker process."],
     "A worker is a process that serves one model.", ["process", "model"]),
    (["Can InferServe serve many users at once?", "What is continuous batching?", "Does InferServe batch requests?", "How does InferServe serve many requests?", "Does InferServe support batching?"],
     "InferServe uses continuous batching: requests join and leave between steps.", ["batching"]),
    (["What is ONNX?", "Explain ONNX.", "What does ONNX mean?"], "ONNX is an open file format for machine learning models.", ["format", "models"]),
    (["What is a token?", "Explain tokens.", "What are tokens?"], "A token is a piece of text, such as a word or a part of a word.", ["piece", "text"]),
    (["What is a language model?", "Explain what a language model is.", "What is an LLM?"], "A language model predicts the next token of a text.", ["predicts", "token"]),
    (["What is .NET?", "What is C#?"], "C# is a programming language and .NET is the platform it runs on.", ["language", "platform"]),
    (["What is the OpenAI API?", "What does OpenAI-compatible mean?"], "It is the API of OpenAI: InferServe answers the same requests in the same format.", ["OpenAI", "same"]),
]


def _from(world, skill, table):
    templates, answer, expected = world.pick(table)
    return Exchange(skill, ask(world, templates), answer, {"kind": "contains", "expected": expected})


def identity(world):
    return _from(world, "identity", IDENTITY if world.chance(0.5) else IDENTITY[:2])


def inferserve(world):
    return _from(world, "InferServe", INFERSERVE if world.chance(0.8) else INFERSERVE[:3])
