/** Every kind of layer in PyTorch's words: the module that holds its parameters, and what is computed with it. */
import { normalisationEpsilon } from '../../language/normalisationEpsilon.ts';
import type {
  CheckedNetwork,
  ConvolutionLayer,
  Layer,
  NormalisationLayer,
  PoolingLayer,
  RecurrentLayer,
} from '../../language/network.ts';
import { activationExpression } from './activations.ts';
import type { HelperClass } from './helperClasses.ts';
import { pythonCall, pythonNumber, pythonSize, pythonString } from './python.ts';

/** A layer of the generated model. */
export interface PythonLayer {
  /** Creates its module; absent where it has neither parameters nor a state. */
  readonly module?: string;
  /** A class of ours that the module is of. */
  readonly helper?: HelperClass;
  /** Its output from the Python names of its inputs. */
  output(inputs: readonly string[]): string;
}

/** A layer of a network, whose other layers and input say what shapes enter it. */
export function pythonLayer(layer: Layer, { train, input, layers }: CheckedNetwork): PythonLayer {
  const itself = `layers[${pythonString(layer.name)}]`;
  const called = ([x]: readonly string[]): string => `${itself}(${x})`;
  const isImage = layer.inputShape.length === 3;
  const channelsDimension = isImage ? 1 : -1;
  switch (layer.kind) {
    case 'dense':
      return {
        module: pythonCall('nn.Linear', [layer.inputShape.at(-1)!, layer.units], withoutBias(layer.bias)),
        output: (inputs) => activationExpression(layer.activation, called(inputs), layer.outputShape),
      };
    case 'conv':
      return {
        module: convolution(layer),
        output: ([x]) =>
          activationExpression(
            layer.activation,
            alongTime(layer, x, (moved) => `${itself}(${moved})`),
            layer.outputShape,
          ),
      };
    case 'maxpool':
    case 'avgpool':
      return { output: ([x]) => alongTime(layer, x, (moved) => pooling(layer, moved)) };
    case 'globalpool':
      return { output: ([x]) => `${x}.mean(dim=${isImage ? '(2, 3)' : '1'})` };
    case 'flatten':
      return { output: ([x]) => `torch.flatten(${x}, 1)` };
    case 'activation':
      return { output: ([x]) => activationExpression(layer.activation, x, layer.outputShape) };
    case 'dropout':
      return {
        module: pythonCall('Dropout', [pythonNumber(layer.probability)], {
          seed: train.seed,
          layer: layer.index,
        }),
        helper: 'Dropout',
        output: called,
      };
    case 'batchnorm':
      return {
        module: pythonCall('BatchNorm', [channelsOf(layer)], { eps: epsilonOf(layer, train.precision) }),
        helper: 'BatchNorm',
        output: ([x]) => alongTime(layer, x, (moved) => `${itself}(${moved})`),
      };
    case 'layernorm':
    case 'rmsnorm': {
      const shape = isImage ? `(${layer.inputShape.join(', ')})` : String(layer.inputShape.at(-1));
      const centred = layer.kind === 'layernorm';
      const name = centred ? 'nn.LayerNorm' : 'RMSNorm';
      return {
        module: pythonCall(name, [shape], { eps: epsilonOf(layer, train.precision) }),
        ...(centred ? {} : { helper: 'RMSNorm' as const }),
        output: called,
      };
    }
    case 'rnn':
    case 'lstm':
    case 'gru':
      return { ...recurrent(layer), output: (inputs) => recurrentOutput(layer, called(inputs)) };
    case 'embedding':
      return { module: pythonCall('nn.Embedding', [layer.vocabulary, layer.dimension]), output: called };
    case 'position':
      return { module: pythonCall('Position', [...layer.inputShape]), helper: 'Position', output: called };
    case 'attention':
      return {
        module: pythonCall('SelfAttention', [layer.inputShape.at(-1)!, layer.heads], {
          causal: layer.causal ? 'True' : undefined,
        }),
        helper: 'SelfAttention',
        output: called,
      };
    case 'add':
      return { output: ([a, b]) => `${a} + ${b}` };
    case 'concat':
      return { output: ([a, b]) => `torch.cat((${a}, ${b}), dim=${channelsDimension})` };
    case 'residual': {
      if (!layer.project) return { output: ([body, shortcut]) => `${body} + ${shortcut}` };
      const [, entered] = layer.inputs;
      const from = layers[entered]?.outputShape ?? input.shape;
      const to = layer.outputShape;
      return {
        module: isImage
          ? pythonCall('nn.Conv2d', [from[0], to[0], 1])
          : pythonCall('nn.Linear', [from.at(-1)!, to.at(-1)!]),
        output: ([body, shortcut]) => `${body} + ${itself}(${shortcut})`,
      };
    }
    default:
      return layer satisfies never;
  }
}

function withoutBias(bias: boolean): { readonly bias: string | undefined } {
  return { bias: bias ? undefined : 'False' };
}

function epsilonOf(layer: NormalisationLayer, precision: CheckedNetwork['train']['precision']): string {
  return pythonNumber(normalisationEpsilon(layer, precision));
}

/** The channels of an image, the features of a vector or a sequence. */
function channelsOf({ inputShape }: Layer): number {
  return inputShape.length === 3 ? inputShape[0] : inputShape.at(-1)!;
}

/** PyTorch's windows, and its normalisation over a batch, want the features of a sequence in front of its time steps. */
function alongTime({ inputShape }: Layer, x: string, compute: (moved: string) => string): string {
  return inputShape.length === 2 ? `${compute(`${x}.transpose(1, 2)`)}.transpose(1, 2)` : compute(x);
}

function convolution(layer: ConvolutionLayer): string {
  const { kernel, stride, padding, dilation } = layer;
  return pythonCall(
    layer.inputShape.length === 3 ? 'nn.Conv2d' : 'nn.Conv1d',
    [channelsOf(layer), layer.filters, pythonSize(kernel)],
    {
      stride: stride.every((step) => step === 1) ? undefined : pythonSize(stride),
      padding: padding.every((zeros) => zeros === 0) ? undefined : pythonSize(padding),
      dilation: dilation.every((step) => step === 1) ? undefined : pythonSize(dilation),
      ...withoutBias(layer.bias),
    },
  );
}

function pooling({ kind, inputShape, size, stride, padding }: PoolingLayer, x: string): string {
  const name = kind === 'maxpool' ? 'max_pool' : 'avg_pool';
  return pythonCall(`F.${name}${inputShape.length === 3 ? 2 : 1}d`, [x, pythonSize(size)], {
    stride: pythonSize(stride),
    padding: padding.every((zeros) => zeros === 0) ? undefined : pythonSize(padding),
  });
}

function recurrent({ kind, inputShape, units, activation }: RecurrentLayer): Omit<PythonLayer, 'output'> {
  const sizes = [inputShape.at(-1)!, units];
  if (kind === 'rnn' && activation.name === 'linear')
    return { module: pythonCall('LinearRNN', sizes), helper: 'LinearRNN' };
  const names = { rnn: 'nn.RNN', lstm: 'nn.LSTM', gru: 'nn.GRU' } as const;
  const nonlinearity =
    kind === 'rnn' && activation.name !== 'tanh' ? pythonString(activation.name) : undefined;
  return { module: pythonCall(names[kind], sizes, { nonlinearity, batch_first: 'True' }) };
}

/** Of what PyTorch's recurrent layers yield, all states or the last one. */
function recurrentOutput({ returns }: RecurrentLayer, call: string): string {
  return returns === 'last' ? `${call}[0][:, -1]` : `${call}[0]`;
}
