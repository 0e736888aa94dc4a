/** What is written into `train.py` of a network's training: its numbers, its loss, its optimizer, its learning rate. */
import { planLoss, type LossPlan } from '../../engine/losses.ts';
import type {
  CheckedNetwork,
  Optimizer,
  Schedule,
  Shape,
  Target,
  TrainSettings,
} from '../../language/network.ts';
import { pythonCall, pythonNumber, pythonString } from './python.ts';

/** What only the prepared run knows. */
export interface RunFacts {
  readonly target: Target;
  readonly trainCount: number;
  readonly steps: number;
}

/** Python source of the part of `train.py` that differs between networks. */
export function trainingSource(network: CheckedNetwork, { target, trainCount, steps }: RunFacts): string {
  const { train, analyze } = network;
  const plan = planLoss(train.loss, network.outputShape, target);
  const batch = train.batch === 'all' ? trainCount : Math.min(train.batch, trainCount);
  return [
    `NETWORK = ${pythonString(network.name)}`,
    `STEPS = ${steps}`,
    `BATCH = ${batch}`,
    `LOG_EVERY = ${analyze.every}`,
    `DTYPE = torch.${train.precision}`,
    `TERMS = ${plan.terms}  # of the loss's mean, of each sample`,
    '',
    '',
    'def total_loss(output, target):',
    `    """${titleOfLoss[train.loss]}, summed over the samples; a batch's loss is the mean of its terms."""`,
    `    return ${lossExpression(train.loss, plan, network.outputShape)}`,
    '',
    '',
    ...accuracySource(train, plan, network.outputShape),
    '',
    '',
    'def make_optimizer(parameters):',
    `    return ${optimizerExpression(train.optimizer)}`,
    '',
    '',
    'def learning_rate(step):',
    ...learningRate(train, steps).map((line) => `    ${line}`),
    '',
    '',
    'def clip(parameters):',
    `    ${clipStatement(train.clip)}`,
  ].join('\n');
}

const titleOfLoss: Readonly<Record<TrainSettings['loss'], string>> = {
  mse: 'Squared error',
  mae: 'Absolute error',
  huber: 'Huber loss',
  bce: 'Binary cross-entropy of probabilities',
  bce_with_logits: 'Binary cross-entropy of logits',
  cross_entropy: 'Cross-entropy of logits',
  hinge: 'Hinge loss',
};

/** An output with a row for each answer: at every time step, at every pixel, or one a sample. */
function rowsOf(output: string, shape: Shape): string {
  if (shape.length === 1) return output;
  return shape.length === 2 ? `${output}.flatten(0, 1)` : `${output}.movedim(1, -1).flatten(0, 2)`;
}

function lossExpression(loss: TrainSettings['loss'], { indices }: LossPlan, outputShape: Shape): string {
  const summed = { reduction: pythonString('sum') };
  const rows = [rowsOf('output', outputShape), outputShape.length === 1 ? 'target' : 'target.flatten()'];
  switch (loss) {
    case 'mse':
      return pythonCall('F.mse_loss', ['output', 'target'], summed);
    case 'mae':
      return pythonCall('F.l1_loss', ['output', 'target'], summed);
    case 'huber':
      return pythonCall('F.huber_loss', ['output', 'target'], { ...summed, delta: '1.0' });
    case 'bce':
      return pythonCall('F.binary_cross_entropy', ['output', 'target'], summed);
    case 'bce_with_logits':
      return pythonCall('F.binary_cross_entropy_with_logits', ['output', 'target'], summed);
    case 'cross_entropy':
      return pythonCall('F.cross_entropy', rows, summed);
    case 'hinge':
      return indices
        ? pythonCall('F.multi_margin_loss', rows, summed)
        : 'torch.relu(1 - target * output).sum()';
    default:
      return loss satisfies never;
  }
}

/** Which answers are right, where there are classes to be right about. */
function accuracySource(
  train: TrainSettings,
  { classes, indices, half }: LossPlan,
  outputShape: Shape,
): readonly string[] {
  const head = 'def right_answers(output, target):';
  if (!classes) return [head, '    """Numbers are no answers that are right or wrong."""', '    return None'];
  const isImage = outputShape.length === 3;
  const features = isImage ? outputShape[0] : outputShape.at(-1)!;
  const answer = (of: string): string => `${of}.argmax(${isImage ? 1 : -1})`;
  if (features > 1)
    return [
      head,
      '    """The largest output is that of the right class."""',
      `    return ${answer('output')} == ${indices ? 'target' : answer('target')}`,
    ];
  return [
    head,
    '    """The output is on the right side of the middle between the two classes."""',
    `    return (output > ${half ? 0.5 : 0}) == (target > ${train.loss === 'hinge' ? 0 : 0.5})`,
  ];
}

function optimizerExpression(optimizer: Optimizer): string {
  const common = {
    lr: pythonNumber(optimizer.lr),
    weight_decay: optimizer.weightDecay === 0 ? undefined : pythonNumber(optimizer.weightDecay),
  };
  switch (optimizer.name) {
    case 'sgd':
      return pythonCall('torch.optim.SGD', ['parameters'], {
        ...common,
        momentum: optimizer.momentum === 0 ? undefined : pythonNumber(optimizer.momentum),
        nesterov: optimizer.nesterov ? 'True' : undefined,
      });
    case 'adam':
    case 'adamw':
      return pythonCall(
        optimizer.name === 'adam' ? 'torch.optim.Adam' : 'torch.optim.AdamW',
        ['parameters'],
        {
          ...common,
          betas: `(${pythonNumber(optimizer.beta1)}, ${pythonNumber(optimizer.beta2)})`,
          eps: pythonNumber(optimizer.eps),
          // AdamW has a decay of its own where none is given.
          weight_decay: pythonNumber(optimizer.weightDecay),
        },
      );
    case 'rmsprop':
      return pythonCall('torch.optim.RMSprop', ['parameters'], {
        ...common,
        alpha: pythonNumber(optimizer.alpha),
        eps: pythonNumber(optimizer.eps),
        momentum: optimizer.momentum === 0 ? undefined : pythonNumber(optimizer.momentum),
      });
    case 'adagrad':
      return pythonCall('torch.optim.Adagrad', ['parameters'], {
        ...common,
        eps: pythonNumber(optimizer.eps),
      });
    default:
      return optimizer satisfies never;
  }
}

function learningRate({ optimizer, schedule }: TrainSettings, steps: number): readonly string[] {
  const lr = pythonNumber(optimizer.lr);
  return [...warmup(schedule, lr), `return ${scheduled(schedule, lr, steps)}`];
}

function warmup(schedule: Schedule, lr: string): readonly string[] {
  if (!('warmup' in schedule) || schedule.warmup === 0) return [];
  return [`if step < ${schedule.warmup}:`, `    return ${lr} * (step + 1) / ${schedule.warmup}`];
}

function scheduled(schedule: Schedule, lr: string, steps: number): string {
  switch (schedule.name) {
    case 'constant':
      return lr;
    case 'step': {
      const gamma = pythonNumber(schedule.gamma);
      const drops = `(step // ${schedule.size})`;
      // A power that is too large is an error in Python, a product is infinite.
      return schedule.gamma > 1 ? `${lr} * math.prod([${gamma}] * ${drops})` : `${lr} * ${gamma} ** ${drops}`;
    }
    case 'cosine':
    case 'linear': {
      const { warmup: risen } = schedule;
      const progress = `${risen === 0 ? 'step' : `(step - ${risen})`} / ${Math.max(1, steps - risen)}`;
      return schedule.name === 'linear'
        ? `${lr} * (1 - ${progress})`
        : `${lr} * 0.5 * (1 + math.cos(math.pi * ${progress}))`;
    }
    default:
      return schedule satisfies never;
  }
}

function clipStatement(clip: TrainSettings['clip']): string {
  if (clip === undefined) return 'pass';
  const max = pythonNumber(clip.max);
  return clip.by === 'norm'
    ? pythonCall('torch.nn.utils.clip_grad_norm_', ['parameters', max])
    : pythonCall('torch.nn.utils.clip_grad_value_', ['parameters', max]);
}
