/** Cures in the `train` block: another optimizer, smaller steps, clipped gradients, a wider number format. */
import { optimizers } from '../../language/catalogue/optimizers.ts';
import type { TextEdit } from '../../language/diagnostic.ts';
import { meaningOf, replaceValues } from '../../language/edit/values.ts';
import { setTraining, writtenSetting } from '../../language/edit/training.ts';
import { formatSetting } from '../numbers.ts';
import type { Family, Patient, Proposal } from './fix.ts';
import { bengio2012, ieee754, kingma2014, pascanu2013 } from './sources.ts';

/** Where plain steps are as small as the gradient. */
export const adam: Family = ({ file, statement, network }) => {
  if (network.train.optimizer.name !== 'sgd') return [];
  const optimizer = 'adam(lr=0.001)';
  return [
    {
      title: `${optimizer} instead of sgd`,
      edits: setTraining(file, statement, 'optimizer', optimizer),
      why: 'Adam divides each step by the recent size of its gradient, so that layers with small gradients move, too; it makes up for the decay and does not mend it.',
      source: kingma2014,
    },
  ];
};

/** A tenth and a hundredth of the learning rate, and the usual one where that is far below. */
export const smallerSteps: Family = (patient) => {
  const { lr, name } = patient.network.train.optimizer;
  const usual = optimizers.find((entry) => entry.name === name)?.usual.to ?? 1;
  const rates = [lr / 10, lr / 100, ...(lr / 100 > usual ? [name === 'sgd' ? 0.1 : 0.001] : [])];
  return rates.flatMap((rate) => withRate(patient, Number(rate.toPrecision(3))));
};

function withRate(patient: Patient, rate: number): Proposal[] {
  const { lr } = patient.network.train.optimizer;
  if (!(rate > 0)) return [];
  return [
    {
      title: `learning rate ${formatSetting(rate)} instead of ${formatSetting(lr)}`,
      edits: rateEdits(patient, formatSetting(rate).replaceAll(',', '')),
      why: 'A step larger than the curvature allows makes the loss grow, or throws units to where they never fire again.',
      source: bengio2012,
    },
  ];
}

/** The number alone where it is written for this network; otherwise the optimizer with it, over the file's. */
function rateEdits({ file, statement, network }: Patient, rate: string): TextEdit[] {
  const written = writtenSetting(file, statement, 'optimizer');
  const meant = meaningOf(file, written?.value);
  const { name } = network.train.optimizer;
  if (written === undefined || meant?.type !== 'call')
    return setTraining(file, statement, 'optimizer', `${name}(lr=${rate})`);
  const value = meant.named.find((argument) => argument.name.text === 'lr')?.value ?? meant.positional[0];
  if (value !== undefined && written.own && written.value === meant)
    return replaceValues(file, [{ value, text: rate }]);
  const open = file.text.indexOf('(', meant.callee.to) + 1;
  const { from, to } = value ?? { from: open, to: open };
  const inserted = value === undefined ? `lr=${rate}${meant.named.length > 0 ? ', ' : ''}` : rate;
  const whole = file.text.slice(meant.from, from) + inserted + file.text.slice(to, meant.to);
  return setTraining(file, statement, 'optimizer', whole);
}

export const clipping: Family = ({ file, statement, network }) =>
  network.train.clip !== undefined
    ? []
    : [
        {
          title: 'clip = norm(1)',
          edits: setTraining(file, statement, 'clip', 'norm(1)'),
          why: 'A gradient longer than 1 is shortened to 1 and keeps its direction, so that no single step can throw the weights away.',
          source: pascanu2013,
        },
      ];

export const widerFormat: Family = ({ file, statement, network }) =>
  network.train.precision === 'float64'
    ? []
    : [
        {
          title: 'precision = float64',
          edits: setTraining(file, statement, 'precision', 'float64'),
          why: 'What float32 rounds to zero below 1e-38 still has a value here; the decay itself stays.',
          source: ieee754,
        },
      ];
