/** jax-js on its WebAssembly device, each step one compiled function. */
import { init, defaultDevice, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { serve, type Training } from '../comparison/conversation.ts';
import { OpenedJob, type WrittenLayer, type WrittenTensor } from '../comparison/exchange.ts';

await init('wasm');
defaultDevice('wasm');
await serve(open, 'jax-js');

type Parameters = np.Array[];

function open(folder: string): Training {
  const opened = new OpenedJob(folder);
  const { job } = opened;
  const array = (tensor: WrittenTensor): np.Array => np.array(opened.read(tensor)).reshape([...tensor.shape]);
  const inputs = array(job.inputs);
  const targets = job.loss === 'mse' ? array(job.targets) : oneHot(opened);
  const counts = job.layers.map(({ tensors }) => tensors.length);
  let parameters: Parameters = job.layers.flatMap(({ tensors }) => tensors.map(array));

  const loss = (given: Parameters, x: np.Array, t: np.Array): np.Array => {
    let y = x;
    let place = 0;
    job.layers.forEach((layer, index) => {
      y = forward(layer, y, given.slice(place, place + counts[index]), job.batch);
      place += counts[index];
    });
    if (job.loss === 'mse') return np.mean(np.square(y.sub(t)));
    return np.mean(np.sum(nn.logSoftmax(y, -1).mul(t), -1)).mul(-1);
  };
  const step = jit((given: Parameters, x: np.Array, t: np.Array): [Parameters, np.Array] => {
    const [value, gradients] = valueAndGrad(loss)(
      given.map((p) => p.ref),
      x,
      t,
    ) as [np.Array, Parameters];
    value.dispose();
    const squares = gradients.map((gradient) => np.sum(np.square(gradient.ref)));
    let place = 0;
    const norms = counts.map((count) => {
      const sum = squares.slice(place, place + count).reduce((a, b) => a.add(b));
      place += count;
      return np.sqrt(sum);
    });
    return [given.map((p, index) => p.sub(gradients[index].mul(job.rate))), np.stack(norms)];
  });

  return {
    async run(steps) {
      const norms: number[][] = [];
      for (let done = 0; done < steps; done += 1) {
        const [next, record] = step(parameters, inputs.ref, targets.ref);
        parameters = next;
        norms.push(Array.from(await record.data()));
      }
      return norms;
    },
    close() {
      for (const kept of [...parameters, inputs, targets]) kept.dispose();
      step.dispose();
    },
  };
}

function oneHot(opened: OpenedJob): np.Array {
  const classes = opened.job.layers.at(-1)?.tensors[0]?.shape[0] ?? 0;
  const labels = opened.read(opened.job.targets);
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, sample) => (rows[sample * classes + label] = 1));
  return np.array(rows).reshape([labels.length, classes]);
}

function forward(layer: WrittenLayer, x: np.Array, tensors: Parameters, batch: number): np.Array {
  const [weights, second, third, fourth] = tensors.map((tensor) => tensor.ref);
  switch (layer.kind) {
    case 'dense':
      return activate(layer, np.matmul(x.reshape([batch, -1]), weights.transpose()).add(second));
    case 'conv': {
      const z = lax.convGeneralDilated(x, weights, [...layer.stride], 'VALID');
      return activate(layer, z.add(second.reshape([1, -1, 1, 1])));
    }
    case 'rnn': {
      const [, time, features] = x.shape;
      const units = third.shape[0];
      const flat = np.matmul(x.reshape([batch * time, features]), weights.transpose()).add(third.add(fourth));
      const driven = flat.reshape([batch, time, units]);
      let state = np.zeros([batch, units]);
      for (let at = 0; at < time; at += 1) {
        const drive = driven.ref.slice([], at);
        state = np.tanh(drive.add(np.matmul(state, second.ref.transpose())));
      }
      second.dispose();
      driven.dispose();
      return state;
    }
    default:
      throw new Error(`Unknown layer: ${JSON.stringify(layer.kind satisfies never)}`);
  }
}

function activate({ activation }: WrittenLayer, z: np.Array): np.Array {
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return nn.relu(z);
    case 'tanh':
      return np.tanh(z);
    case 'sigmoid':
      return nn.sigmoid(z);
    default:
      throw new Error(`Unknown activation: ${JSON.stringify(activation satisfies never)}`);
  }
}
