/**
 * Every number that a verdict turns on, with where it comes from. A person's own numbers (`threshold`, `explode`,
 * `ratio`) are in `Thresholds`; these are the ones that nobody is asked for.
 *
 * "Corpus" means: chosen so that the labelled networks of `test/corpus` are told apart with the widest margin; the
 * measured confusion is in `docs/verdicts.md`.
 */
export const limits = {
  /**
   * Share of the constant answer's loss that must be gone before a network counts as learning. Corpus: stalled networks
   * end within 0.01 of the constant answer, the slowest healthy one (14 tanh layers on circles) below 0.80 of it.
   */
  learningProgress: 0.05,
  /** Share of the constant answer's loss that is gone when a task counts as solved. Corpus. */
  solvedProgress: 0.5,
  /** Fall of the loss over the second half of a run, in shares of the constant answer's loss, that counts as still falling. Corpus. */
  fallingShare: 0.005,
  /** Multiple of the constant answer's loss below which a network whose loss has halved and still falls counts as learning. Corpus. */
  withinReach: 10,
  /** How many standard errors a trend of the loss must exceed. The usual three-sigma rule. */
  trendErrors: 3,
  /** A loss above this many times the worse of its start and the constant answer got worse instead of better. */
  worseFactor: 2,
  /** Share of a layer's own size below which all steps of a run together leave what it computes as it was. */
  moved: 0.01,
  /** Factor by which a layer's parameters must shrink over a run before it is said: no training of weights that matter does that. */
  shrunkWeights: 1000,
  /** Shortest run whose loss can be judged at all. Below it, the noise of single batches cannot be told from a trend. */
  shortestRun: 20,

  /** Loss of signal per layer, as a factor, below which a slope over depth is no decay. 1.1 to the 20th power is 6.7. Corpus. */
  decayPerLayer: 1.1,
  /** Confidence of the slope's interval: Student's t at 95 %, two-sided. */
  slopeConfidence: 0.95,
  /** Largest quotient between two layers of a profile that counts as flat. Glorot & Bengio 2010 (fig. 7) call a tenfold range of errors ordinary. */
  flatFactor: 10,
  /** Growth of the largest norm over a run whose loss got worse that counts as an explosion. Corpus. */
  explodedOverRun: 100,
  /** Progress below which a network that still vanishes at the end is called vanishing though its last layers learn something. Corpus. */
  partProgress: 0.2,
  /** Share of its largest value to which every layer's norm must have fallen in a converged network. TheDeepChecker (ICSE 2022) uses no such gate and calls its clean network vanishing. Corpus. */
  convergedFall: 1e-2,

  /** Share of dead units in one layer that blocks learning: all of them. Sparse is not dead (Glorot, Bordes & Bengio 2011, section 3). */
  deadLayerShare: 1,
  /**
   * A layer that was narrow to begin with, at most four units alive, and of which two or fewer are left, half of it dead, is
   * blamed like a dead one where nothing is learned and gradients lie below the threshold: narrow layers are where rectifiers die (Lu et al. 2020). Corpus: tells
   * eight layers of 5 units with weights of 0.05, which AUTOTRAINER calls dying, from thirty layers of 64 that merely stall.
   */
  strangledUnits: 2,
  narrowUnits: 4,
  /** Share of dead units in one layer that is worth a finding where nothing is learned: Lu et al. 2020 call a layer dying where half of it is off. */
  deadUnitsShare: 0.5,
  /** The same where the network learns: sparse layers are ordinary, almost empty ones are not. */
  deadUnitsWorthSaying: 0.8,
  /** Share of saturated pre-activations in one layer that is worth a finding. Corpus; Glorot & Bengio 2010, section 3.1, show the top sigmoid layer beyond it. */
  saturatedShare: 0.5,

  /**
   * Norms below this share of what the layers could get at most, the output's error times the network's input, count as
   * small where they are flat: the same thousandth as the default of `ratio`. Corpus: 1e-4 in the chain of weights of 0.1,
   * above 1e-2 in healthy networks, where only the averaging over the batch is lost.
   */
  lostShare: 1e-3,
  /** Share of a layer's gradient entries that must be lost to a precision before underflow is said. Micikevicius et al. 2018 (fig. 3) lose 31 % of a healthy network's to fp16 without scaling. */
  underflowShare: 0.5,
  /** A norm below this, in the layers that are not zero, shows that entries run out of float32's range (2^−126 = 1.2e-38) and not into a dead or saturated unit. */
  underflowNeighbour: 1e-20,
  /** Factor by which losses are scaled for fp16: PyTorch's `GradScaler` begins with 2^16. */
  lossScaleExponent: 16,
} as const;
