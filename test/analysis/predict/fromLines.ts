/** Reads the networks of `test/fixtures/prediction/measured.json`: the lines that `test/fixtures/make/measureGradients.py` reads. */
import type {
  ActivationName,
  CheckedNetwork,
  Initialiser,
  Layer,
  LossName,
} from '../../../src/language/network.ts';
import { activationNamed, dense, layerCommon, networkOf } from './networks.ts';

/** The checked network of these lines. */
export function networkFromLines(lines: readonly string[], loss: LossName): CheckedNetwork {
  const [head = '', ...rest] = lines;
  let shape: readonly number[] = numbersIn(head.split(' ')[1] ?? '');
  let vocabulary: number | undefined;
  const input = shape;
  const layers: Layer[] = [];
  const entered: number[] = [];
  const common = (
    kind: string,
    output: readonly number[],
    parameters: number,
    inputs?: readonly number[],
  ) => {
    const base = layerCommon(layers.length, `${kind}${layers.length + 1}`, shape, output, parameters);
    return { ...base, inputs: inputs ?? base.inputs };
  };
  const push = (layer: Layer): void => {
    layers.push(layer);
    shape = layer.outputShape;
  };
  for (const line of unrolled(rest)) {
    const words = line.split(' ').filter((word) => !/^\w+=/.test(word));
    const named = new Map(
      line.split(' ').flatMap((word) => (/^\w+=/.test(word) ? [word.split('=') as [string, string]] : [])),
    );
    const [kind = '', first = '', second = ''] = words;
    const count = Number(first);
    const features = shape[shape.length - 1];
    switch (kind) {
      case 'residual':
        entered.push(layers.length - 1);
        break;
      case '}':
        push({
          ...common('residual', shape, 0, [layers.length - 1, entered.pop() ?? -1]),
          kind: 'residual',
          project: false,
        });
        break;
      case 'dense': {
        const options = {
          activation: (second || 'linear') as ActivationName,
          init: initialiser(named.get('init')),
          biasInit: initialiser(named.get('bias_init')),
        };
        push(dense(layers.length, features, count, options));
        break;
      }
      case 'conv': {
        const kernel = numbersIn(second);
        const padding = Number(named.get('padding') ?? 0);
        const sizes = shape.slice(1).map((size, axis) => size + 2 * padding - kernel[axis] + 1);
        const parameters = count * (shape[0] * kernel.reduce((product, size) => product * size, 1) + 1);
        push({
          ...common('conv', [count, ...sizes], parameters),
          kind: 'conv',
          filters: count,
          kernel,
          stride: [1, 1],
          padding: [padding, padding],
          dilation: [1, 1],
          activation: activationNamed((words[3] ?? 'linear') as ActivationName),
          init: initialiser(named.get('init')),
          biasInit: { name: 'default' },
          bias: true,
        });
        break;
      }
      case 'maxpool':
      case 'avgpool': {
        const pooled = [shape[0], ...shape.slice(1).map((size) => Math.floor(size / count))];
        push({
          ...common(kind, pooled, 0),
          kind,
          size: [count, count],
          stride: [count, count],
          padding: [0, 0],
        });
        break;
      }
      case 'globalpool':
        push({ ...common(kind, [shape[0]], 0), kind });
        break;
      case 'flatten':
        push({ ...common(kind, [shape.reduce((product, size) => product * size, 1)], 0), kind });
        break;
      case 'activation':
        push({ ...common(kind, shape, 0), kind, activation: activationNamed(first as ActivationName) });
        break;
      case 'dropout':
        push({ ...common(kind, shape, 0), kind, probability: count });
        break;
      case 'batchnorm':
      case 'layernorm':
      case 'rmsnorm':
        push({ ...common(kind, shape, (kind === 'rmsnorm' ? 1 : 2) * features), kind, epsilon: 1e-5 });
        break;
      case 'rnn':
        push({
          ...common(kind, [count], count * (features + count + 2)),
          kind,
          units: count,
          activation: activationNamed(second as ActivationName),
          returns: 'last',
          init: { name: 'default' },
          recurrentInit: { name: 'default' },
          biasInit: { name: 'default' },
        });
        break;
      case 'embedding': {
        vocabulary = count;
        const dimension = Number(second);
        const init = { name: 'default' } as const;
        push({
          ...common(kind, [...shape, dimension], count * dimension),
          kind,
          vocabulary,
          dimension,
          init,
        });
        break;
      }
      default:
        throw new Error(`No layer is read from: ${line}`);
    }
  }
  return networkOf(input, layers, loss, vocabulary);
}

function unrolled(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith('repeat'));
  if (start < 0) return lines;
  let depth = 1;
  let end = start;
  while (depth > 0) {
    end++;
    depth += Number(lines[end].endsWith('{')) - Number(lines[end] === '}');
  }
  const times = Number(lines[start].split(' ')[1]);
  const body = Array.from({ length: times }, () => lines.slice(start + 1, end)).flat();
  return unrolled([...lines.slice(0, start), ...body, ...lines.slice(end + 1)]);
}

function initialiser(text: string | undefined): Initialiser {
  if (text === undefined) return { name: 'default' };
  const [, name = '', list] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const numbers = list?.split(',').map(Number) ?? [];
  switch (name) {
    case 'zeros':
      return { name };
    case 'constant':
      return { name, value: numbers[0] };
    case 'uniform':
      return { name, low: numbers[0], high: numbers[1] };
    case 'normal':
      return { name, mean: numbers[0], deviation: numbers[1] };
    case 'kaiming_normal':
    case 'kaiming_uniform':
      return { name, gain: Math.SQRT2 };
    case 'xavier_normal':
    case 'xavier_uniform':
    case 'lecun_normal':
    case 'lecun_uniform':
    case 'orthogonal':
      return { name, gain: numbers[0] ?? 1 };
    default:
      throw new Error(`No initialiser is called ${name}`);
  }
}

function numbersIn(shape: string): readonly number[] {
  return shape.split('x').map(Number);
}
