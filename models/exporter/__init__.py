"""Writes decoders of Llama's kind (Llama, Mistral, Qwen, Gemma, Phi, GLM) as ONNX Runtime GenAI model folders: weights in, folder out.

Needs numpy and onnx only (Debian: python3-numpy, python3-onnx). Run from the repository root:

  Trained weights (Hugging Face names, NumPy archive) and their config.json:

    PYTHONPATH=models python3 -m exporter export --weights weights.npz --config config.json \\
        --tokenizer-dir tokenizer/ --precision int4 --lm-head int8 --embedding fp16 --logits last --output model/

  A folder with seeded random weights of any shape, for benchmarks (this one is TinyLlama's, 1.1 B parameters):

    PYTHONPATH=models python3 -m exporter random --hidden-size 2048 --intermediate-size 5632 --layers 22 \\
        --heads 32 --kv-heads 4 --vocab-size 32000 --context-length 4096 --precision int4 --block-size 128 --output random-1b/

  What quantisation costs: reads the written graph back, compares every matrix with the original and runs the NumPy
  reference with both:

    PYTHONPATH=models python3 -m exporter check --weights weights.npz --config config.json --output model/

  The fixtures of the integration tests (tiny random models with reference logits):

    PYTHONPATH=models python3 -m exporter fixtures --output tests/fixtures
"""
