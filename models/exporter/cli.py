"""The command line; `python3 -m exporter COMMAND --help` lists a command's options."""

import argparse
import sys

import numpy as np

from . import __doc__ as package_doc
from .check import check_folder
from .config import ConfigError, load_config, parse_config
from .fixtures import write_fixtures
from .genai import write_folder
from .gguf import write_random_gguf
from .options import ACCURACY_LEVELS, BLOCK_SIZES, COMPUTE, EMBEDDINGS, PRECISIONS, ExportOptions
from .weights import ArrayWeights, RandomWeights, WeightsError, parameter_count


def main(arguments=None):
    parsed = _parser().parse_args(arguments)
    try:
        return parsed.run(parsed)
    except (ConfigError, WeightsError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _export(parsed):
    config = load_config(parsed.config)
    return _write(parsed, config, ArrayWeights.load(config, parsed.weights))


def _random(parsed):
    config = _random_config(parsed)
    return _write(parsed, config, RandomWeights(config, parsed.seed))


def _random_gguf(parsed):
    size = write_random_gguf(parsed.output, _random_config(parsed), parsed.seed)
    print(f"{parsed.output}: {size:,} bytes")
    return 0


def _random_config(parsed):
    return parse_config({
        "hidden_size": parsed.hidden_size,
        "intermediate_size": parsed.intermediate_size,
        "num_hidden_layers": parsed.layers,
        "num_attention_heads": parsed.heads,
        "num_key_value_heads": parsed.kv_heads,
        "head_dim": parsed.head_dim,
        "vocab_size": parsed.vocab_size,
        "max_position_embeddings": parsed.context_length,
        "tie_word_embeddings": parsed.tied,
        "bos_token_id": 1,
        "eos_token_id": 2,
    })


def _write(parsed, config, weights):
    options = ExportOptions(
        precision=parsed.precision,
        lm_head=parsed.lm_head,
        embedding=parsed.embedding,
        block_size=parsed.block_size,
        accuracy_level=parsed.accuracy_level,
        packed_qkv=parsed.qkv == "packed",
        packed_mlp=parsed.mlp == "packed",
        position_ids=parsed.position_ids,
        last_logits=parsed.logits == "last",
        compute=parsed.compute,
        external_data=True if parsed.external_data else None,
    )
    size = write_folder(parsed.output, config, weights, options, parsed.tokenizer_dir)
    print(f"{parsed.output}: {parameter_count(config):,} parameters, graph and data {size:,} bytes")
    return 0


def _check(parsed):
    config = load_config(parsed.config)
    weights = ArrayWeights.load(config, parsed.weights)
    tokens = parsed.tokens or np.random.default_rng(0).integers(0, config.vocab_size, 64).tolist()
    return 0 if check_folder(parsed.output, config, weights, tokens) else 1


def _fixtures(parsed):
    write_fixtures(parsed.output)
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="exporter", description=package_doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    export = commands.add_parser("export", help="write a folder from trained weights")
    _add_source(export)
    _add_graph_options(export)
    export.set_defaults(run=_export)

    random = commands.add_parser("random", help="write a folder with seeded random weights")
    _add_shape(random)
    _add_graph_options(random)
    random.set_defaults(run=_random)

    gguf = commands.add_parser("random-gguf", help="write a GGUF file with seeded random weights in Q4_0, to measure other servers")
    _add_shape(gguf)
    gguf.add_argument("--output", required=True, help="file to write")
    gguf.set_defaults(run=_random_gguf)

    check = commands.add_parser("check", help="compare a written folder with its weights")
    _add_source(check)
    check.add_argument("--output", required=True, help="the written folder")
    check.add_argument("--tokens", type=int, nargs="+", help="token ids for the logits; default: 64 random ones")
    check.set_defaults(run=_check)

    fixtures = commands.add_parser("fixtures", help="write the integration tests' models")
    fixtures.add_argument("--output", required=True)
    fixtures.set_defaults(run=_fixtures)
    return parser


def _add_shape(parser):
    for name in ("hidden-size", "intermediate-size", "layers", "heads", "vocab-size", "context-length"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--kv-heads", type=int, help="default: --heads")
    parser.add_argument("--head-dim", type=int, help="default: --hidden-size / --heads")
    parser.add_argument("--tied", action="store_true", help="lm_head has the shape and values of the embedding table")
    parser.add_argument("--seed", type=int, default=0)


def _add_source(parser):
    parser.add_argument("--weights", required=True, help="NumPy archive with Hugging Face names")
    parser.add_argument("--config", required=True, help="config.json with Hugging Face keys")


def _add_graph_options(parser):
    parser.add_argument("--output", required=True, help="folder to write")
    parser.add_argument("--tokenizer-dir", help="folder whose tokenizer files and chat template are copied")
    parser.add_argument("--precision", choices=PRECISIONS, default="int4", help="weights of the layers (default int4)")
    parser.add_argument("--lm-head", choices=PRECISIONS, help="weights of the lm_head (default: --precision)")
    parser.add_argument("--embedding", choices=EMBEDDINGS, default="fp16", help="embedding table (default fp16)")
    parser.add_argument("--block-size", type=int, choices=BLOCK_SIZES, default=32, help="values that share a scale (default 32)")
    parser.add_argument(
        "--accuracy-level", type=int, choices=ACCURACY_LEVELS, default=4, help="4 computes in int8 (default), 1 in fp32")
    parser.add_argument("--qkv", choices=("packed", "separate"), default="packed", help="query, key, value (default packed)")
    parser.add_argument("--mlp", choices=("packed", "separate"), default="separate", help="gate and up (default separate)")
    parser.add_argument("--position-ids", action="store_true", help="positions are a graph input")
    parser.add_argument("--logits", choices=("last", "all"), default="last", help="positions with logits (default last)")
    parser.add_argument(
        "--compute", choices=COMPUTE, default="fp32", help="element type of the graph, its keys, values and logits (default fp32)")
    parser.add_argument("--external-data", action="store_true", help="weights beside the graph even below 2 GB")
