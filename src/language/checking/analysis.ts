/** What a check has found out about one network. */
import type { DataFacts } from '../dataFacts.ts';
import type { CheckedNetwork, DataSettings, Layer, NetworkInput, Shape, TrainSettings } from '../network.ts';
import type { Guesses } from '../shapes.ts';
import type { NetworkStatement, Span } from '../syntax.ts';
import { layerOf, type LayerStep } from './steps.ts';

/** What is known about a network, complete or not: for hints, hovers and advice. */
export interface NetworkAnalysis {
  readonly statement: NetworkStatement;
  readonly input: NetworkInput | undefined;
  /** Those of lines with a mistake left out. */
  readonly layers: readonly Layer[];
  /** Those of which a mistake in front makes a guess, with their shapes and parameters. */
  readonly guessed: Guesses;
  /** Whether the last line has its layer. */
  readonly ended: boolean;
  readonly outputShape: Shape | undefined;
  readonly data: DataSettings | undefined;
  readonly train: TrainSettings | undefined;
  /** What its files say, as far as they could be read. */
  readonly dataFacts: DataFacts | undefined;
  readonly network: CheckedNetwork | undefined;
  /** Whether there is a `network`; asking for it takes longer than asking for this. */
  readonly trainable: boolean;
  /** How many `layers` there are, without making them. */
  readonly layerCount: number;
  /** The layers of lines within the span: in a long network less work than to ask for all. */
  layersIn(span: Span): readonly Layer[];
}

/** What an analysis is made of: its layers have no places yet. */
export interface Findings extends Omit<
  NetworkAnalysis,
  'layers' | 'layerCount' | 'layersIn' | 'network' | 'trainable'
> {
  readonly steps: readonly LayerStep[];
  /** What can be trained; undefined where an error keeps it from that. */
  readonly checked: Omit<CheckedNetwork, 'layers'> | undefined;
}

/** The analysis of a network where it was checked; its layers are made when they are asked for. */
export class PlacedAnalysis implements NetworkAnalysis {
  readonly statement: NetworkStatement;
  readonly input: NetworkInput | undefined;
  readonly guessed: Guesses;
  readonly ended: boolean;
  readonly outputShape: Shape | undefined;
  readonly data: DataSettings | undefined;
  readonly train: TrainSettings | undefined;
  readonly dataFacts: DataFacts | undefined;
  private readonly steps: readonly LayerStep[];
  private readonly checked: Findings['checked'];
  private readonly made: { layers?: readonly Layer[]; network?: CheckedNetwork } = {};

  constructor(findings: Findings) {
    this.statement = findings.statement;
    this.input = findings.input;
    this.guessed = findings.guessed;
    this.ended = findings.ended;
    this.outputShape = findings.outputShape;
    this.data = findings.data;
    this.train = findings.train;
    this.dataFacts = findings.dataFacts;
    this.steps = findings.steps;
    this.checked = findings.checked;
  }

  get trainable(): boolean {
    return this.checked !== undefined;
  }

  get layerCount(): number {
    return this.steps.length;
  }

  get layers(): readonly Layer[] {
    this.made.layers ??= this.steps.map(layerOf);
    return this.made.layers;
  }

  get network(): CheckedNetwork | undefined {
    if (!this.checked) return undefined;
    this.made.network ??= { ...this.checked, layers: this.layers };
    return this.made.network;
  }

  layersIn({ from, to }: Span): readonly Layer[] {
    return this.steps.filter(({ prepared: { line } }) => from <= line.from && line.to <= to).map(layerOf);
  }
}
