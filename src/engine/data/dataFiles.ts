/** Which files data comes from. Apart from those that read them, so that a host that only fetches bytes need not load them. */
import type { DataSettings } from '../../language/network.ts';

/** Under which name the host passes the file that ships with the product. */
export const digitsFile = 'digits';

/** The parts of MNIST, the training samples first. */
export const mnistParts = [
  { images: 'train-images', labels: 'train-labels' },
  { images: 't10k-images', labels: 't10k-labels' },
] as const;

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

function mnistFiles(folder: string): readonly (readonly string[])[] {
  return mnistParts.flatMap(({ images, labels }) => [
    mnistPaths(folder, images, 3),
    mnistPaths(folder, labels, 1),
  ]);
}

/**
 * The paths under which one of MNIST's four files may lie in the folder, in the order of trying: as published
 * (`train-images-idx3-ubyte`), with the dot that some archives have in its place, each plain or gzipped.
 */
export function mnistPaths(folder: string, name: string, dimensions: number): readonly string[] {
  return [`${name}-idx${dimensions}-ubyte`, `${name}.idx${dimensions}-ubyte`]
    .flatMap((file) => [file, `${file}.gz`])
    .map((file) => (folder === '' ? file : `${folder.replace(/\/+$/, '')}/${file}`));
}
