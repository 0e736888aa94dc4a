/** A reference in plain JavaScript over Float32Array, as one would write it without thinking of speed. */
import { OpenedJob, type WrittenLayer } from '../comparison/exchange.ts';
import { serve, type Training } from '../comparison/conversation.ts';
import { convolution } from './plain/convolution.ts';
import { dense } from './plain/dense.ts';
import type { PlainLayer } from './plain/layer.ts';
import { recurrent } from './plain/recurrent.ts';

class PlainTraining implements Training {
  private readonly opened: OpenedJob;
  private readonly layers: readonly PlainLayer[];
  private readonly inputs: Float32Array;
  private readonly targets: Float32Array;

  constructor(opened: OpenedJob) {
    this.opened = opened;
    const { job } = opened;
    let shape: readonly number[] = job.inputs.shape.slice(1);
    this.layers = job.layers.map((layer) => {
      const made = this.makeLayer(layer, shape);
      shape = made.outputShape;
      return made;
    });
    this.inputs = opened.read(job.inputs);
    this.targets = opened.read(job.targets);
  }

  run(steps: number): number[][] {
    return Array.from({ length: steps }, () => this.step());
  }

  private makeLayer(layer: WrittenLayer, inputShape: readonly number[]): PlainLayer {
    const { job } = this.opened;
    const made = {
      batch: job.batch,
      inputShape,
      layer,
      tensors: layer.tensors.map((tensor) => this.opened.read(tensor)),
    };
    switch (layer.kind) {
      case 'dense':
        return dense(made);
      case 'conv':
        return convolution(made);
      case 'rnn':
        return recurrent(made);
      default:
        throw new Error(`Unknown layer: ${JSON.stringify(layer.kind satisfies never)}`);
    }
  }

  private step(): number[] {
    const output = this.layers.reduce((x, layer) => layer.forward(x), this.inputs);
    this.layers.reduceRight(
      (error, layer, index) => layer.backward(error, index > 0),
      this.lossError(output),
    );
    return this.layers.map((layer) => {
      let squares = 0;
      layer.tensors.forEach((tensor, index) => {
        const gradient = layer.gradients[index] ?? tensor;
        for (let i = 0; i < tensor.length; i += 1) {
          squares += gradient[i] * gradient[i];
          tensor[i] -= this.opened.job.rate * gradient[i];
        }
      });
      return Math.sqrt(squares);
    });
  }

  /** Of the mean loss, at the output. */
  private lossError(output: Float32Array): Float32Array {
    const { batch, loss } = this.opened.job;
    if (loss === 'mse') return output.map((y, i) => (2 * (y - this.targets[i])) / output.length);
    const classes = output.length / batch;
    const error = new Float32Array(output.length);
    for (let sample = 0; sample < batch; sample += 1) {
      const row = output.subarray(sample * classes, (sample + 1) * classes);
      const largest = Math.max(...row);
      const exponentials = row.map((y) => Math.exp(y - largest));
      const sum = exponentials.reduce((a, b) => a + b, 0);
      exponentials.forEach((e, unit) => {
        error[sample * classes + unit] = (e / sum - Number(unit === this.targets[sample])) / batch;
      });
    }
    return error;
  }
}

await serve((folder) => new PlainTraining(new OpenedJob(folder)), `JavaScript ${process.version}`);
