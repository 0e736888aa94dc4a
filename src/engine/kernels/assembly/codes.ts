/** Numbers by which a program in memory names its operations, read by both the planner and the kernels. */

/** Where an operation runs: over blocks of samples, over parts of the parameters, or in one thread. A change of phase is a barrier. */
export const phaseRows = 0;
export const phaseParameters = 1;
export const phaseUpdate = 2;
export const phaseSingle = 3;

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

/** Bytes of one operation's record: code, phase, 30 whole numbers, 16 float64 numbers. */
export const operationBytes = 256;
/** Bytes of a step's entry in the table of steps. */
export const stepBytes = 48;
/** Bytes of one block's or one part's sums, eight float64 numbers. */
export const sumsBytes = 64;
