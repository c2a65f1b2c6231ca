"""Learns the vocabulary from generated conversations and writes the tokenizer files of the model folder."""
import argparse
import json
import os
import random

import chat
import mixture
from skills.core import World
from tokenizer import END, STOP, Tokenizer, count_words, train

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..")


def texts(count):
    for index in range(count):
        conversation = mixture.conversation("tokenizer", index)
        yield chat.render(conversation.messages, conversation.tools)
    for index in range(count // 20):
        yield mixture.sentence(World(random.Random(f"tokenizer lines {index}")))


def write(name, content):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2048, help="entries of the vocabulary, bytes and added tokens included")
    parser.add_argument("--conversations", type=int, default=20000)
    parser.add_argument("--context", type=int, default=2048)
    arguments = parser.parse_args()
    tokenizer = Tokenizer(train(count_words(texts(arguments.conversations)), arguments.size))
    with open(chat.TEMPLATE, encoding="utf-8") as file:
        template = file.read()
    write("tokenizer.json", tokenizer.to_hugging_face())
    write("tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": arguments.context, "add_bos_token": False, "add_prefix_space": False,
        "bos_token": None, "eos_token": STOP, "pad_token": END, "unk_token": None, "clean_up_tokenization_spaces": False,
        "added_tokens_decoder": {str(i): {"content": t["content"], "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": t["special"]}
                                 for t in tokenizer.to_hugging_face()["added_tokens"] for i in [t["id"]]},
        "chat_template": template})
    write("generation_config.json", {"eos_token_id": [tokenizer.added[STOP], tokenizer.added[END]], "pad_token_id": tokenizer.added[END],
                                     "do_sample": False, "temperature": 0.0, "max_length": arguments.context})
    print(len(tokenizer), "entries")


if __name__ == "__main__":
    main()
