/** `train.py` but for what differs between networks: reading, the loop over the steps, several processes, judging. */
export function trainScript(training: string): string {
  return `${head}${training}${loop}`;
}

const head = `"""Trains model.py as vgnet does: the same weights, batches, loss and updates. Writes run.vglog and trained.pt.

    python train.py                            on a GPU if there is one, otherwise on the processor
    torchrun --nproc_per_node=4 train.py       every batch is divided among four processes
"""
import json
import math
import os
import struct
import sys
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.nn.functional as F

from gradient_log import GradientLog
from model import Model

`;

const loop = `


HERE = Path(__file__).resolve().parent
RANK = int(os.environ.get("RANK", 0))
PROCESSES = int(os.environ.get("WORLD_SIZE", 1))


def main():
    device = begin()
    model = Model().to(device, DTYPE)
    load_weights(model, read_tensors(HERE / "weights.safetensors"))
    data = read_tensors(HERE / "data.safetensors")
    expect_work_for_all(len(data["train.inputs"]))
    inputs, targets = (on_device(data[name], device) for name in ("train.inputs", "train.targets"))
    parameters = list(model.parameters())
    optimizer = make_optimizer(parameters)
    log = GradientLog("run.vglog", model, NETWORK, model.layers, model.kinds) if RANK == 0 else None
    for step, batch in enumerate(batches(data.get("order"), len(inputs))):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step)
        optimizer.zero_grad()
        loss = backward(model, inputs, targets, batch.to(device), step)
        gradients = torch.stack([torch.isfinite(parameter.grad).all() for parameter in parameters])
        sound = math.isfinite(loss) and gradients.all().item()
        logged = log is not None and (step % LOG_EVERY == 0 or not sound)
        if logged:
            log.before_update(step, loss)
        clip(parameters)
        optimizer.step()
        if logged:
            log.after_update()
        if RANK == 0 and (step + 1) % max(1, STEPS // 10) == 0:
            print(f"step {step + 1} of {STEPS}: loss {loss:.6g}", flush=True)
        if not sound:
            sys.exit(f"diverged at step {step}: the loss or a gradient is not finite")
    if RANK == 0:
        log.close()
        for part in ("train", "test"):
            if f"{part}.inputs" in data:
                print(judged(model, part, data, device))
        torch.save(model.state_dict(), "trained.pt")
    if PROCESSES > 1:
        distributed.destroy_process_group()


def begin():
    """This process's device; joins the others where torchrun has started several."""
    cuda = torch.cuda.is_available()
    if PROCESSES > 1:
        distributed.init_process_group("nccl" if cuda else "gloo")
    if not cuda:
        return torch.device("cpu")
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
    torch.cuda.set_device(device)
    return device


def expect_work_for_all(samples):
    """An epoch's last batch may be smaller than the others."""
    smallest = samples % BATCH or BATCH
    if smallest < PROCESSES:
        sys.exit(f"{PROCESSES} processes, but the smallest batch has {smallest} samples: start fewer")


def batches(order, samples):
    """The samples of every step. \`order\` has those of all epochs, one behind the other; without it a step takes all."""
    steps_an_epoch = -(-samples // BATCH)
    for step in range(STEPS):
        if order is None:
            yield torch.arange(samples)
            continue
        epoch, place = divmod(step, steps_an_epoch)
        start = epoch * samples + place * BATCH
        yield order[start : min(start + BATCH, (epoch + 1) * samples)].long()


def backward(model, inputs, targets, batch, step):
    """Gradients of the batch's mean loss in every parameter's \`grad\`, on every process the same; the loss."""
    start, end = (len(batch) * rank // PROCESSES for rank in (RANK, RANK + 1))
    mine = batch[start:end]
    for layer in model.layers.values():
        if hasattr(layer, "first_sample"):
            layer.step, layer.first_sample = step, start
    model.train()
    loss = total_loss(model(inputs[mine]), targets[mine]) / (len(batch) * TERMS)
    loss.backward()
    if PROCESSES > 1:
        loss = loss.detach()
        distributed.all_reduce(loss)
        for parameter in model.parameters():
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            distributed.all_reduce(parameter.grad)
    return loss.item()


def judged(model, part, data, device):
    """Loss and accuracy over a whole set, in words."""
    inputs, targets = (on_device(data[f"{part}.{what}"], device) for what in ("inputs", "targets"))
    model.eval()
    loss, right, answers = 0.0, 0, 0
    with torch.no_grad():
        for output, target in ((model(x), y) for x, y in zip(inputs.split(1000), targets.split(1000))):
            loss += total_loss(output, target).item()
            correct = right_answers(output, target)
            if correct is not None:
                right, answers = right + correct.sum().item(), answers + correct.numel()
    accuracy = f", accuracy {100 * right / answers:.1f} %" if answers > 0 else ""
    return f"{part}: loss {loss / (len(inputs) * TERMS):.6g}{accuracy}"


def on_device(tensor, device):
    """Numbers in the precision of the training; classes and tokens as whole numbers."""
    return tensor.to(device, DTYPE if tensor.is_floating_point() else torch.long)


def load_weights(model, weights):
    """Every parameter gets its weights; buffers of normalisations begin as PyTorch has them."""
    missing, unexpected = model.load_state_dict(weights, strict=False)
    missing = set(missing) & {name for name, _ in model.named_parameters()}
    if missing or unexpected:
        sys.exit(f"weights.safetensors does not fit model.py: missing {sorted(missing)}, unexpected {unexpected}")


def read_tensors(path):
    """The tensors of a .safetensors file by name."""
    types = {"F32": torch.float32, "F64": torch.float64, "I32": torch.int32}
    content = bytearray(path.read_bytes())
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        dtype, shape = types[entry["dtype"]], entry["shape"]
        if end == start:
            tensors[name] = torch.empty(shape, dtype=dtype)
            continue
        tensors[name] = torch.frombuffer(content[start:end], dtype=dtype).reshape(shape)
    return tensors


if __name__ == "__main__":
    main()
`;
