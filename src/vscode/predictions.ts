import type * as vscode from 'vscode';
import type { PredictedLayer, Prediction } from '../analysis/prediction.ts';
import { mergeThresholds } from '../analysis/thresholds.ts';
import type { CheckedNetwork, NetworkOutcome } from '../language/network.ts';
import type { WhatIfAnswer, WhatIfChanges } from '../protocol/worker.ts';
import type { Predictions } from '../runs/predictions.ts';
import { predictionLens } from '../analysis/predictionLens.ts';
import type { Documents } from './documents.ts';
import { predicts, userThresholds } from './settings.ts';

/** A deeper network would keep the thread busy for longer than anybody waits. */
const mostLayers = 2000;

/** Predictions for the networks of documents, where the setting allows them. */
export class DocumentPredictions {
  private readonly documents: Documents;
  private readonly predictions: Predictions;

  constructor(documents: Documents, predictions: Predictions) {
    this.documents = documents;
    this.predictions = predictions;
  }

  get onDidPredict(): Predictions['onDidPredict'] {
    return this.predictions.onDidPredict;
  }

  /** Predicts what the document says now. */
  follow(document: vscode.TextDocument): void {
    if (!predicts(document.uri)) return this.cancel(document);
    const { networks } = this.documents.check(document);
    this.predictions.want(
      document.uri.toString(),
      networks.flatMap((outcome) => predictable(outcome) ?? []),
    );
  }

  /** The text is changing: what is being computed for it is of no use any more. */
  cancel(document: vscode.TextDocument): void {
    this.predictions.want(document.uri.toString(), []);
  }

  /** What is predicted for each layer; undefined as long as nothing is. */
  layers(document: vscode.TextDocument, outcome: NetworkOutcome): readonly PredictedLayer[] | undefined {
    const prediction = this.of(document, outcome);
    return prediction?.type === 'predicted' ? prediction.layers : undefined;
  }

  /** What is predicted for the network, in a few words. */
  words(document: vscode.TextDocument, outcome: NetworkOutcome): string | undefined {
    const prediction = this.of(document, outcome);
    if (prediction === undefined || outcome.network === undefined) return undefined;
    return predictionLens(prediction, mergeThresholds(outcome.network.analyze, userThresholds(document.uri)));
  }

  /** What other activations or initialisers of a layer would do, as far as it is known within `patience` milliseconds. */
  async whatIf(
    document: vscode.TextDocument,
    line: number,
    changes: WhatIfChanges,
    patience: number,
  ): Promise<readonly WhatIfAnswer[]> {
    const found = predicts(document.uri) ? this.documents.layerAt(document, line) : undefined;
    if (found === undefined) return [];
    const { network, layer } = found;
    const answers = this.predictions.whatIf(document.uri.toString(), network, layer.index, changes);
    const tooLate = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience));
    return (await Promise.race([answers, tooLate])) ?? [];
  }

  private of(document: vscode.TextDocument, outcome: NetworkOutcome): Prediction | undefined {
    const network = predicts(document.uri) ? predictable(outcome) : undefined;
    return network && this.predictions.of(network);
  }
}

/** The network, if it is one that can be predicted; one that is too long is not even asked for. */
function predictable(outcome: NetworkOutcome): CheckedNetwork | undefined {
  return outcome.layerCount > mostLayers ? undefined : outcome.network;
}
