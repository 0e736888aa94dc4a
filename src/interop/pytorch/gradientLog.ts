/** `gradient_log.py`: writes the gradients of any PyTorch model as a `.vglog`; the same file in every project. */
export const gradientLogSource = `"""Gradient norms of a PyTorch model, layer by layer and step by step, as a .vglog that vgnet opens and compares.

    log = GradientLog("run.vglog", model)
    for step, (x, y) in enumerate(batches):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        log.before_update(step, loss)     # before clipping
        optimizer.step()
        log.after_update()
"""
import json
import math

import torch


class GradientLog:
    """Appends a line a step: see https://github.com/vgnet/vgnet/blob/main/docs/interfaces.md.

    layers: name -> module, from input to output; otherwise every module that has parameters of its own.
    kinds: name -> word for the kind of layer.
    """

    def __init__(self, path, model, network="", layers=None, kinds=None):
        if layers is None:
            layers = {name: module for name, module in model.named_modules() if module._parameters}
        self.layers = {
            name: [parameter for parameter in module.parameters() if parameter.requires_grad]
            for name, module in layers.items()
        }
        self.layers = {name: parameters for name, parameters in self.layers.items() if parameters}
        self.counts = [sum(p.numel() for p in parameters) for parameters in self.layers.values()]
        self.file = open(path, "w", encoding="utf-8")
        header = [
            {"name": name, "kind": (kinds or {}).get(name, "layer"), "parameters": count}
            for name, count in zip(self.layers, self.counts)
        ]
        self._write({"vglog": 1, "source": "pytorch", "network": network, "layers": header})

    def before_update(self, step, loss, scale=1.0):
        """Reads the gradients; \`scale\` is what the loss was multiplied by, as GradScaler does."""
        with torch.no_grad():
            self.before = [[p.detach().clone() for p in parameters] for parameters in self.layers.values()]
            rows = [self._gradient(parameters) for parameters in self.layers.values()]
            rows = torch.stack(rows).tolist()
        self.row = {"step": step, "loss": float(loss)}
        self.row["norm"] = [row[0] / scale for row in rows]
        self.row["rms"] = [row[0] / scale / math.sqrt(count) for row, count in zip(rows, self.counts)]
        self.row["relative"] = [divided(row[0] / scale, row[4]) for row in rows]
        self.row["largest"] = [row[1] / scale for row in rows]
        self.row["meanAbsolute"] = [row[2] / scale / count for row, count in zip(rows, self.counts)]
        self.row["zeroShare"] = [row[3] / count for row, count in zip(rows, self.counts)]
        self.row["parameterNorm"] = [row[4] for row in rows]

    def after_update(self):
        """Reads how far the update has moved the parameters, and writes the step's line."""
        with torch.no_grad():
            moved = [
                norm([after.detach() - before for after, before in zip(parameters, befores)])
                for parameters, befores in zip(self.layers.values(), self.before)
            ]
            moved = torch.stack(moved).tolist()
        self.row["speed"] = [divided(change, size) for change, size in zip(moved, self.row["parameterNorm"])]
        self._write(self.row)

    def close(self):
        self.file.close()

    def _gradient(self, parameters):
        """Norm, largest, sum of sizes, zeros of a layer's gradient, and the norm of its parameters."""
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        sizes = torch.cat([precise(gradient).abs().flatten() for gradient in gradients])
        zeros = (sizes == 0).sum().to(sizes.dtype)
        return torch.stack((norm(gradients), sizes.max(), sizes.sum(), zeros, norm(parameters)))

    def _write(self, line):
        self.file.write(json.dumps(finite(line), separators=(",", ":")) + "\\n")
        self.file.flush()


def precise(tensor):
    """Squares of small float32 numbers would be flushed to zero; some devices have no float64."""
    return tensor.float() if tensor.device.type == "mps" else tensor.double()


def norm(tensors):
    """L2 norm over all entries."""
    return torch.stack([precise(tensor).square().sum() for tensor in tensors]).sum().sqrt()


def divided(numerator, denominator):
    """As floating point divides, zero included."""
    if denominator != 0:
        return numerator / denominator
    return math.nan if numerator == 0 or math.isnan(numerator) else math.copysign(math.inf, numerator)


def finite(value):
    """JSON has no NaN and no infinity: null stands for them."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
`;
