/** Softmax as an activation. */
import { address, Context, integer } from './context';
import { clearPadding } from './padding';
import { read, write } from './vectors';

/** Softmax over each row, in float64. Whole numbers: z, y, rows a sample, features, stride. */
export function softmax<T>(record: usize): void {
  const stride = integer(record, 4);
  const features = integer(record, 3);
  const rowsPerSample = integer(record, 2);
  const bytes = <usize>stride * sizeof<T>();
  const last = Context.sampleTo * rowsPerSample;
  for (let row = Context.sampleFrom * rowsPerSample; row < last; row++) {
    const z = address(record, 0) + <usize>row * bytes;
    const y = address(record, 1) + <usize>row * bytes;
    const end = <usize>features * sizeof<T>();
    let largest = -Infinity;
    for (let place: usize = 0; place < end; place += sizeof<T>()) largest = max(largest, read<T>(z + place));
    let sum: f64 = 0;
    for (let place: usize = 0; place < end; place += sizeof<T>()) sum += NativeMath.exp(read<T>(z + place) - largest);
    for (let place: usize = 0; place < end; place += sizeof<T>()) {
      write<T>(y + place, NativeMath.exp(read<T>(z + place) - largest) / sum);
    }
  }
  clearPadding<T>(address(record, 1), rowsPerSample, stride);
}

/** ∂L/∂zᵢ = yᵢ (∂L/∂yᵢ − Σⱼ yⱼ ∂L/∂yⱼ). Whole numbers: –, y, rows a sample, features, stride, …, 9: ∂L/∂y, 10: ∂L/∂z. */
export function softmaxError<T>(record: usize): void {
  const bytes = <usize>integer(record, 4) * sizeof<T>();
  const end = <usize>integer(record, 3) * sizeof<T>();
  const rowsPerSample = integer(record, 2);
  const last = Context.sampleTo * rowsPerSample;
  for (let row = Context.sampleFrom * rowsPerSample; row < last; row++) {
    const y = address(record, 1) + <usize>row * bytes;
    const after = address(record, 9) + <usize>row * bytes;
    const before = address(record, 10) + <usize>row * bytes;
    let sum: f64 = 0;
    for (let place: usize = 0; place < end; place += sizeof<T>()) sum += read<T>(y + place) * read<T>(after + place);
    for (let place: usize = 0; place < end; place += sizeof<T>()) {
      write<T>(before + place, read<T>(y + place) * (read<T>(after + place) - sum));
    }
  }
}
