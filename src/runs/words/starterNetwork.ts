/** What a new file begins with: a network that can be analyzed at once, and shows something. */
export const starterNetwork = `# Eight sigmoid layers: analyze the gradients and see what reaches the first ones.
network first {
  input 2
  hidden: repeat 8 { dense 16 sigmoid init=xavier_uniform }
  output: dense 1
}

data moons { samples = 1000, noise = 0.1, seed = 7 }

train {
  loss      = bce_with_logits
  optimizer = sgd(lr=0.5, momentum=0.9)
  batch     = 32
  steps     = 500
  seed      = 1
}
`;
