/** The loss or a gradient is not finite: nothing after that step means anything. */
import type { Facts, Ruling } from '../facts.ts';
import { quantitiesPerLayer, quantityOffset } from '../metrics.ts';
import { formatNumber } from '../numbers.ts';
import { quantityAt } from '../profile.ts';
import { nameLayers } from '../words.ts';

export function notFinite(facts: Facts): Ruling | undefined {
  const { recording, result } = facts;
  const row = firstBadRow(facts);
  if (row < 0 && result.end !== 'diverged') return undefined;
  const step = row < 0 ? result.steps : (recording.rows.steps[row] ?? result.steps);
  const bad = facts.layers.flatMap((layer, index) =>
    row >= 0 && !Number.isFinite(quantityAt(recording, row, index, 'norm')) ? [layer.name] : [],
  );
  const lastFinite = Array.from(recording.rows.loss).findLast((loss) => Number.isFinite(loss));
  const when = step === 0 ? 'on the first pass, before any update' : `at step ${step}`;
  const before = lastFinite === undefined ? '' : `; the last finite loss was ${formatNumber(lastFinite)}`;
  const where = bad.length === 0 ? 'the loss is' : `the gradient of ${nameLayers(bad)} is`;
  const message = `${where} not finite ${when}${before}`;
  return {
    finding: { id: 'diverged', severity: 'error', layers: bad, message, evidence: { step } },
    verdict: { kind: 'diverged', message },
  };
}

/** The first recorded row with a loss or a norm that is not finite, or −1. */
function firstBadRow({ recording, layers }: Facts): number {
  const { steps, loss, values } = recording.rows;
  const stride = layers.length * quantitiesPerLayer;
  return steps.findIndex(
    (_, row) =>
      !Number.isFinite(loss[row]) ||
      layers.some(
        (__, layer) =>
          !Number.isFinite(values[row * stride + layer * quantitiesPerLayer + quantityOffset.norm]),
      ),
  );
}
