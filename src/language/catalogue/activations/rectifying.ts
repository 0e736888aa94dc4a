import type { Argument } from '../entry.ts';
import type { ActivationEntry } from './activation.ts';

const slope: Argument = {
  name: 'slope',
  position: 0,
  type: { type: 'number', min: 0 },
  default: '0.01',
  documentation: 'Slope for negative inputs.',
};

const alpha: Argument = {
  name: 'alpha',
  position: 0,
  type: { type: 'number', min: 0 },
  default: '1',
  documentation: 'The value −α is what large negative inputs approach.',
};

/** Rectifiers and what was made of them: they pass large inputs on, and are flat on the negative side. */
export const rectifying: readonly ActivationEntry[] = [
  {
    name: 'relu',
    summary: 'Keeps positive inputs and sets negative ones to 0.',
    formula: 'φ(x) = max(0, x)',
    gradient:
      'The derivative is 1 for positive inputs and exactly 0 for the others (0 at 0): half of the error passes at initialisation. A unit whose inputs are all negative is dead. Gain √2.',
    reference: {
      title: 'Nair and Hinton 2010, Rectified linear units improve restricted Boltzmann machines',
      url: 'https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf',
    },
    arguments: [],
    example: 'dense 16 relu init=kaiming_normal',
    largestDerivative: 1,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'leaky_relu',
    summary: 'A rectifier that lets a little of negative inputs through.',
    formula: 'φ(x) = x for x > 0, slope · x otherwise',
    gradient: 'The derivative is 1 or `slope`, never 0: units cannot die. Gain √(2 / (1 + slope²)).',
    reference: {
      title: 'Maas et al. 2013, Rectifier nonlinearities improve neural network acoustic models',
      url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
    },
    arguments: [slope],
    example: 'dense 16 leaky_relu(0.1)',
    largestDerivative: 1,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'elu',
    summary: 'A smooth rectifier that approaches −α for negative inputs.',
    formula: 'φ(x) = x for x > 0, α (eˣ − 1) otherwise',
    gradient:
      'The derivative is 1 for positive inputs and α eˣ below: under 1 % of 1 where x < −4.61 (α = 1). Gain about 1.25.',
    reference: {
      title: 'Clevert et al. 2015, Fast and accurate deep network learning by exponential linear units',
      url: 'https://arxiv.org/abs/1511.07289',
    },
    arguments: [alpha],
    example: 'dense 16 elu init=kaiming_normal',
    largestDerivative: 1,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'selu',
    summary: 'An ELU scaled so that activations keep mean 0 and variance 1 from layer to layer.',
    formula: 'φ(x) = λ x for x > 0, λ α (eˣ − 1) otherwise;  λ = 1.0507, α = 1.6733',
    gradient:
      'Largest derivative λα = 1.758, just below 0; 1.051 for positive inputs. With `lecun_normal` it normalises itself. Gain 3/4 in PyTorch’s table.',
    reference: {
      title: 'Klambauer et al. 2017, Self-normalizing neural networks',
      url: 'https://arxiv.org/abs/1706.02515',
    },
    arguments: [],
    example: 'dense 16 selu init=lecun_normal',
    largestDerivative: 1.7580993408473766,
    flat: 'left',
    initialiser: 'lecun',
  },
  {
    name: 'gelu',
    summary: 'Weights its input by the chance that a standard normal number is smaller (the exact form).',
    formula: 'φ(x) = x Φ(x) = x (1 + erf(x / √2)) / 2',
    gradient: 'The derivative lies between −0.129 (at −√2) and 1.129 (at √2) and is 0.5 at 0.',
    reference: {
      title: 'Hendrycks and Gimpel 2016, Gaussian error linear units',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    arguments: [],
    example: 'dense 64 gelu',
    largestDerivative: 1.1289041357276375,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'gelu_tanh',
    summary: 'The approximation of `gelu` by tanh, as GPT-2 has it (PyTorch’s `approximate="tanh"`).',
    formula: 'φ(x) = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2',
    gradient: 'Like `gelu`: the derivative lies between −0.129 and 1.129 and is 0.5 at 0.',
    reference: {
      title: 'Hendrycks and Gimpel 2016, Gaussian error linear units',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    arguments: [],
    example: 'dense 64 gelu_tanh',
    largestDerivative: 1.1289930686587718,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'silu',
    summary: 'Its input times its sigmoid, also called swish.',
    formula: 'φ(x) = x / (1 + e⁻ˣ)',
    gradient: 'The derivative lies between −0.0998 (at −2.40) and 1.0998 (at 2.40) and is 0.5 at 0.',
    reference: {
      title: 'Elfwing et al. 2017, Sigmoid-weighted linear units for neural network function approximation',
      url: 'https://arxiv.org/abs/1702.03118',
    },
    arguments: [],
    example: 'dense 64 silu',
    largestDerivative: 1.0998393142891416,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'mish',
    summary: 'A smooth rectifier: its input times the tanh of its softplus.',
    formula: 'φ(x) = x tanh(ln(1 + eˣ))',
    gradient: 'The derivative lies between −0.113 (at −2.26) and 1.088 (at 1.49) and is 0.6 at 0.',
    reference: {
      title: 'Misra 2019, Mish: a self regularized non-monotonic activation function',
      url: 'https://arxiv.org/abs/1908.08681',
    },
    arguments: [],
    example: 'dense 64 mish',
    largestDerivative: 1.088498139956151,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'softplus',
    summary: 'A smooth rectifier that is always positive.',
    formula: 'φ(x) = ln(1 + eˣ),  φ′ = 1 / (1 + e⁻ˣ)',
    gradient:
      'The derivative grows from 0 to 1 and is 0.5 at 0; below 1 % where x < −4.60. Its output has a large mean, which later layers have to undo.',
    reference: {
      title: 'Dugas et al. 2000, Incorporating second-order functional knowledge for better option pricing',
      url: 'https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing',
    },
    arguments: [],
    example: 'dense 16 softplus',
    largestDerivative: 1,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'hard_swish',
    summary: 'A SiLU of simple pieces: its input times its hard sigmoid.',
    formula: 'φ(x) = x · min(1, max(0, x/6 + 1/2))',
    gradient:
      'The derivative lies between −0.5 (at −3) and 1.5 (at 3); it is 0.5 at 0, 1 above 3 and exactly 0 below −3.',
    reference: {
      title: 'Howard et al. 2019, Searching for MobileNetV3',
      url: 'https://arxiv.org/abs/1905.02244',
    },
    arguments: [],
    example: 'dense 16 hard_swish',
    largestDerivative: 1.5,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'relu6',
    summary: 'A rectifier that is clipped at 6.',
    formula: 'φ(x) = min(6, max(0, x))',
    gradient: 'The derivative is 1 inside of 0 … 6 and exactly 0 outside. Gain √2 while nothing reaches 6.',
    reference: {
      title: 'Howard et al. 2017, MobileNets',
      url: 'https://arxiv.org/abs/1704.04861',
    },
    arguments: [],
    example: 'dense 16 relu6',
    largestDerivative: 1,
    flat: 'left',
    initialiser: 'kaiming',
  },
  {
    name: 'exponential',
    summary: 'The exponential function.',
    formula: 'φ(x) = eˣ,  φ′ = φ',
    gradient: 'The derivative grows without bound with the input: gradients explode where inputs are large.',
    arguments: [],
    example: 'dense 1 exponential',
    largestDerivative: Infinity,
    flat: 'left',
    initialiser: 'xavier',
  },
];
