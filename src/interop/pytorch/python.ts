/** Values as Python writes them. */

/** A string literal; what JSON escapes, Python escapes alike. */
export function pythonString(text: string): string {
  return JSON.stringify(text);
}

/** A float such that Python reads the same float64: `0.1`, `1.0`, `1e+21`. Without its point a whole number would be an int. */
export function pythonNumber(value: number): string {
  const digits = String(value);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

/** One number where all are equal, otherwise a tuple. */
export function pythonSize(sizes: readonly number[]): string {
  const [first] = sizes;
  return sizes.every((size) => size === first) ? String(first) : `(${sizes.join(', ')})`;
}

/** `Name(positional, …, keyword=value, …)`; keywords that are undefined are left out. */
export function pythonCall(
  name: string,
  positional: readonly (string | number)[],
  keywords: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const named = Object.entries(keywords).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  return `${name}(${[...positional, ...named].join(', ')})`;
}
