import { notBuiltYet } from '../catalogue/availability.ts';
import type { Fix, TextEdit } from '../diagnostic.ts';
import { removeStatement } from '../edit/removal.ts';
import type { Span } from '../syntax.ts';
import type { AnalyzeSettings, MetricChoice, TrainSettings } from '../network.ts';
import type { CheckContext } from './context.ts';
import { clipOf, lossOf, optimizerOf, scheduleOf } from './conversions.ts';
import type { ResolvedArguments } from './resolved.ts';

/** What was found to be well: networks that share a file's block share that, too. */
const sound = new WeakSet<ResolvedArguments>();

/** Reports what in a `train` block cannot be, or not be yet; true where all is well. */
export function checkTrain(context: CheckContext, train: ResolvedArguments): boolean {
  if (sound.has(train)) return true;
  let ok = true;
  const steps = train.spanOf('steps');
  const epochs = train.spanOf('epochs');
  if (steps && epochs) {
    const [first, second] = steps.from < epochs.from ? [steps, epochs] : [epochs, steps];
    const related = [{ ...first, message: 'The other one.' }];
    context.diagnostics.add(
      'conflict',
      second,
      'Training ends after `steps` or after `epochs`: expected one of them.',
      { related, fixes: [{ title: 'Remove the second one', edits: [removeSetting(context.text, second)] }] },
    );
    ok = false;
  }
  const optimizer = optimizerOf(train.call('optimizer'));
  if (optimizer.name === 'sgd' && optimizer.nesterov && optimizer.momentum === 0) {
    const place = train.call('optimizer').spanOf('nesterov') ?? train.spanOf('optimizer');
    if (place)
      context.diagnostics.add(
        'conflict',
        place,
        '`nesterov` looks ahead along the momentum: expected `momentum` above 0.',
        { fixes: [withMomentum(train.call('optimizer'), place)] },
      );
    ok = false;
  }
  for (const setting of ['optimizer', 'schedule', 'clip', 'loss', 'weights'] as const) {
    const span = train.spanOf(setting);
    const value = train.value(setting);
    if (!span || !value) continue;
    const word = value.type === 'call' ? value.entry.name : setting;
    if (!notBuiltYet.has(value.type === 'call' ? `${setting}=${word}` : setting)) continue;
    context.diagnostics.add(
      'not-built-yet',
      span,
      `\`${word}\` is specified but not built yet: it cannot be trained.`,
    );
    ok = false;
  }
  if (ok) sound.add(train);
  return ok;
}

/** Reports thresholds that leave no norm between them; true where all is well. */
export function checkAnalyze(context: CheckContext, analyze: ResolvedArguments): boolean {
  const [threshold, explode] = [analyze.spanOf('threshold'), analyze.spanOf('explode')];
  if (!threshold || !explode) return true;
  if (analyze.number('threshold') < analyze.number('explode')) return true;
  const [first, second] = threshold.from < explode.from ? [threshold, explode] : [explode, threshold];
  const [one, other] = [first, second].map(({ from, to }) => context.text.slice(from, to));
  const swap = [
    { ...first, replacement: other },
    { ...second, replacement: one },
  ];
  context.diagnostics.add(
    'conflict',
    second,
    'Below `threshold` a norm is too small, above `explode` too large: expected `threshold` to be the smaller one.',
    {
      related: [{ ...first, message: 'The other one.' }],
      fixes: one === other ? [] : [{ title: 'Swap the two values', edits: swap }],
    },
  );
  return false;
}

/** Takes a setting out, of which `value` is the value. */
function removeSetting(text: string, value: Span): TextEdit {
  const name = /\w+\s*=\s*$/.exec(text.slice(0, value.from))![0];
  const statement = { from: value.from - name.length, to: value.to };
  const gap = /[^\S\r\n]*[,;][^\S\r\n]*$/.exec(text.slice(0, statement.from))?.[0];
  if (gap === undefined) return removeStatement(text, statement);
  return { from: statement.from - gap.length, to: statement.to, replacement: '' };
}

/** Sets the momentum that most use, where it is written or behind `nesterov`. */
function withMomentum(optimizer: ResolvedArguments, nesterov: Span): Fix {
  const written = optimizer.spanOf('momentum');
  const edit = written
    ? { from: written.from, to: written.to, replacement: '0.9' }
    : { from: nesterov.to, to: nesterov.to, replacement: ', momentum=0.9' };
  return { title: 'Set `momentum=0.9`', edits: [edit] };
}

/** Networks that share a file's block share what it says. */
const known = new WeakMap<ResolvedArguments['written'], TrainSettings>();
const knownAnalyze = new WeakMap<ResolvedArguments['written'], AnalyzeSettings>();

export function trainSettingsOf(train: ResolvedArguments): TrainSettings {
  const settings = known.get(train.written) ?? newTrainSettings(train);
  known.set(train.written, settings);
  return settings;
}

function newTrainSettings(train: ResolvedArguments): TrainSettings {
  const batch = train.value('batch');
  const weights = train.value('weights');
  return {
    loss: lossOf(train.call('loss')),
    optimizer: optimizerOf(train.call('optimizer')),
    schedule: scheduleOf(train.call('schedule')),
    clip: train.value('clip') ? clipOf(train.call('clip')) : undefined,
    batch: batch?.type === 'text' ? 'all' : train.integer('batch'),
    duration: train.spanOf('epochs')
      ? { epochs: train.integer('epochs') }
      : { steps: train.integer('steps') },
    seed: train.integer('seed'),
    precision: train.word('precision') === 'float64' ? 'float64' : 'float32',
    weights: weights?.type === 'text' ? weights.value : undefined,
  };
}

export function analyzeSettingsOf(analyze: ResolvedArguments): AnalyzeSettings {
  const settings = knownAnalyze.get(analyze.written) ?? newAnalyzeSettings(analyze);
  knownAnalyze.set(analyze.written, settings);
  return settings;
}

function newAnalyzeSettings(analyze: ResolvedArguments): AnalyzeSettings {
  const number = (name: string): number | undefined =>
    analyze.value(name) ? analyze.number(name) : undefined;
  return {
    threshold: number('threshold'),
    explode: number('explode'),
    ratio: number('ratio'),
    metric: analyze.value('metric') ? (analyze.word('metric') as MetricChoice) : undefined,
    every: analyze.integer('every'),
    seeds: analyze.value('seeds') ? analyze.integer('seeds') : undefined,
  };
}
