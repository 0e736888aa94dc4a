/** What comes out of a web view is checked before it is believed: another version of the page may be talking. */
import * as v from 'valibot';
import type { FromView } from './view.ts';

const run = v.string();
const thresholds = v.object({
  threshold: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  explode: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  ratio: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  metric: v.picklist(['norm', 'rms', 'relative']),
});

const schema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('analyze'), network: v.string() }),
  v.object({ type: v.literal('stop'), run }),
  v.object({ type: v.literal('thresholds'), run, thresholds }),
  v.object({ type: v.literal('reveal'), run, layer: v.string() }),
  // What is undefined does not survive the channel.
  v.object({ type: v.literal('point'), run, layer: v.optional(v.string()) }),
  v.object({
    type: v.literal('save'),
    name: v.string(),
    format: v.picklist(['png', 'csv']),
    content: v.string(),
  }),
  v.object({ type: v.literal('save-log'), run }),
]);

/** The message, or undefined for what this version does not know. */
export function readFromView(message: unknown): FromView | undefined {
  const result = v.safeParse(schema, message);
  if (!result.success) return undefined;
  const { output } = result;
  return output.type === 'point' ? { ...output, layer: output.layer } : output;
}
