/** The papers that cures are from. */
import type { Source } from './fix.ts';

export const glorot2010: Source = {
  title: 'Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks',
  url: 'https://proceedings.mlr.press/v9/glorot10a.html',
};

export const he2015: Source = {
  title: 'He et al. 2015, Delving deep into rectifiers',
  url: 'https://arxiv.org/abs/1502.01852',
};

export const residual2015: Source = {
  title: 'He et al. 2015, Deep residual learning for image recognition',
  url: 'https://arxiv.org/abs/1512.03385',
};

export const klambauer2017: Source = {
  title: 'Klambauer et al. 2017, Self-normalizing neural networks',
  url: 'https://arxiv.org/abs/1706.02515',
};

export const saxe2013: Source = {
  title:
    'Saxe et al. 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
  url: 'https://arxiv.org/abs/1312.6120',
};

export const ba2016: Source = {
  title: 'Ba et al. 2016, Layer normalization',
  url: 'https://arxiv.org/abs/1607.06450',
};

export const ioffe2015: Source = {
  title: 'Ioffe & Szegedy 2015, Batch normalization',
  url: 'https://arxiv.org/abs/1502.03167',
};

export const kingma2014: Source = {
  title: 'Kingma & Ba 2014, Adam: a method for stochastic optimization',
  url: 'https://arxiv.org/abs/1412.6980',
};

export const pascanu2013: Source = {
  title: 'Pascanu et al. 2013, On the difficulty of training recurrent neural networks',
  url: 'https://proceedings.mlr.press/v28/pascanu13.html',
};

export const bengio2012: Source = {
  title: 'Bengio 2012, Practical recommendations for gradient-based training of deep architectures',
  url: 'https://arxiv.org/abs/1206.5533',
};

export const maas2013: Source = {
  title: 'Maas et al. 2013, Rectifier nonlinearities improve neural network acoustic models',
  url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
};

export const lu2020: Source = {
  title: 'Lu et al. 2020, Dying ReLU and initialization',
  url: 'https://arxiv.org/abs/1903.06733',
};

export const hochreiter1997: Source = {
  title: 'Hochreiter & Schmidhuber 1997, Long short-term memory',
  url: 'https://doi.org/10.1162/neco.1997.9.8.1735',
};

export const cho2014: Source = {
  title: 'Cho et al. 2014, Learning phrase representations using RNN encoder-decoder',
  url: 'https://arxiv.org/abs/1406.1078',
};

export const ieee754: Source = {
  title: 'IEEE 754-2019, Standard for floating-point arithmetic',
  url: 'https://doi.org/10.1109/IEEESTD.2019.8766229',
};

export const bridle1990: Source = {
  title: 'Bridle 1990, Probabilistic interpretation of feedforward classification network outputs',
  url: 'https://doi.org/10.1007/978-3-642-76153-9_28',
};
