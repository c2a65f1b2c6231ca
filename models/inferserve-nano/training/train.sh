#!/bin/sh
# Makes the whole model folder from nothing: vocabulary, evaluation, data, weights, ONNX. See ../CARD.md for what it needs.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
output=output
mkdir -p "$output"

$python make_tokenizer.py --size 2048
$python ../evaluation/make_prompts.py
$python data.py --documents "${DOCUMENTS:-135000}" --seed 1 --out "$output/data.npz"
$python ../evaluation/check_held_out.py --data "$output/data.npz"
$python train.py --data "$output/data.npz" --out "$output" --seed 1 --steps "${STEPS:-2600}" --checkpoint 1250 --evaluate 12
$python evaluate_torch.py --checkpoint "$output/checkpoint.pt"
$python export_weights.py --checkpoint "$output/checkpoint.pt" --out "$output"
PYTHONPATH=../.. $python -m exporter export --weights "$output/weights.npz" --config "$output/config.json" --output .. --precision int8 --block-size 32
