import type { DrawSamples } from './dataSet.ts';

/** Centres are uniform in the cube from −10 to 10. */
const centreBox = 10;

/**
 * Normal clouds around random centres, one a class, as `sklearn.datasets.make_blobs` defines them: centres uniform in
 * [−10, 10] along every feature, samples shared out equally, standard deviation `std`, in random order.
 */
export const blobs: DrawSamples<'blobs'> = ({ samples, classes, deviation, features }, random) => {
  const centres = new Float64Array(classes * features).map(() => random.uniform(-centreBox, centreBox));
  const inputs = new Float64Array(samples * features);
  const targets = new Float64Array(samples);
  random.permutation(samples).forEach((index, place) => {
    const label = index % classes;
    for (let feature = 0; feature < features; feature++) {
      const centre = centres[label * features + feature];
      inputs[place * features + feature] = random.normal(centre, deviation);
    }
    targets[place] = label;
  });
  return { inputs, targets };
};
