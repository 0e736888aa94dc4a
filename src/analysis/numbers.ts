/**
 * How numbers are written, everywhere: lenses, hovers, view, command line, docs.
 *
 * The rule: three significant digits, plain from 0.001 up to 99,999 and with an exponent outside (`2.35e-7`, `0.0123`,
 * `117`, `12,300`, `1.20e5`). Only an exact zero is written `0`; what is not finite is said in words.
 */

const smallestPlainExponent = -3;
const largestPlainExponent = 4;

/** A measured number with three significant digits: `2.35e-7`, `0.0123`, `0`, `not a number`. */
export function formatNumber(value: number): string {
  return formatDigits(value, 3);
}

/** A number that a person wrote, such as a threshold, as short as it can be said: `1e-4`, `0.05`, `1,000`. */
export function formatSetting(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value);
  const [mantissa, exponent] = splitExponent(value.toExponential());
  if (exponent < smallestPlainExponent || exponent > largestPlainExponent) return `${mantissa}e${exponent}`;
  return groupThousands(value.toString());
}

/** A whole number with its thousands set apart: `410,000`. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  return groupThousands(Math.round(value).toString());
}

/** As wide as a digit, and as the comma between thousands; unlike plain spaces they keep their width wherever they stand. */
const figureSpace = '\u2007';
const punctuationSpace = '\u2008';

/** A count on its way to the largest it will be, as wide as that one: what stands behind it stays where it is. */
export function formatProgress(value: number, largest: number): string {
  const count = formatCount(value);
  const widest = formatCount(largest);
  const room = widest.slice(0, Math.max(0, widest.length - count.length));
  return room.replace(/\d/g, figureSpace).replace(/,/g, punctuationSpace) + count;
}

/** `formatNumber` with room behind it for any number of a common size: what stands behind it stays where it is. */
export function formatChanging(value: number): string {
  return formatNumber(value).padEnd('1.23e-7'.length, figureSpace);
}

/** How many times larger or smaller, two significant digits: `4.2`, `410,000`, `3.1e12`. */
export function formatFactor(value: number): string {
  return value >= 10 && value < 1e9 ? formatCount(Number(value.toPrecision(2))) : formatDigits(value, 2);
}

/** A share between 0 and 1 in percent; neither `0 %` nor `100 %` unless it is exactly that: `12 %`, `below 0.1 %`. */
export function formatShare(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const percent = value * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent > 0 && percent < 0.1) return 'below 0.1 %';
  if (percent < 100 && percent > 99.9) return 'above 99.9 %';
  return `${percent < 10 || percent > 99 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

function formatDigits(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'minus infinite';
  if (value === 0) return '0';
  const rounded = value.toExponential(digits - 1);
  const [mantissa, exponent] = splitExponent(rounded);
  if (exponent < smallestPlainExponent || exponent > largestPlainExponent) return `${mantissa}e${exponent}`;
  return groupThousands(Number(rounded).toFixed(Math.max(0, digits - 1 - exponent)));
}

function splitExponent(text: string): [mantissa: string, exponent: number] {
  const position = text.indexOf('e');
  return [text.slice(0, position), Number(text.slice(position + 1))];
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
