/** Why the recursion does not apply; the message completes "cannot be predicted, because …". */
export class NotPredictable extends Error {}
