/** Whole networks and blocks to begin with, offered where a statement of the file begins. */

/** A piece of text with places to fill in: `${1:16}` in the notation of editors, a tab for each step of indentation. */
export interface Snippet {
  /** What it is found by: the statement that it begins with, and what it is. */
  readonly label: string;
  readonly summary: string;
  readonly body: string;
  /** Of a network: the data and the training that suit it, for the file that has none. */
  readonly settings?: string;
}

export const snippets: readonly Snippet[] = [
  {
    label: 'network: deep classifier',
    summary: 'A network, its data, its training: ready to analyze.',
    body: `network \${1:deep} {
\tinput 2
\thidden: repeat \${2:8} { dense \${3:16} \${4|sigmoid,tanh,relu,leaky_relu,gelu,silu|} }
\toutput: dense 1
}`,
    settings: `data moons { samples = 1000, noise = 0.1 }

train {
\tloss = bce_with_logits
\toptimizer = sgd(lr=\${5:0.1}, momentum=0.9)
\tsteps = 500
}`,
  },
  {
    label: 'network: convolutional (cnn)',
    summary: 'A small convolutional network on handwritten digits.',
    body: `network \${1:convolutional} {
\tinput 1x8x8
\tconv \${2:16} 3 relu padding=1 init=kaiming_normal
\tmaxpool 2
\tconv \${3:32} 3 relu padding=1 init=kaiming_normal
\tglobalpool
\toutput: dense 10
}`,
    settings: `data digits {}

train {
\tloss = cross_entropy
\toptimizer = adam(lr=0.001)
\tepochs = 5
}`,
  },
  {
    label: 'network: residual (resnet)',
    summary: 'Deep residual blocks on handwritten digits.',
    body: `network \${1:residual_network} {
\tinput 64
\tdense \${2:32} relu init=kaiming_normal
\tblock: repeat \${3:8} {
\t\tresidual {
\t\t\tdense \${2:32} relu init=kaiming_normal
\t\t\tdense \${2:32}
\t\t}
\t}
\toutput: dense 10
}`,
    settings: `data digits {}

train {
\tloss = cross_entropy
\toptimizer = adam(lr=0.001)
\tsteps = 500
}`,
  },
  {
    label: 'network: recurrent (rnn)',
    summary: 'A recurrent network on the adding task.',
    body: `network \${1:through_time} {
\tinput \${2:50}x2
\t\${3|rnn,lstm,gru|} \${4:32}
\toutput: dense 1
}`,
    settings: `data adding { samples = 2000 }

train {
\tloss = mse
\toptimizer = adam(lr=0.001)
\tsteps = 500
}`,
  },
  {
    label: 'network: transformer',
    summary: 'Self-attention on the copy task.',
    body: `network \${1:transformer} {
\tinput 20 vocab=10
\tembedding 10 \${2:32}
\tposition
\tblock: repeat \${3:2} {
\t\tresidual { layernorm; attention \${4:4} }
\t\tresidual { layernorm; dense 64 gelu; dense \${2:32} }
\t}
\tlayernorm
\toutput: dense 9
}`,
    settings: `data copy { samples = 1000, classes = 8 }

train {
\tloss = cross_entropy
\toptimizer = adam(lr=0.001)
\tsteps = 500
}`,
  },
  {
    label: 'data: table from a file (csv)',
    summary: 'Data from a CSV file beside this one.',
    body: `data csv { path = "\${1:file.csv}", target = \${2:column}, normalize = standard }`,
  },
  {
    label: 'train: with an optimizer',
    summary: 'How the networks are trained.',
    body: `train {
\tloss = \${1|bce_with_logits,cross_entropy,mse,mae,huber,bce,hinge|}
\toptimizer = \${2|sgd(lr=0.1\\, momentum=0.9),adam(lr=0.001),adamw(lr=0.001)|}
\tbatch = \${3:32}
\tsteps = \${4:500}
}`,
  },
];

/** The text of a snippet in a file: where that has data or training already, a network brings its own in its block. */
export function snippetText({ body, settings }: Snippet, hasSettings: boolean): string {
  if (settings === undefined) return body;
  if (!hasSettings) return `${body}\n\n${settings}`;
  const inner = settings.replaceAll(/^(?=.)/gm, '\t');
  return `${body.slice(0, -1)}\n${inner}\n}`;
}

/** What stands there when every place keeps its proposal, or the first of its choices. */
export function expandSnippet(body: string): string {
  return body
    .replaceAll(/\$\{\d+\|((?:\\,|[^|,])*)[^|]*\|\}/g, (_, first: string) => first.replaceAll('\\,', ','))
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll('$0', '');
}
