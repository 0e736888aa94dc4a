import { describeData } from '../../language/checking/describeData.ts';
import type { DataKind, DataSettings } from '../../language/network.ts';
import type { FileContents } from '../../protocol/worker.ts';
import { Random } from '../random.ts';
import { adding } from './adding.ts';
import { blobs } from './blobs.ts';
import { circles } from './circles.ts';
import { copy } from './copy.ts';
import { readCsv } from './csv.ts';
import type { DataOutcome, DataUse, DrawSamples, SettingsOf } from './dataSet.ts';
import { readDigits } from './digits.ts';
import { gaussian } from './gaussian.ts';
import { readInline } from './inline.ts';
import { linear } from './linear.ts';
import { readMnist } from './mnist.ts';
import { moons } from './moons.ts';
import { parity } from './parity.ts';
import { recall } from './recall.ts';
import { sine } from './sine.ts';
import { spirals } from './spirals.ts';
import { teacher } from './teacher.ts';
import { xor } from './xor.ts';

/** What the settings name, as far as it can be told without drawing a sample. */
export function openKind(settings: DataSettings, files: FileContents, use: DataUse): DataOutcome {
  switch (settings.kind) {
    case 'moons':
      return draw(moons, settings, use);
    case 'circles':
      return draw(circles, settings, use);
    case 'spirals':
      return draw(spirals, settings, use);
    case 'blobs':
      return draw(blobs, settings, use);
    case 'xor':
      return draw(xor, settings, use);
    case 'parity':
      return draw(parity, settings, use);
    case 'sine':
      return draw(sine, settings, use);
    case 'linear':
      return draw(linear, settings, use);
    case 'teacher':
      return draw(teacher, settings, use);
    case 'gaussian':
      return draw(gaussian, settings, use);
    case 'adding':
      return draw(adding, settings, use);
    case 'copy':
      return draw(copy, settings, use);
    case 'recall':
      return draw(recall, settings, use);
    case 'digits':
      return readDigits(settings, files, use);
    case 'mnist':
      return readMnist(settings, files, use);
    case 'csv':
      return readCsv(settings, files, use);
    case 'inline':
      return readInline(settings, files, use);
    default:
      return settings satisfies never;
  }
}

function draw<Kind extends DataKind>(
  drawSamples: DrawSamples<Kind>,
  settings: SettingsOf<Kind> & DataSettings,
  use: DataUse,
): DataOutcome {
  const facts = describeData(settings, use);
  if (facts === undefined) {
    throw new Error(`Nothing is known of \`data ${settings.kind}\`, which needs no file`);
  }
  return {
    ok: true,
    facts: { ...facts, samples: settings.samples },
    samples: () => drawSamples(settings, new Random(settings.seed, 'data'), facts),
    notes: [],
  };
}
