"""What the Python contenders share: the job's numbers, and the conversation over standard input and output."""

import json
import math
import sys
import time
from pathlib import Path

import numpy


class Job:
    """A job as `comparison/exchange.ts` writes it."""

    def __init__(self, folder):
        description = json.loads((Path(folder) / "job.json").read_text())
        self.numbers = numpy.fromfile(Path(folder) / "numbers.f32", dtype=numpy.float32)
        self.batch = description["batch"]
        self.rate = description["rate"]
        self.loss = description["loss"]
        self.layers = description["layers"]
        self.inputs = self.read(description["inputs"])
        self.targets = self.read(description["targets"])
        if self.loss == "cross_entropy":
            self.targets = self.targets.astype(numpy.int64).ravel()

    def read(self, tensor):
        count = math.prod(tensor["shape"])
        numbers = self.numbers[tensor["offset"] : tensor["offset"] + count]
        return numbers.reshape(tensor["shape"]).copy()


def check_blas():
    """Debian runs on a reference BLAS, some 30 times slower, until OpenBLAS is installed: nobody's best setting."""
    numpy.ones((64, 64), numpy.float32) @ numpy.ones((64, 64), numpy.float32)
    if "openblas" not in Path("/proc/self/maps").read_text():
        raise SystemExit("it runs without OpenBLAS: install libopenblas0-pthread")


def serve(open_training, version):
    """Answers `load`, `norms` and `time`; a training has `run(steps)` and gives norms [steps x layers]."""
    check_blas()
    folder = None
    for line in sys.stdin:
        request = json.loads(line)
        if "load" in request:
            folder = request["load"]
            open_training(Job(folder)).run(1)
            answer = {"version": f"{version} with OpenBLAS"}
        elif "norms" in request:
            answer = {"norms": open_training(Job(folder)).run(request["norms"]).tolist()}
        else:
            answer = measure(open_training(Job(folder)), request["time"])
        print(json.dumps(answer), flush=True)


def measure(training, seconds):
    """Runs for about so long, in stretches that look at the clock rarely."""
    training.run(1)
    steps = 0
    stretch = 1
    start = time.perf_counter()
    used = time.process_time()
    while True:
        begin = time.perf_counter()
        training.run(stretch)
        now = time.perf_counter()
        steps += stretch
        if now - start >= seconds:
            processor = time.process_time() - used
            return {"steps": steps, "seconds": now - start, "processorSeconds": processor}
        stretch = max(1, min(1000, int(stretch * 0.02 / max(now - begin, 1e-6))))
