/** The settings of a file that the command line may say differently, for every command that trains. */
import { analyze, train } from '../language/catalogue/settings.ts';
import type { CheckedNetwork } from '../language/network.ts';
import { wholeNumber } from './options.ts';

/** What the command line says instead of the file. */
export interface Overrides {
  readonly steps: number | undefined;
  readonly seed: number | undefined;
  readonly seeds: number | undefined;
}

type Written = { readonly [Name in keyof Overrides]?: string };

/** The options of a command that takes overrides. */
export const overrideOptions = {
  steps: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
} as const;

/** Reads the overrides. Each may be what the setting of its name may be in a file. */
export function readOverrides(written: Written): Overrides {
  const read = (name: keyof Overrides): number | undefined => {
    const setting = [...train.arguments, ...analyze.arguments].find((argument) => argument.name === name);
    if (setting?.type.type !== 'integer') throw new Error(`The setting ${name} is no whole number`);
    return wholeNumber(name, written[name], setting.type.min, setting.type.max);
  };
  return { steps: read('steps'), seed: read('seed'), seeds: read('seeds') };
}

/** The network under what the command line says instead of its file. */
export function withOverrides(network: CheckedNetwork, { steps, seed, seeds }: Overrides): CheckedNetwork {
  const duration = steps === undefined ? network.train.duration : { steps };
  return {
    ...network,
    train: { ...network.train, duration, seed: seed ?? network.train.seed },
    analyze: { ...network.analyze, seeds: seeds ?? network.analyze.seeds },
  };
}
