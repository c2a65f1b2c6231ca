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
$python data.py --documents 45000 --seed 2 --course 2 --out "$output/second.npz"
$python ../evaluation/check_held_out.py --data "$output/second.npz"
$python train.py --data "$output/second.npz" --start "$output/checkpoint.pt" --out "$output" --seed 2 --peak 0.35 --first 0 --checkpoint 2000

export_folder() {
    $python export_weights.py --checkpoint "$output/checkpoint.pt" --out "$output"
    PYTHONPATH=../.. $python -m exporter export --weights "$output/weights.npz" --config "$output/config.json" --output .. --precision int8 --block-size 32
}
export_folder

# Third and fourth course: each starts from the rounded weights of the folder and shows more of what is weak then.
polish() {
    course=$1 documents=$2 peak=$3
    $python import_weights.py --folder .. --config "$output/config.json" --out "$output/imported.pt"
    $python data.py --documents "$documents" --seed "$course" --course "$course" --out "$output/course$course.npz"
    $python ../evaluation/check_held_out.py --data "$output/course$course.npz"
    $python train.py --data "$output/course$course.npz" --start "$output/imported.pt" --out "$output" --seed "$course" --peak "$peak" --first 0 --checkpoint 2000
}
polish 3 90000 0.35
export_folder
polish 4 30000 0.25
# The fourth is short and steep; the mean of before and after keeps what both know.
$python average_weights.py "$output/imported.pt" "$output/checkpoint.pt" --out "$output/checkpoint.pt"
export_folder

$python evaluate_torch.py --checkpoint "$output/checkpoint.pt"
