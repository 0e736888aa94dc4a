/** TensorFlow.js: `tensorflow.ts wasm` or `tensorflow.ts cpu`. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serve, type Training } from '../comparison/conversation.ts';
import { OpenedJob, type WrittenLayer, type WrittenTensor } from '../comparison/exchange.ts';

const backend = process.argv[2] ?? 'wasm';
const library = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${path.dirname(library)}/`);
await tf.setBackend(backend);
await tf.ready();
await serve(open, `TensorFlow.js ${tf.version.tfjs}`);

function open(folder: string): Training {
  const opened = new OpenedJob(folder);
  const { job } = opened;
  const tensor = (written: WrittenTensor): tf.Tensor => tf.tensor(opened.read(written), [...written.shape]);
  const inputs = tensor(job.inputs);
  const targets =
    job.loss === 'mse'
      ? tensor(job.targets)
      : tf.oneHot(
          tf.tensor1d(opened.read(job.targets), 'int32'),
          job.layers.at(-1)?.tensors[0]?.shape[0] ?? 0,
        );
  const groups = job.layers.map(({ tensors }) =>
    tensors.map((written) => tf.tidy(() => tf.variable(tensor(written)))),
  );
  const variables = groups.flat();

  const loss = (): tf.Scalar => {
    let y: tf.Tensor = inputs;
    job.layers.forEach((layer, index) => {
      y = forward(layer, y, groups[index], job.batch);
    });
    return job.loss === 'mse'
      ? tf.mean(tf.square(tf.sub(y, targets)))
      : tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(y as tf.Tensor2D), targets), 1)));
  };
  const step = (): tf.Tensor =>
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, variables);
      const norms = groups.map((group) =>
        tf.sqrt(tf.addN(group.map((variable) => tf.sum(tf.square(grads[variable.name]))))),
      );
      for (const variable of variables) {
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name], job.rate)));
      }
      return tf.stack(norms);
    });

  return {
    run(steps) {
      return Array.from({ length: steps }, () => {
        const record = step();
        const norms = Array.from(record.dataSync());
        record.dispose();
        return norms;
      });
    },
    close() {
      tf.dispose([variables, inputs, targets]);
    },
  };
}

function forward(layer: WrittenLayer, x: tf.Tensor, tensors: readonly tf.Tensor[], batch: number): tf.Tensor {
  const [weights, second, third, fourth] = tensors;
  switch (layer.kind) {
    case 'dense': {
      // From an image as PyTorch flattens it, channels first.
      const flat = tf.reshape(x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x, [batch, -1]);
      return activate(layer, tf.add(tf.matMul(flat, weights, false, true), second));
    }
    case 'conv': {
      // Channels last is all that its CPU and WebAssembly kernels know. A single channel only changes its place.
      const image = (
        x.shape[1] === 1 ? tf.reshape(x, [batch, x.shape[2] ?? 0, x.shape[3] ?? 0, 1]) : x
      ) as tf.Tensor4D;
      const kernel = tf.transpose(weights, [2, 3, 1, 0]) as tf.Tensor4D;
      const [down = 1, right = 1] = layer.stride;
      return activate(layer, tf.add(tf.conv2d(image, kernel, [down, right], 'valid'), second));
    }
    case 'rnn': {
      const bias = tf.add(third, fourth);
      let state: tf.Tensor = tf.zeros([batch, third.shape[0]]);
      for (const part of tf.unstack(x, 1)) {
        const drive = tf.add(tf.matMul(part, weights, false, true), bias);
        state = tf.tanh(tf.add(drive, tf.matMul(state, second, false, true)));
      }
      return state;
    }
    default:
      throw new Error(`Unknown layer: ${JSON.stringify(layer.kind satisfies never)}`);
  }
}

function activate({ activation }: WrittenLayer, z: tf.Tensor): tf.Tensor {
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return tf.relu(z);
    case 'tanh':
      return tf.tanh(z);
    case 'sigmoid':
      return tf.sigmoid(z);
    default:
      throw new Error(`Unknown activation: ${JSON.stringify(activation satisfies never)}`);
  }
}
