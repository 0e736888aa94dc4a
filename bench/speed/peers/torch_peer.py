"""PyTorch on the CPU: `torch_peer.py THREADS METHOD [channels-last]`, METHOD one of modules, foreach, jit."""

import sys

import torch
import torch.nn.functional as F

from job import serve

threads, method = int(sys.argv[1]), sys.argv[2]
channels_last = "channels-last" in sys.argv[3:]
torch.set_num_threads(threads)
torch.set_num_interop_threads(1)

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
}


class Training:
    def __init__(self, job):
        self.job = job
        self.targets = torch.from_numpy(job.targets)
        self.inputs = self.place(torch.from_numpy(job.inputs))
        self.groups = []
        self.parameters = []
        for layer in job.layers:
            tensors = [self.place(torch.from_numpy(job.read(tensor))) for tensor in layer["tensors"]]
            first = len(self.parameters)
            self.parameters += [tensor.requires_grad_() for tensor in tensors]
            self.groups.append(range(first, len(self.parameters)))
        self.optimizer = torch.optim.SGD(self.parameters, lr=job.rate, foreach=True)
        self.loss = self.untraced_loss
        if method == "jit":
            traced = torch.jit.trace(lambda *p: self.untraced_loss(p), tuple(self.parameters), check_trace=False)
            self.loss = lambda parameters: traced(*parameters)

    @staticmethod
    def place(tensor):
        return tensor.contiguous(memory_format=torch.channels_last) if channels_last and tensor.dim() == 4 else tensor

    def untraced_loss(self, parameters):
        x = self.inputs
        place = 0
        for layer in self.job.layers:
            given = parameters[place : place + len(layer["tensors"])]
            place += len(given)
            if layer["kind"] == "dense":
                x = F.linear(x if x.dim() == 2 else x.flatten(1), *given)
            elif layer["kind"] == "conv":
                x = F.conv2d(x, *given, stride=layer["stride"])
            else:
                state = x.new_zeros(1, x.shape[0], given[1].shape[1])
                x = torch.rnn_tanh(x, state, given, True, 1, 0.0, True, False, True)[0][:, -1]
                continue
            x = ACTIVATIONS[layer["activation"]](x)
        return (F.mse_loss if self.job.loss == "mse" else F.cross_entropy)(x, self.targets)

    def run(self, steps):
        record = torch.empty(steps, len(self.parameters))
        step = self.step_with_modules if method == "modules" else self.step_with_foreach
        for row in record:
            step(row)
        squares = record.double().square()
        return torch.stack([squares[:, list(group)].sum(1).sqrt() for group in self.groups], 1)

    def step_with_modules(self, row):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.parameters).backward()
        torch.stack([parameter.grad.norm() for parameter in self.parameters], out=row)
        self.optimizer.step()

    def step_with_foreach(self, row):
        gradients = torch.autograd.grad(self.loss(self.parameters), self.parameters)
        with torch.no_grad():
            torch.stack(torch._foreach_norm(gradients), out=row)
            torch._foreach_add_(self.parameters, gradients, alpha=-self.job.rate)


serve(Training, f"PyTorch {torch.__version__}")
