/** Texts that the suites open. */

const training = (steps: number): string => `
data moons { samples = 200, noise = 0.1, seed = 7 }

train {
  loss      = bce_with_logits
  optimizer = sgd(lr=0.5, momentum=0.9)
  batch     = 32
  steps     = ${steps}
  seed      = 1
}
`;

/** Eight sigmoid layers, whose gradients vanish, and the cure. */
export const sigmoidAndRelu = `network deep_sigmoid {
  input 2
  hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform }
  output: dense 1
}

network deep_relu {
  input 2
  hidden: repeat 8 { dense 16 relu init=kaiming_normal }
  output: dense 1
}
${training(200)}`;

/** A run that goes on until somebody stops it. */
export const endless = `network endless {
  input 2
  first: dense 64 tanh
  second: dense 64 tanh
  output: dense 1
}
${training(100_000_000)}`;
