/** `model.py`: the network as an `nn.Module`. */
import type { CheckedNetwork, Shape } from '../../language/network.ts';
import { helperClasses, type HelperClass } from './helperClasses.ts';
import { pythonLayer } from './layers.ts';
import { pythonString } from './python.ts';

/** The module's source. Its `state_dict` has the names of vgnet's weights. */
export function modelSource(network: CheckedNetwork): string {
  const layers = network.layers.map((layer) => ({ layer, python: pythonLayer(layer, network) }));
  const variables = variablesOf(network);
  const created = layers.flatMap(({ layer, python }) =>
    python.module === undefined
      ? []
      : [`        self._add("${layer.kind}", ${pythonString(layer.name)}, ${python.module})`],
  );
  const computed = layers.map(({ layer, python }, index) => {
    const inputs = layer.inputs.map((from) => variables.get(from)!);
    return `        ${variables.get(index)!} = ${python.output(inputs)}  # ${shapeOf(layer.outputShape)}`;
  });
  const used = new Set(layers.flatMap(({ python }) => python.helper ?? []));
  const helpers = (Object.keys(helperClasses) as HelperClass[]).filter((name) => used.has(name));
  const imports = [
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    ...helpers.flatMap((name) => helperClasses[name].imports),
  ];
  const result = variables.get(network.layers.length - 1)!;
  const first = variables.get(-1)!;
  return `${[
    `"""${network.name}: ${shapeOf(network.input.shape)} to ${shapeOf(network.outputShape)}, ${network.parameters.toLocaleString('en-US')} parameters. Written by vgnet."""`,
    ...imports,
    ...helpers.flatMap((name) => ['', '', helperClasses[name].source]),
    '',
    '',
    modelHead,
    ...created,
    '',
    modelNames,
    '',
    `    def forward(self, ${first}):`,
    `        """A batch of ${shapeOf(network.input.shape)} to one of ${shapeOf(network.outputShape)}."""`,
    '        layers = self.layers',
    ...computed,
    `        return ${result}`,
  ].join('\n')}\n`;
}

const modelHead = `class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = {}
        self.kinds = {}`;

const modelNames = `    def _add(self, kind, name, layer):
        """Registers a layer under its name in the .vgnet file; a point in it stands for a module inside a module."""
        *groups, own = name.split(".")
        parent = self
        for group in groups:
            parent = parent._modules.setdefault(group, nn.Module())
        # Not by add_module, which refuses names such as "train" or "double".
        parent._modules[own] = layer
        self.layers[name] = layer
        self.kinds[name] = kind`;

/**
 * The Python name of every layer's output, by its position (−1 is the network's input): `x` all along, but a name of its
 * own for what a later layer takes once more.
 */
function variablesOf({ layers }: CheckedNetwork): ReadonlyMap<number, string> {
  const lastUse = new Map<number, number>();
  for (const { index, inputs } of layers) for (const from of inputs) lastUse.set(from, index);
  const positions = [-1, ...layers.map(({ index }) => index)];
  return new Map(
    positions.map((from) => [from, (lastUse.get(from) ?? from + 1) > from + 1 ? `x${from + 1}` : 'x']),
  );
}

function shapeOf(shape: Shape): string {
  return shape.join(' x ');
}
