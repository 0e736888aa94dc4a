/**
 * One analysis of one network: what was asked, the training of each seed, what they mean together, and where the layers stand in
 * the text now. Everything that shows a run reads it here; the web view and the threads can vanish at any time.
 */
import { judgeOverSeeds, type VerdictCounts } from '../analysis/overSeeds.ts';
import type { PredictedLayer } from '../analysis/prediction.ts';
import type { Finding, Thresholds, Verdict } from '../analysis/verdict.ts';
import type { Recording, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { Span } from '../language/syntax.ts';
import type { RunHeader, RunState } from '../protocol/view.ts';
import type { RunFailure } from '../protocol/worker.ts';
import { Anchors, type TextChange } from './anchors.ts';
import type { ShownRun } from './shownRun.ts';
import { trialsOf, type PastTrial, type Trial } from './trial.ts';
import type { JobEvent } from './workerPool.ts';

/** What is known when a run is asked for. */
export interface RunRequest {
  /** URI of the `.vgnet` file. */
  readonly file: string;
  /** The text as it was. */
  readonly text: string;
  readonly network: CheckedNetwork;
  /** The word `network` and the name. */
  readonly header: Span;
  readonly thresholds: Thresholds;
  readonly prediction: readonly PredictedLayer[] | undefined;
  /** Trained so often, from the network's seed and those that follow it. */
  readonly seeds: number;
  readonly startedAt: number;
}

/**
 * What changed with an event: more rows of the trial that is shown, mere progress of another one, a further trial that has ended
 * (and with the last of them the run), or what the run is.
 */
export type SessionChange = 'rows' | 'progress' | 'seed' | 'state';

/** How far the trials are. */
export interface SeedProgress {
  /** Trials that have ended. */
  readonly ended: number;
  /** Steps of all trials, done and planned. */
  readonly steps: number;
  readonly planned: number;
  /** The first trial that is still training, or the last one. */
  readonly current: Trial;
}

/** The `network` line, a layer line by its 1-based line in the text that was analyzed, or a `repeat` by its own. */
export type Place = 'network' | `layer ${number}` | `repeat ${number}`;

export class Session implements ShownRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly anchors: Anchors<Place>;
  /** One a seed. */
  readonly trials: readonly Trial[];
  state: RunState = 'running';
  verdict: Verdict | undefined;
  /** How often each verdict came up; undefined for a single seed. */
  verdicts: VerdictCounts | undefined;
  findings: readonly Finding[] = [];
  /** Why it failed or was cut short, in words, with the 1-based line it belongs to in the text that was analyzed. */
  failure: RunFailure | undefined;
  /** The file's text is another one now. */
  stale = false;
  /** Position of the trial whose measurements are shown: the first one, or in the end the one that the verdict speaks of. */
  private shown = 0;

  constructor(id: string, request: RunRequest) {
    this.id = id;
    this.request = request;
    this.trials = trialsOf(request.network, request.thresholds, request.seeds);
    this.anchors = new Anchors(places(request));
  }

  get network(): CheckedNetwork {
    return this.request.network;
  }

  get thresholds(): Thresholds {
    return this.trial.thresholds;
  }

  /** What was recorded so far; undefined before the thread has begun. */
  get recording(): Recording | undefined {
    return this.trial.recording;
  }

  get result(): RunResult | undefined {
    return this.trial.result;
  }

  get plannedSteps(): number {
    return this.trial.plannedSteps;
  }

  /** What a person should know about the data although it is no error. */
  get notes(): readonly string[] {
    return this.trial.notes;
  }

  /** Steps recorded so far. */
  get steps(): number {
    return this.trial.steps;
  }

  /** Loss of the last recorded step. */
  get loss(): number | undefined {
    return this.recording?.rows.loss.at(-1);
  }

  get progress(): SeedProgress {
    const { trials } = this;
    const planned = Math.max(...trials.map(({ plannedSteps }) => plannedSteps));
    return {
      ended: trials.filter(isOver).length,
      // What a trial that diverged leaves undone is not waited for.
      steps: trials.reduce((sum, trial) => sum + (isOver(trial) ? planned : trial.steps), 0),
      planned: planned * trials.length,
      current: trials.find((trial) => !isOver(trial)) ?? this.trial,
    };
  }

  /** What the trials besides the one that is shown have recorded, as far as they have ended. */
  otherSeeds(): readonly Recording[] {
    const others = this.trials.filter((trial) => trial !== this.trial && isOver(trial));
    return others.flatMap(({ recording }) => recording ?? []);
  }

  /** Takes what the thread of a trial says. */
  receive(event: JobEvent, position = 0): SessionChange | undefined {
    const trial = this.trials[position];
    if (trial === undefined) throw new Error(`The run ${this.id} has no trial ${position}`);
    if (this.state !== 'running') return undefined;
    const change = trial.receive(event);
    const isShown = trial === this.trial;
    if (change === undefined) return undefined;
    if (change === 'rows') return isShown ? 'rows' : 'progress';
    this.settle();
    if (isShown) return 'state';
    return isOver(trial) ? 'seed' : 'progress';
  }

  /** Judges anew, with other thresholds. */
  judgeBy(thresholds: Thresholds): void {
    for (const trial of this.trials) trial.judgeBy(thresholds);
    if (this.state !== 'running') this.judgeTogether();
  }

  /** Puts it back into the state that it had in an earlier window; what was still going on is over. */
  restore(trials: readonly PastTrial[]): void {
    for (const [position, trial] of this.trials.entries()) {
      const past = trials[position];
      if (past !== undefined) trial.restore(past);
      if (!isOver(trial)) trial.state = 'stopped';
    }
    this.settle();
  }

  /** Ends it as failed; what was recorded stays. */
  fail(failure: RunFailure): void {
    this.state = 'failed';
    this.failure = failure;
  }

  /** Follows an edit of the file; `before` is the text that it changes. */
  follow(before: string, change: TextChange): void {
    this.anchors.follow(before, change);
  }

  /** All that the view is told besides the rows. */
  header(): RunHeader {
    return {
      id: this.id,
      network: this.network.name,
      file: this.request.file,
      startedAt: this.request.startedAt,
      state: this.state,
      stale: this.stale,
      plannedSteps: this.plannedSteps,
      layers: this.recording?.layers ?? [],
      hasText: true,
      thresholds: this.thresholds,
      prediction: this.request.prediction,
      result: this.result,
      verdict: this.verdict,
      findings: this.findings,
      failure: this.failure?.message,
      seeds: this.trials.length === 1 ? undefined : this.seedsHeader(),
      notes: this.notes,
    };
  }

  private seedsHeader(): RunHeader['seeds'] {
    const { ended, steps, planned } = this.progress;
    const seed = this.trial.network.train.seed;
    return {
      planned: this.trials.length,
      ended,
      shown: seed,
      verdicts: this.verdicts,
      steps,
      plannedSteps: planned,
    };
  }

  private get trial(): Trial {
    const trial = this.trials[this.shown];
    if (trial === undefined) throw new Error(`The run ${this.id} has no trial ${this.shown}`);
    return trial;
  }

  /** Ends the run where its trials have ended, or where what is wrong with one is wrong with all. */
  private settle(): void {
    const failed = this.trials.find(({ failure }) => failure !== undefined && failure.rule !== 'internal');
    if (failed?.failure !== undefined) return this.fail(failed.failure);
    if (!this.trials.every(isOver)) return;
    const states = this.trials.map(({ state }) => state);
    const [first] = this.trials;
    // A seed that was stopped, diverged or lost its thread does not undo the others.
    this.state = endStates.find((state) => states.includes(state)) ?? 'failed';
    if (this.state === 'failed') this.failure = first?.failure;
    this.judgeTogether();
  }

  private judgeTogether(): void {
    const judged = judgedTrials(this.trials);
    if (judged.length === 0) return;
    const together = judgeOverSeeds(judged.map(({ judgement }) => judgement));
    this.verdict = together.verdict;
    this.verdicts = this.trials.length === 1 ? undefined : together.verdicts;
    this.findings = together.findings;
    this.shown = judged[together.leading]?.position ?? 0;
  }
}

/** What a run over several seeds is called that has ended so or so. */
const endStates: readonly RunState[] = ['stopped', 'completed', 'diverged'];

function isOver({ state }: Trial): boolean {
  return state !== 'running';
}

/** The trials that speak: those that ended by themselves, or, where none did, those that were stopped. */
function judgedTrials(
  trials: readonly Trial[],
): { position: number; judgement: NonNullable<Trial['judgement']> }[] {
  const judged = trials.flatMap(({ judgement, state }, position) =>
    judgement === undefined ? [] : [{ position, judgement, state }],
  );
  const whole = judged.filter(({ state }) => state !== 'stopped');
  return whole.length > 0 ? whole : judged;
}

function* places({ header, network }: RunRequest): Iterable<[Place, Span]> {
  yield ['network', header];
  for (const { line, span, repeat } of network.layers) {
    yield [`layer ${line}`, span];
    if (repeat !== undefined) yield [`repeat ${repeat.line}`, repeat.span];
  }
}
