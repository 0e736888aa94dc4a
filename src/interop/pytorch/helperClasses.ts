/** Modules that PyTorch (from 1.13 on) does not have, or not with the same numbers as vgnet, as Python source. */

export type HelperClass = keyof typeof helperClasses;

const dropout = `def mixed(word):
    """Scatters the bits of 32-bit words: "lowbias32" by Chris Wellons."""
    word = ((word ^ (word >> 16)) * 0x7FEB352D) & 0xFFFFFFFF
    word = ((word ^ (word >> 15)) * 0x846CA68B) & 0xFFFFFFFF
    return word ^ (word >> 16)


class Dropout(nn.Module):
    """Dropout whose masks depend on nothing but seed, layer, step and place: on every device those of vgnet.

    Whoever trains sets \`step\` before every step, and \`first_sample\` where this process has not the batch's first samples.
    """

    def __init__(self, p, seed, layer):
        super().__init__()
        self.p = p
        self.seed = seed
        self.layer = layer
        self.step = 0
        self.first_sample = 0

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        # Channels are counted last, as they lie in vgnet's memory.
        last = x.movedim(1, -1) if x.dim() == 4 else x
        places = torch.arange(last.numel(), device=x.device).view(last.shape)
        places = places + self.first_sample * last[0].numel()
        key = mixed(mixed(mixed(self.seed & 0xFFFFFFFF) + self.layer & 0xFFFFFFFF) + self.step & 0xFFFFFFFF)
        words = mixed((mixed(places & 0xFFFFFFFF) + key) & 0xFFFFFFFF)
        kept = (words >= int(self.p * 2**32)).to(x.dtype)
        factors = kept / (1 - self.p) if self.p < 1 else kept * 0
        return x * (factors.movedim(-1, 1) if x.dim() == 4 else factors)`;

const batchNorm = `class BatchNorm(nn.modules.batchnorm._BatchNorm):
    """Batch normalisation of dimension 1, also of a batch that several processes share, or that has a single sample."""

    def _check_input_dim(self, x):
        pass

    def forward(self, x):
        shared = distributed.is_available() and distributed.is_initialized()
        if not self.training or (not shared and x.numel() > x.shape[1]):
            return super().forward(x)
        others = [dim for dim in range(x.dim()) if dim != 1]
        shape = [-1 if dim == 1 else 1 for dim in range(x.dim())]
        total = lambda sums: sums
        if shared:
            from torch.distributed.nn import all_reduce as total  # Not in every build of PyTorch.
        sums = total(torch.cat((x.sum(others), x.new_tensor([x.numel() / x.shape[1]]))))
        count = sums[-1].detach()
        mean = sums[:-1] / count
        centred = x - mean.view(shape)
        variance = total((centred**2).sum(others)) / count
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(variance * count / (count - 1).clamp(min=1), self.momentum)
            self.num_batches_tracked += 1
        normal = centred / torch.sqrt(variance + self.eps).view(shape)
        return normal * self.weight.view(shape) + self.bias.view(shape)`;

const rmsNorm = `class RMSNorm(nn.Module):
    """Divides by the root mean square over the last dimensions (torch.nn.RMSNorm came with PyTorch 2.4)."""

    def __init__(self, shape, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape))
        self.eps = eps

    def forward(self, x):
        over = tuple(range(-self.weight.dim(), 0))
        return x * torch.rsqrt((x * x).mean(over, keepdim=True) + self.eps) * self.weight`;

const position = `class Position(nn.Module):
    """Adds a learned vector for every time step."""

    def __init__(self, steps, features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(steps, features))

    def forward(self, x):
        return x + self.weight`;

const selfAttention = `class SelfAttention(nn.MultiheadAttention):
    """Multi-head attention of a sequence to itself; causal: to no later time step."""

    def __init__(self, features, heads, causal=False):
        super().__init__(features, heads, batch_first=True)
        self.causal = causal

    def forward(self, x):
        mask = None
        if self.causal:
            steps = x.shape[1]
            mask = torch.ones(steps, steps, dtype=torch.bool, device=x.device).triu(1)
        return super().forward(x, x, x, need_weights=False, attn_mask=mask)[0]`;

const linearRNN = `class LinearRNN(nn.Module):
    """nn.RNN without a nonlinearity, with its names of parameters and its kind of result."""

    def __init__(self, inputs, units):
        super().__init__()
        bound = units**-0.5
        for name, shape in (
            ("weight_ih_l0", (units, inputs)),
            ("weight_hh_l0", (units, units)),
            ("bias_ih_l0", (units,)),
            ("bias_hh_l0", (units,)),
        ):
            self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(self, x):
        entering = F.linear(x, self.weight_ih_l0, self.bias_ih_l0)
        state = torch.zeros_like(entering[:, 0])
        states = []
        for step in range(x.shape[1]):
            state = entering[:, step] + F.linear(state, self.weight_hh_l0, self.bias_hh_l0)
            states.append(state)
        return torch.stack(states, dim=1), state`;

/** What a class needs to be imported besides \`torch\`, \`nn\` and \`F\`, and its source. */
export const helperClasses = {
  Dropout: { imports: [], source: dropout },
  BatchNorm: { imports: ['import torch.distributed as distributed'], source: batchNorm },
  RMSNorm: { imports: [], source: rmsNorm },
  Position: { imports: [], source: position },
  SelfAttention: { imports: [], source: selfAttention },
  LinearRNN: { imports: [], source: linearRNN },
} as const satisfies Readonly<Record<string, { imports: readonly string[]; source: string }>>;
