/** Numbers by which a program in memory names its operations, read by both the planner and the kernels. */

/** Where an operation runs: over blocks of samples, over parts of the parameters, or in one thread. A change of phase is a barrier. */
export const phaseRows = 0;
export const phaseParameters = 1;
export const phaseUpdate = 2;
export const phaseSingle = 3;
/** Like `phaseParameters`, split by columns, for what others go on from. */
export const phaseColumns = 4;
/** Products split by columns, each behind a barrier of its own, since it reads what others of the same phase wrote. */
export const phaseProduct = 5;

export const codeGather = 1;
export const codeMultiply = 2;
export const codeMultiplyError = 3;
export const codeWeightGradient = 4;
export const codeActivation = 5;
export const codeActivationError = 6;
export const codeSoftmax = 7;
export const codeSoftmaxError = 8;
export const codeLoss = 9;
export const codeValueStatistics = 10;
export const codeErrorStatistics = 11;
export const codeGradientStatistics = 12;
export const codeClipNorm = 13;
export const codeUpdate = 14;
export const codeRecordLayer = 15;
export const codeRecordLoss = 16;
export const codeSaturation = 17;
export const codeAddValues = 18;
export const codePassError = 19;
export const codeCopyColumns = 20;
export const codeFlatten = 21;
export const codeUnflatten = 22;
export const codeDropoutMask = 23;
export const codeMultiplyEntries = 24;
export const codeBatchNormalise = 25;
export const codeBatchNormaliseError = 26;
export const codeRowNormalise = 27;
export const codeRowNormaliseError = 28;
export const codeRowNormaliseGradient = 29;
export const codeMaximumPool = 30;
export const codeMaximumPoolError = 31;
export const codeAveragePool = 32;
export const codeAveragePoolError = 33;
export const codeGlobalPool = 34;
export const codeGlobalPoolError = 35;
export const codeConvolve = 36;
export const codeConvolveError = 37;
export const codeConvolutionGradient = 38;
export const codeRecurrent = 39;
export const codeRecurrentError = 40;
export const codeRecurrentGradient = 41;
export const codeTransposeWeights = 42;
export const codeRecordTimeErrors = 43;
export const codeEmbed = 44;
export const codeEmbedGradient = 45;
export const codeAddPositions = 46;
export const codePositionGradient = 47;
export const codeAttend = 48;
export const codeAttendError = 49;
export const codeAddBlocks = 50;

/** Bytes of one operation's record: code, phase, 30 whole numbers, 16 float64 numbers. */
export const operationBytes = 256;
/** Bytes of a step's entry in the table of steps. */
export const stepBytes = 48;
/** Bytes of one block's or one part's sums, eight float64 numbers. */
export const sumsBytes = 64;
/** Bytes of a tile of errors of a convolution's windows, unless four windows are more: it should stay in the second-level cache. */
export const windowTileBytes = 131_072;
/** Bytes to a multiple of which a thread's frames of a convolution are rounded up. */
export const frameAlignment = 64;
/** Bytes of the block through which threads meet. */
export const controlBytes = 128;
/** Threads at most: as many as there are blocks of sums. */
export const mostThreads = 8;
