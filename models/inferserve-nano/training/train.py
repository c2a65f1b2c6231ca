"""Trains the decoder on two or more processes that share the parameters.

Each process computes the gradient of its own batches on one thread; after a barrier each sums and applies the
gradients of the parameters it owns. Nothing depends on timing, so a run is repeatable on the same kind of processor.
"""
import argparse
import json
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402
import torch.multiprocessing as mp  # noqa: E402
import torch.nn.functional as F  # noqa: E402

from data import OUTPUT, Store, batches  # noqa: E402
from model import Config, Model  # noqa: E402
from optimizer import Optimizer  # noqa: E402
from tokenizer import END  # noqa: E402


def schedule(step, steps, warm=100, flat=0.25):
    """Rises to one, stays, then falls in a straight line to a hundredth."""
    if step < warm:
        return (step + 1) / warm
    if step < flat * steps:
        return 1.0
    return max(0.01, (steps - step) / (steps * (1 - flat)))


def attach(model, flat, gradients):
    """Makes the parameters and their gradients views of two flat tensors."""
    offset = 0
    for parameter in model.parameters():
        n = parameter.numel()
        parameter.data = flat[offset:offset + n].view(parameter.shape)
        parameter.grad = gradients[offset:offset + n].view(parameter.shape)
        offset += n


def multiplies_bfloat16():
    """Whether the processor has instructions for it; without them it is thirty times slower than float32, not faster."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        flags = next((line.split() for line in file if line.startswith("flags")), [])
    return "avx512_bf16" in flags or "amx_bf16" in flags


def shares(model, workers):
    """Deals the parameters out to the workers by size, largest first; returns the owner of each name."""
    load, owner = [0] * workers, {}
    for name, parameter in sorted(model.named_parameters(), key=lambda item: (-item[1].numel(), item[0])):
        i = load.index(min(load))
        owner[name] = i
        load[i] += parameter.numel() * (3 if parameter.dim() == 2 and "embedding" not in name else 1)
    return owner


def loss_of(model, batch):
    """Returns the summed loss over the trained targets of a batch."""
    ids, targets, trained = (torch.from_numpy(part) for part in batch)
    hidden = model(ids)
    return F.cross_entropy(model.logits(hidden[trained]), targets[trained], reduction="sum")


def work(rank, arguments, plan, flat, gradients, counts, losses, barrier):
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    dtype = getattr(torch, arguments.compute)
    config = Config()
    model = Model(config, dtype)
    attach(model, flat, gradients[rank])
    owner = shares(model, arguments.workers)
    mine = [(n, p) for n, p in model.named_parameters() if owner[n] == rank]
    optimizer = Optimizer(mine, config, dtype)
    store = Store(arguments.data, arguments.pad)
    places = {id(p): p.grad.storage_offset() - gradients[rank].storage_offset() for _, p in mine}
    started, tokens, total = time.time(), 0, 0.0
    for step, groups in enumerate(plan):
        gradients[rank].zero_()
        loss, trained = 0.0, 0
        for documents in groups[rank::arguments.workers]:
            batch = store.batch(documents)
            part = loss_of(model, batch)
            part.backward()
            loss += part.item()
            trained += int(batch[2].sum())
        counts[rank], losses[rank] = trained, loss
        barrier.wait()
        count = counts.sum()
        for _, parameter in mine:
            a, n = places[id(parameter)], parameter.numel()
            total_grad = gradients[:, a:a + n].sum(0).div_(count)
            parameter.grad.copy_(total_grad.view(parameter.shape))
        if rank == 0:
            tokens += sum(int(store.lengths[i]) for group in groups for i in group)
            total += float(losses.sum() / count)
        optimizer.step(arguments.peak * schedule(step, len(plan)))
        barrier.wait()
        if rank == 0 and (step + 1) % arguments.log == 0:
            seconds = time.time() - started
            print(f"step {step + 1}/{len(plan)} loss {total / arguments.log:.4f} tokens {tokens / 1e6:.2f}M {tokens / seconds:.0f}/s {seconds:.0f} s", flush=True)
            total = 0.0
        if rank == 0 and ((step + 1) % arguments.checkpoint == 0 or step + 1 == len(plan)):
            torch.save({"config": config.__dict__, "state": {k: v.clone() for k, v in model.state_dict().items()}, "step": step + 1}, os.path.join(arguments.out, "checkpoint.pt"))
            if arguments.evaluate:
                report(model, arguments, step + 1)


def report(model, arguments, step):
    """Logs the score on every n-th evaluation prompt."""
    from evaluate_torch import score
    result = score(model, every=arguments.evaluate)
    print(f"evaluation at step {step}: " + json.dumps({k: v for k, v in result.items() if k != "failures"}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.path.join(OUTPUT, "data.npz"))
    parser.add_argument("--out", default=OUTPUT)
    parser.add_argument("--steps", type=int, default=0, help="0 trains on all documents once")
    parser.add_argument("--tokens", type=int, default=2048, help="padded tokens in one batch of one worker")
    parser.add_argument("--batches", type=int, default=2, help="batches in one step, all workers together")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="checkpoint to go on from; without it the weights are drawn at random")
    parser.add_argument("--peak", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--first", type=float, default=0.2, help="share of the tokens that short documents fill first")
    parser.add_argument("--log", type=int, default=50)
    parser.add_argument("--checkpoint", type=int, default=1000)
    parser.add_argument("--evaluate", type=int, default=0, help="score every n-th evaluation prompt at each checkpoint")
    parser.add_argument("--compute", choices=["auto", "bfloat16", "float32"], default="auto", help="auto: bfloat16 where the processor multiplies it, else float32")
    arguments = parser.parse_args()
    if arguments.compute == "auto":
        arguments.compute = "bfloat16" if multiplies_bfloat16() else "float32"
    os.makedirs(arguments.out, exist_ok=True)
    torch.manual_seed(arguments.seed)
    config = Config()
    arguments.pad = config.vocab_size - 9  # the id of END: the first of the nine added tokens
    model = Model(config)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start)["state"], strict=False)
    dealt = batches(arguments.data, arguments.tokens, arguments.seed, arguments.workers, first=arguments.first)
    plan = [dealt[i:i + arguments.batches] for i in range(0, len(dealt) - arguments.batches + 1, arguments.batches)]
    plan = plan[:arguments.steps] if arguments.steps else plan
    flat = torch.cat([p.data.reshape(-1) for p in model.parameters()]).share_memory_()
    gradients = torch.zeros(arguments.workers, flat.numel()).share_memory_()
    counts, losses = torch.zeros(arguments.workers).share_memory_(), torch.zeros(arguments.workers).share_memory_()
    print(f"{flat.numel()} parameters, {len(plan)} steps, padding id {arguments.pad} ({END}), {arguments.compute}", flush=True)
    context = mp.get_context("fork")
    barrier = context.Barrier(arguments.workers)
    processes = [context.Process(target=work, args=(r, arguments, plan, flat, gradients, counts, losses, barrier)) for r in range(1, arguments.workers)]
    for process in processes:
        process.start()
    work(0, arguments, plan, flat, gradients, counts, losses, barrier)
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
