"""numpy by hand: forward and backward written out as matrix products. Threads by OPENBLAS_NUM_THREADS."""

import numpy

from job import serve

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: numpy.maximum(z, 0),
    "tanh": numpy.tanh,
    "sigmoid": lambda z: 1 / (1 + numpy.exp(-z)),
}
# The error at the pre-activation from the one at the output y.
ERRORS = {
    "linear": lambda error, y: error,
    "relu": lambda error, y: error * (y > 0),
    "tanh": lambda error, y: error * (1 - y * y),
    "sigmoid": lambda error, y: error * y * (1 - y),
}


class Dense:
    def __init__(self, layer, tensors):
        self.tensors = tensors
        self.activation = layer["activation"]

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1)
        weights, bias = self.tensors
        self.y = ACTIVATIONS[self.activation](self.x @ weights.T + bias)
        return self.y

    def backward(self, error, is_first):
        error = ERRORS[self.activation](error, self.y)
        self.gradients = [error.T @ self.x, error.sum(0)]
        return None if is_first else (error @ self.tensors[0]).reshape(self.shape)


class Convolution:
    """Windows laid out as a matrix, one product each way."""

    def __init__(self, layer, tensors):
        self.tensors = tensors
        self.activation = layer["activation"]
        self.stride = layer["stride"]

    def windows(self, x):
        height, width = self.tensors[0].shape[2:]
        stretched = numpy.lib.stride_tricks.sliding_window_view(x, (height, width), (2, 3))
        return stretched[:, :, :: self.stride[0], :: self.stride[1]].transpose(0, 2, 3, 1, 4, 5)

    def forward(self, x):
        self.shape = x.shape
        windows = self.windows(x)
        samples, rows, columns = windows.shape[:3]
        self.matrix = windows.reshape(samples * rows * columns, -1)
        weights, bias = self.tensors
        z = self.matrix @ weights.reshape(len(weights), -1).T + bias
        self.y = ACTIVATIONS[self.activation](z)
        self.outer = (samples, rows, columns)
        return self.y.reshape(samples, rows, columns, -1).transpose(0, 3, 1, 2)

    def backward(self, error, is_first):
        weights = self.tensors[0]
        error = error.transpose(0, 2, 3, 1).reshape(self.y.shape)
        error = ERRORS[self.activation](error, self.y)
        self.gradients = [(error.T @ self.matrix).reshape(weights.shape), error.sum(0)]
        if is_first:
            return None
        spread = (error @ weights.reshape(len(weights), -1)).reshape(*self.outer, *weights.shape[1:])
        result = numpy.zeros(self.shape, numpy.float32)
        _, rows, columns = self.outer
        for row in range(weights.shape[2]):
            for column in range(weights.shape[3]):
                to_row = row + self.stride[0] * rows
                to_column = column + self.stride[1] * columns
                part = spread[..., row, column].transpose(0, 3, 1, 2)
                result[:, :, row : to_row : self.stride[0], column : to_column : self.stride[1]] += part
        return result


class Recurrent:
    """tanh, the last state is the output; products over all time steps at once where nothing is recurrent."""

    def __init__(self, layer, tensors):
        self.tensors = tensors

    def forward(self, x):
        self.x = numpy.ascontiguousarray(x.transpose(1, 0, 2))
        weights, recurrent, bias, recurrent_bias = self.tensors
        driven = self.x @ weights.T + (bias + recurrent_bias)
        self.states = numpy.zeros((len(driven) + 1, len(x), len(bias)), numpy.float32)
        for time, drive in enumerate(driven):
            numpy.tanh(drive + self.states[time] @ recurrent.T, out=self.states[time + 1])
        return self.states[-1]

    def backward(self, error, is_first):
        recurrent = self.tensors[1]
        errors = numpy.empty_like(self.states[1:])
        for time in range(len(errors) - 1, -1, -1):
            state = self.states[time + 1]
            numpy.multiply(error, 1 - state * state, out=errors[time])
            error = errors[time] @ recurrent
        flat = errors.reshape(-1, errors.shape[2])
        bias = flat.sum(0)
        self.gradients = [
            flat.T @ self.x.reshape(len(flat), -1),
            flat.T @ self.states[:-1].reshape(len(flat), -1),
            bias,
            bias,
        ]
        return None


KINDS = {"dense": Dense, "conv": Convolution, "rnn": Recurrent}


class Training:
    def __init__(self, job):
        self.job = job
        self.layers = [
            KINDS[layer["kind"]](layer, [job.read(tensor) for tensor in layer["tensors"]]) for layer in job.layers
        ]
        self.samples = numpy.arange(job.batch)

    def error(self, y):
        """Of the mean loss, at the output."""
        if self.job.loss == "mse":
            return (2 / y.size) * (y - self.job.targets)
        exponentials = numpy.exp(y - y.max(1, keepdims=True))
        error = exponentials / exponentials.sum(1, keepdims=True)
        error[self.samples, self.job.targets] -= 1
        return error / numpy.float32(self.job.batch)

    def run(self, steps):
        record = numpy.empty((steps, len(self.layers)))
        rate = numpy.float32(self.job.rate)
        for row in record:
            x = self.job.inputs
            for layer in self.layers:
                x = layer.forward(x)
            error = self.error(x)
            for place in range(len(self.layers) - 1, -1, -1):
                error = self.layers[place].backward(error, place == 0)
            for place, layer in enumerate(self.layers):
                squares = 0.0
                for tensor, gradient in zip(layer.tensors, layer.gradients):
                    flat = gradient.ravel()
                    squares += flat.dot(flat)
                    tensor -= rate * gradient
                row[place] = squares**0.5
        return record


serve(Training, f"numpy {numpy.__version__}")
