import { Context, endRow } from './context';

/** Zeros in the rows that only fill the last tile: what is summed over rows must not see them. */
export function clearPadding<T>(matrix: usize, rowsPerSample: i32, stride: i32): void {
  const last = Context.sampleTo * rowsPerSample;
  const padding = endRow(rowsPerSample) - last;
  if (padding == 0) return;
  const bytes = <usize>stride * sizeof<T>();
  memory.fill(matrix + <usize>last * bytes, 0, <usize>padding * bytes);
}
