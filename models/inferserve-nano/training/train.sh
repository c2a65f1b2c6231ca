#!/bin/sh
# Makes the whole model folder from nothing: vocabulary, evaluation, data, weights, ONNX. See ../CARD.md for what it needs.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
output=output
mkdir -p "$output"

$python make_tokenizer.py --size 2048
$python ../evaluation/make_prompts.py

# First course: everything once.
$python data.py --documents 320000 --seed 1 --out "$output/data.npz"
$python ../evaluation/check_held_out.py --data "$output/data.npz"
$python train.py --data "$output/data.npz" --out "$output" --seed 1 --checkpoint 2000

# Second course: new conversations that show more of what takes longest to learn, at a third of the learning rate.
$python data.py --documents 45000 --seed 2 --focus --out "$output/focus.npz"
$python ../evaluation/check_held_out.py --data "$output/focus.npz"
$python train.py --data "$output/focus.npz" --start "$output/checkpoint.pt" --out "$output" --seed 2 --peak 0.35 --first 0 --checkpoint 2000

$python evaluate_torch.py --checkpoint "$output/checkpoint.pt"
$python export_weights.py --checkpoint "$output/checkpoint.pt" --out "$output"
PYTHONPATH=../.. $python -m exporter export --weights "$output/weights.npz" --config "$output/config.json" --output .. --precision int8 --block-size 32
