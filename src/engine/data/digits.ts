import { digitsFile } from './dataFiles.ts';
import { dataFailure, type ReadData } from './dataSet.ts';
import { unpack } from './gzip.ts';
import { decodeText } from './text.ts';

const pixels = 64;
const brightest = 16;

/**
 * Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak 1998, UCI Machine Learning Repository): 1,797 images of
 * 8 x 8, grey values 0 … 16 scaled to 0 … 1, ten classes. The order is the file's: by writer, not by digit.
 */
export const readDigits: ReadData<'digits'> = (settings, files) => {
  const packed = files.get(digitsFile);
  if (packed === undefined) {
    return dataFailure(
      settings,
      'data-file',
      'The file of the handwritten digits was not found beside the extension.',
    );
  }
  const unpacked = unpack(packed);
  const decoded = unpacked.ok ? decodeText(unpacked.bytes) : undefined;
  if (!decoded?.ok) {
    return dataFailure(settings, 'data-format', 'The file of the handwritten digits is damaged.');
  }
  const lines = decoded.text.trimEnd().split('\n');
  const inputs = new Float64Array(lines.length * pixels);
  const targets = new Float64Array(lines.length);
  for (const [sample, line] of lines.entries()) {
    const numbers = line.split(',').map(Number);
    const label = numbers[pixels];
    if (numbers.length !== pixels + 1 || !numbers.every(isGreyValue) || label === undefined || label > 9) {
      return dataFailure(
        settings,
        'data-format',
        `The file of the handwritten digits is damaged: line ${sample + 1} is not ${pixels} grey values and a digit.`,
      );
    }
    targets[sample] = label;
    for (let pixel = 0; pixel < pixels; pixel++) {
      inputs[sample * pixels + pixel] = numbers[pixel] / brightest;
    }
  }
  return {
    ok: true,
    facts: { inputShape: [1, 8, 8], target: { type: 'classes', classes: 10 }, samples: lines.length },
    samples: () => ({ inputs, targets }),
    notes: [],
  };
};

function isGreyValue(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= brightest;
}
