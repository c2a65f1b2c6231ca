#!/bin/sh
# Makes the whole model folder from nothing: vocabulary, evaluation, data, weights, ONNX. See ../CARD.md for what it needs.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
output=output
mkdir -p "$output"

$python make_tokenizer.py --size 2048
$python ../evaluation/make_prompts.py

# One course: new conversations, seeded by its number, trained once each. What follows the two numbers goes to train.py.
course() {
    number=$1 documents=$2
    shift 2
    $python data.py --documents "$documents" --seed "$number" --course "$number" --out "$output/course$number.npz"
    $python ../evaluation/check_held_out.py --data "$output/course$number.npz"
    $python train.py --data "$output/course$number.npz" --out "$output" --seed "$number" --checkpoint 2000 "$@"
}

export_folder() {
    $python export_weights.py --checkpoint "$output/checkpoint.pt" --out "$output"
    PYTHONPATH=../.. $python -m exporter export --weights "$output/weights.npz" --config "$output/config.json" --output .. --precision int8 --block-size 32
}

import_folder() {
    $python import_weights.py --folder .. --config "$output/config.json" --out "$output/imported.pt"
}

# Everything, then more of what takes longest to learn at a third of the learning rate.
course 1 320000
course 2 45000 --start "$output/checkpoint.pt" --peak 0.35 --first 0
export_folder

# The later two start from the rounded weights of the folder and show more of what is weak then.
import_folder
course 3 90000 --start "$output/imported.pt" --peak 0.35 --first 0
export_folder
import_folder
course 4 30000 --start "$output/imported.pt" --peak 0.25 --first 0
# The fourth is short and steep; the mean of before and after keeps what both know.
$python average_weights.py "$output/imported.pt" "$output/checkpoint.pt" --out "$output/checkpoint.pt"
export_folder

$python evaluate_torch.py --checkpoint "$output/checkpoint.pt"
