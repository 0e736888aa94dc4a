import type { DataKind, DataSettings } from '../../language/network.ts';
import { Random } from '../random.ts';
import { adding } from './adding.ts';
import { blobs } from './blobs.ts';
import { circles } from './circles.ts';
import { copy } from './copy.ts';
import { readCsv } from './csv.ts';
import type { DataContext, DataOutcome, GeneratedKind, SettingsOf } from './dataSet.ts';
import { digitsFile, readDigits } from './digits.ts';
import { gaussian } from './gaussian.ts';
import { readInline } from './inline.ts';
import { linear } from './linear.ts';
import { mnistFiles, readMnist } from './mnist.ts';
import { moons } from './moons.ts';
import { parity } from './parity.ts';
import { recall } from './recall.ts';
import { sine } from './sine.ts';
import { spirals } from './spirals.ts';
import { teacher } from './teacher.ts';
import { xor } from './xor.ts';

/**
 * The files that a data set needs, as keys for `FileContents`: for each the paths under which it may be found, in the order
 * of trying. Relative to the `.vgnet` file, but for `digits`, which ships with the product.
 */
export function dataFiles(settings: DataSettings): readonly (readonly string[])[] {
  switch (settings.kind) {
    case 'csv':
      return [[settings.path]];
    case 'mnist':
      return mnistFiles(settings.path);
    case 'digits':
      return [[digitsFile]];
    default:
      return [];
  }
}

/** What the settings name, as far as it can be told without drawing a sample. */
export function openKind(settings: DataSettings, context: DataContext): DataOutcome {
  switch (settings.kind) {
    case 'moons':
      return draw(moons, settings, context);
    case 'circles':
      return draw(circles, settings, context);
    case 'spirals':
      return draw(spirals, settings, context);
    case 'blobs':
      return draw(blobs, settings, context);
    case 'xor':
      return draw(xor, settings, context);
    case 'parity':
      return draw(parity, settings, context);
    case 'sine':
      return draw(sine, settings, context);
    case 'linear':
      return draw(linear, settings, context);
    case 'teacher':
      return draw(teacher, settings, context);
    case 'gaussian':
      return draw(gaussian, settings, context);
    case 'adding':
      return draw(adding, settings, context);
    case 'copy':
      return draw(copy, settings, context);
    case 'recall':
      return draw(recall, settings, context);
    case 'digits':
      return readDigits(settings, context);
    case 'mnist':
      return readMnist(settings, context);
    case 'csv':
      return readCsv(settings, context);
    case 'inline':
      return readInline(settings, context);
    default:
      return settings satisfies never;
  }
}

function draw<Kind extends DataKind>(
  kind: GeneratedKind<Kind>,
  settings: SettingsOf<Kind> & DataSettings,
  context: DataContext,
): DataOutcome {
  const facts = kind.describe(settings, context);
  return {
    ok: true,
    facts,
    samples: () => kind.generate(settings, new Random(settings.seed, 'data'), facts),
    notes: [],
  };
}
