/** Source in, Python out; that PyTorch computes the same with it is proven in test/pytorch. */
import { expect, test } from 'vitest';
import { modelSource } from '../../../src/interop/pytorch/model.ts';
import { check } from '../../../src/language/check.ts';
import type { CheckedNetwork } from '../../../src/language/network.ts';

function networkOf(layers: string): CheckedNetwork {
  const data = 'data gaussian { samples = 10 }\ntrain { loss = mse, steps = 1, seed = 5 }\n';
  const { networks } = check(`network n {\n  ${layers.split('; ').join('\n  ')}\n}\n${data}`);
  const network = networks[0]?.network;
  if (network === undefined) throw new Error(`Not sound: ${layers}`);
  return network;
}

/** The lines that create modules and those that compute. */
function linesOf(layers: string): string[] {
  return modelSource(networkOf(layers))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('self._add(') || /^(x\d* = |return x)/.test(line))
    .filter((line) => !/normal|sums|factors|variance/.test(line));
}

test.each<[string, readonly string[]]>([
  [
    'input 4; hidden: repeat 2 { dense 6 tanh }; dense 1 bias=false',
    [
      'self._add("dense", "hidden[1]", nn.Linear(4, 6))',
      'self._add("dense", "hidden[2]", nn.Linear(6, 6))',
      'self._add("dense", "dense3", nn.Linear(6, 1, bias=False))',
      'x = torch.tanh(layers["hidden[1]"](x))  # 6',
      'x = torch.tanh(layers["hidden[2]"](x))  # 6',
      'x = layers["dense3"](x)  # 1',
      'return x',
    ],
  ],
  [
    'input 3x8x8; conv 4 3x1 relu stride=2x1; globalpool; dense 2',
    [
      'self._add("conv", "conv1", nn.Conv2d(3, 4, (3, 1), stride=(2, 1)))',
      'self._add("dense", "dense1", nn.Linear(4, 2))',
      'x = torch.relu(layers["conv1"](x))  # 4 x 3 x 8',
      'x = x.mean(dim=(2, 3))  # 4',
      'x = layers["dense1"](x)  # 2',
      'return x',
    ],
  ],
  [
    'input 9x3; conv 5 3; maxpool 2; lstm 4; dense 2',
    [
      'self._add("conv", "conv1", nn.Conv1d(3, 5, 3))',
      'self._add("lstm", "lstm1", nn.LSTM(5, 4, batch_first=True))',
      'self._add("dense", "dense1", nn.Linear(4, 2))',
      'x = layers["conv1"](x.transpose(1, 2)).transpose(1, 2)  # 7 x 5',
      'x = F.max_pool1d(x.transpose(1, 2), 2, stride=2).transpose(1, 2)  # 3 x 5',
      'x = layers["lstm1"](x)[0][:, -1]  # 4',
      'x = layers["dense1"](x)  # 2',
      'return x',
    ],
  ],
  [
    // What a later layer takes once more has a name of its own.
    'input 4; residual { dense 8 elu(alpha=0.5); dense 4 }; first: dense 4; dense 4; concat first; dense 1',
    [
      'self._add("dense", "dense1", nn.Linear(4, 8))',
      'self._add("dense", "dense2", nn.Linear(8, 4))',
      'self._add("dense", "first", nn.Linear(4, 4))',
      'self._add("dense", "dense4", nn.Linear(4, 4))',
      'self._add("dense", "dense5", nn.Linear(8, 1))',
      'x = F.elu(layers["dense1"](x0), 0.5)  # 8',
      'x = layers["dense2"](x)  # 4',
      'x = x + x0  # 4',
      'x4 = layers["first"](x)  # 4',
      'x = layers["dense4"](x4)  # 4',
      'x = torch.cat((x, x4), dim=-1)  # 8',
      'x = layers["dense5"](x)  # 1',
      'return x',
    ],
  ],
])('%s', (layers, lines) => {
  expect(linesOf(layers)).toEqual(lines);
});

test('classes of ours are written only where they are used', () => {
  const plain = modelSource(networkOf('input 4; dense 1'));
  expect(plain.match(/^class \w+/gm)).toEqual(['class Model']);
  const dropped = modelSource(networkOf('input 4; dropout 0.5; rmsnorm; dense 1'));
  expect(dropped.match(/^class \w+/gm)).toEqual(['class Dropout', 'class RMSNorm', 'class Model']);
  expect(dropped).toContain('self._add("dropout", "dropout1", Dropout(0.5, seed=5, layer=0))');
});
