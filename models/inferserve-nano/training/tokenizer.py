"""Byte-level byte-pair encoding: the trainer, the encoder and the Hugging Face `tokenizer.json` form."""
import heapq
import json
from collections import Counter, defaultdict

import regex

from skills.core import LETTERS_OFF, LETTERS_ON

# A letter run takes the space or the dash before it, so that "b-a-d" is one token per letter; digits stand alone.
PATTERN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[ \-]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
END, START, STOP = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
ADDED = [END, START, STOP, "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<tools>", "</tools>"]
SPECIAL = {END, START, STOP}


def byte_alphabet():
    """Returns the printable character that stands for each byte, as GPT-2 defined it."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {b: chr(b) for b in kept}, 0
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + extra)
            extra += 1
    return table


ALPHABET = byte_alphabet()
SPLIT_ADDED = regex.compile("(" + "|".join(regex.escape(t) for t in ADDED) + ")")
SPLIT_WORDS = regex.compile(PATTERN)
SPLIT_LETTERS = regex.compile(f"({LETTERS_ON}[^{LETTERS_OFF}]*{LETTERS_OFF})")


def to_symbols(text):
    return [ALPHABET[b] for b in text.encode("utf-8")]


def count_words(texts):
    """Counts the pre-tokens of rendered texts, without added tokens and without letterwise parts."""
    counts = Counter()
    for text in texts:
        for part in SPLIT_ADDED.split(text):
            if part not in ADDED:
                for piece in SPLIT_LETTERS.split(part):
                    if not piece.startswith(LETTERS_ON):
                        counts.update(SPLIT_WORDS.findall(piece))
    return counts


def train(counts, size):
    """Learns merges until bytes, merges and added tokens make `size` entries; ties go to the pair that sorts first."""
    words = [(to_symbols(word), n) for word, n in sorted(counts.items())]
    pairs, where = Counter(), defaultdict(set)
    for index, (symbols, n) in enumerate(words):
        for pair in zip(symbols, symbols[1:]):
            pairs[pair] += n
            where[pair].add(index)
    heap = [(-n, pair) for pair, n in pairs.items()]
    heapq.heapify(heap)
    merges, known = [], set(ALPHABET.values())
    while len(known) + len(ADDED) < size:
        n, pair = heapq.heappop(heap)
        if pairs[pair] != -n:
            if pairs[pair] > 0:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        merged = pair[0] + pair[1]
        merges.append(pair)
        known.add(merged)
        for index in list(where[pair]):
            symbols, count = words[index]
            for old in zip(symbols, symbols[1:]):
                pairs[old] -= count
            symbols = merge(symbols, pair)
            words[index] = (symbols, count)
            for new in zip(symbols, symbols[1:]):
                pairs[new] += count
                where[new].add(index)
                if merged in new:
                    heapq.heappush(heap, (-pairs[new], new))
        pairs[pair] = 0
    return merges


def merge(symbols, pair):
    """Joins every occurrence of a pair, from the left."""
    out, i = [], 0
    while i < len(symbols):
        if i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair:
            out.append(pair[0] + pair[1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out


class Tokenizer:
    """Encodes and decodes with learned merges."""

    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        tokens = [ALPHABET[b] for b in range(256)]
        for a, b in self.merges:
            if a + b not in tokens:
                tokens.append(a + b)
        self.vocabulary = {token: i for i, token in enumerate(tokens)}
        self.added = {token: len(tokens) + i for i, token in enumerate(ADDED)}
        self.ranks = {pair: i for i, pair in enumerate(self.merges)}
        self.names = tokens + ADDED
        self.bytes = {c: b for b, c in ALPHABET.items()}
        self.cache = {}

    def __len__(self):
        return len(self.names)

    def _word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            symbols = to_symbols(word)
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda p: self.ranks.get(p, 1 << 30))
                if best not in self.ranks:
                    break
                symbols = merge(symbols, best)
            ids = self.cache[word] = [self.vocabulary[s] for s in symbols]
        return ids

    def encode(self, text):
        """Returns ids; letterwise parts become one token per byte."""
        ids = []
        for part in SPLIT_ADDED.split(text):
            if part in self.added:
                ids.append(self.added[part])
                continue
            for piece in SPLIT_LETTERS.split(part):
                if piece.startswith(LETTERS_ON):
                    ids += [self.vocabulary[s] for s in to_symbols(piece[1:-1])]
                else:
                    for word in SPLIT_WORDS.findall(piece):
                        ids += self._word(word)
        return ids

    def decode(self, ids):
        out = bytearray()
        for i in ids:
            name = self.names[i]
            out += name.encode() if name in self.added else bytes(self.bytes[c] for c in name)
        return out.decode("utf-8", "replace")

    def to_hugging_face(self):
        """Returns the content of `tokenizer.json`."""
        added = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": t in SPECIAL}
                 for t, i in self.added.items()]
        byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
                "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False}, byte_level]},
                "post_processor": byte_level, "decoder": byte_level,
                "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": False,
                          "byte_fallback": False, "ignore_merges": False, "vocab": self.vocabulary, "merges": [" ".join(m) for m in self.merges]}}

    @staticmethod
    def load(path):
        with open(path, encoding="utf-8") as file:
            return Tokenizer([m.split(" ") for m in json.load(file)["model"]["merges"]])
