import { describe, expect, it } from 'vitest';
import { readFromView } from '../../src/protocol/fromView.ts';

const thresholds = { threshold: 1e-4, explode: 1e3, ratio: 1e-3, metric: 'norm' };

describe('what the view may say', () => {
  it.each([
    { type: 'ready' },
    { type: 'analyze', network: 'deep' },
    { type: 'stop', run: '1' },
    { type: 'thresholds', run: '1', thresholds },
    { type: 'reveal', run: '1', layer: 'hidden[1]' },
    { type: 'point', run: '1', layer: undefined },
    { type: 'save', name: 'table.csv', format: 'csv', content: 'a,b' },
    { type: 'save-log', run: '1' },
  ])('$type', (message) => {
    expect(readFromView(message)).toEqual(message);
  });

  it('takes a pointed-at layer that got lost on the way for none', () => {
    expect(readFromView({ type: 'point', run: '1' })).toEqual({ type: 'point', run: '1', layer: undefined });
  });

  it.each([
    undefined,
    null,
    'ready',
    {},
    { type: 'from-the-future' },
    { type: 'stop' },
    { type: 'thresholds', run: '1', thresholds: { ...thresholds, threshold: -1 } },
    { type: 'thresholds', run: '1', thresholds: { ...thresholds, threshold: Number.NaN } },
    { type: 'save', name: 'x', format: 'exe', content: '' },
  ])('passes over %j', (message) => {
    expect(readFromView(message)).toBeUndefined();
  });
});
