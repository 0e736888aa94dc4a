/** `vgnet predict`: gradient norms at initialisation without any training. */
import type { Prediction } from '../analysis/prediction.ts';
import { formatCount, formatNumber } from '../analysis/numbers.ts';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { CheckedNetwork } from '../language/network.ts';
import { predictionLens } from '../analysis/predictionLens.ts';
import { openFile, readDataFiles } from './inputFile.ts';
import { onlyFile, readOptions } from './options.ts';
import { predictionOf } from './prediction.ts';
import { exitCodes, type ExitCode, type Surroundings } from './surroundings.ts';
import { alignTable } from './table.ts';

export const predictUsage = `vgnet predict FILE [--network NAME] [--json]

Predicts the gradient norm of every layer at initialisation, without training: median and 10-90 % band.

  --network NAME    only this network
  --json            print one JSON object and nothing else

Exit code: 0 done, 2 the input was wrong.
`;

const options = {
  network: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface PredictedNetwork {
  readonly network: CheckedNetwork;
  readonly prediction: Prediction;
}

export async function predict(commandLine: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, files } = readOptions(commandLine, options, predictUsage);
  const file = onlyFile(files, predictUsage);
  const input = await openFile(file, values.network);
  for (const warning of input.warnings) surroundings.writeError(`${warning}\n`);
  const predicted: PredictedNetwork[] = [];
  for (const network of input.networks) {
    const contents = await readDataFiles(file, network, surroundings.shippedData);
    predicted.push({ network, prediction: predictionOf(file, network, contents) });
  }
  if (values.json) {
    const whole = { vgnet: 1, file, networks: predicted.map(asObject) };
    surroundings.write(`${JSON.stringify(whole, undefined, 2)}\n`);
  } else for (const entry of predicted) surroundings.write(`${asText(entry)}\n`);
  return exitCodes.done;
}

/** As in `vgnet analyze --json`, without what only a run knows. */
function asObject({ network, prediction }: PredictedNetwork): object {
  const { name, parameters, layers } = network;
  if (prediction.type === 'not-predictable')
    return { name, parameters, notPredictable: prediction.reason, layers: [] };
  return {
    name,
    parameters,
    how: prediction.how,
    layers: prediction.layers.flatMap(({ name: layerName, norm, p10, p90, error, wide }) => {
      const layer = layers.find((candidate) => candidate.name === layerName);
      const predicted = { norm, p10, p90, error, wide };
      return layer === undefined
        ? []
        : [{ name: layerName, kind: layer.kind, line: layer.line, parameters: layer.parameters, predicted }];
    }),
  };
}

function asText({ network, prediction }: PredictedNetwork): string {
  if (prediction.type === 'not-predictable')
    return `${network.name}: nothing is predicted, because ${prediction.reason}\n`;
  const lens = predictionLens(prediction, mergeThresholds(network.analyze)) ?? 'nothing is predicted';
  const rows = prediction.layers.map(({ name, norm, p10, p90, wide }) => {
    const layer = network.layers.find((candidate) => candidate.name === name);
    const numbers = [norm, p10, p90].map(formatNumber);
    const doubt = wide ? 'initialisations differ by decades' : '';
    return [name, String(layer?.line ?? ''), formatCount(layer?.parameters ?? 0), ...numbers, doubt];
  });
  const header = ['layer', 'line', 'parameters', 'norm', '10 %', '90 %', ''];
  const table = alignTable(header, rows, [0, 6]).map((line) => `  ${line}`);
  return `${network.name}: ${lens} (at initialisation, by ${prediction.how})\n\n${table.join('\n')}\n`;
}
