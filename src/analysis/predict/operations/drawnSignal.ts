/** A signal whose moments are averages over features that were drawn. */
import { pointsOf, type Signal } from '../signal.ts';

/** `drawn`: features x points. */
export function drawnSignal(
  place: Pick<Signal, 'samples' | 'spatial' | 'features'>,
  drawn: Float64Array,
  drawFeatures: Signal['drawFeatures'],
): Signal {
  const points = pointsOf(place);
  const count = drawn.length / points;
  const second = new Float64Array(points * points);
  const mean = new Float64Array(points);
  let fourth = 0;
  let square = 0;
  for (let feature = 0; feature < count; feature++) {
    const row = drawn.subarray(feature * points, (feature + 1) * points);
    for (let point = 0; point < points; point++) {
      const value = row[point];
      mean[point] += value / count;
      square += (value * value) / drawn.length;
      fourth += value ** 4 / drawn.length;
      for (let other = 0; other <= point; other++) {
        second[point * points + other] += (value * row[other]) / count;
      }
    }
  }
  for (let point = 0; point < points; point++) {
    for (let other = 0; other < point; other++) {
      second[other * points + point] = second[point * points + other];
    }
  }
  return { ...place, second, mean, kurtosis: square > 0 ? fourth / square ** 2 : 1, drawFeatures };
}
