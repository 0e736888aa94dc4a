/**
 * One run of one network: what was asked, what was recorded, what it means, and where its layers stand in the text now.
 * Everything that shows a run reads it here; the web view and the thread can vanish at any time.
 */
import { judge } from '../analysis/judge.ts';
import type { PredictedLayer } from '../analysis/prediction.ts';
import type { Finding, Thresholds, Verdict } from '../analysis/verdict.ts';
import { Recorder } from '../engine/recorder.ts';
import type { RecordedLayer, Recording, RunResult } from '../engine/recording.ts';
import type { CheckedNetwork } from '../language/network.ts';
import type { Span } from '../language/syntax.ts';
import type { RunHeader, RunState } from '../protocol/view.ts';
import type { RowsMessage, RunFailure } from '../protocol/worker.ts';
import { Anchors, type TextChange } from './anchors.ts';
import type { ShownRun } from './shownRun.ts';
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
  readonly startedAt: number;
}

/** What changed with an event: nothing to show, more rows, or what the run is. */
export type SessionChange = 'rows' | 'state';

/** What `restore` puts back. */
export type PastState = Pick<
  Session,
  'state' | 'plannedSteps' | 'thresholds' | 'result' | 'failure' | 'recording' | 'notes'
>;

/** The `network` line, a layer line by its 1-based line in the text that was analyzed, or a `repeat` by its own. */
export type Place = 'network' | `layer ${number}` | `repeat ${number}`;

export class Session implements ShownRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly anchors: Anchors<Place>;
  state: RunState = 'running';
  plannedSteps = 0;
  result: RunResult | undefined;
  verdict: Verdict | undefined;
  findings: readonly Finding[] = [];
  /** Why it failed or was cut short, in words, with the 1-based line it belongs to in the text that was analyzed. */
  failure: RunFailure | undefined;
  thresholds: Thresholds;
  /** What a person should know about the data although it is no error. */
  notes: readonly string[] = [];
  /** The file's text is another one now. */
  stale = false;
  private recorder: Recorder | undefined;
  /** What a run that came back from storage had recorded. */
  private restored: Recording | undefined;

  constructor(id: string, request: RunRequest) {
    this.id = id;
    this.request = request;
    this.thresholds = request.thresholds;
    this.anchors = new Anchors(places(request));
  }

  get network(): CheckedNetwork {
    return this.request.network;
  }

  /** What was recorded so far; undefined before the thread has begun. */
  get recording(): Recording | undefined {
    return this.recorder ?? this.restored;
  }

  /** Steps recorded so far. */
  get steps(): number {
    const last = this.recording?.rows.steps.at(-1);
    return last === undefined ? 0 : last + 1;
  }

  /** Loss of the last recorded step. */
  get loss(): number | undefined {
    return this.recording?.rows.loss.at(-1);
  }

  /** Takes what the thread says. */
  receive(event: JobEvent): SessionChange | undefined {
    if (this.state !== 'running') return undefined;
    switch (event.type) {
      case 'started':
        this.begin(event.layers, event.steps);
        this.notes = event.notes;
        return 'state';
      case 'rows':
        this.record(event);
        return 'rows';
      case 'finished':
        this.finish(event.result);
        return 'state';
      case 'failed':
        this.fail(event.failure);
        return 'state';
      case 'terminated':
        this.state = 'stopped';
        return 'state';
      case 'died':
        this.fail({
          rule: 'internal',
          message: `The training thread ended unexpectedly (${event.reason}). What was recorded until then is kept.`,
          line: this.network.line,
        });
        return 'state';
      default:
        throw new Error(`Unknown event of a training thread: ${JSON.stringify(event satisfies never)}`);
    }
  }

  /** Judges anew, with other thresholds. */
  judgeBy(thresholds: Thresholds): void {
    this.thresholds = thresholds;
    if (this.recording === undefined || this.result === undefined) return;
    const judgement = judge(this.recording, this.result, this.network, thresholds);
    this.verdict = judgement.verdict;
    this.findings = judgement.findings;
  }

  /** Puts it back into the state that it had in an earlier window. */
  restore(past: PastState): void {
    this.state = past.state;
    this.plannedSteps = past.plannedSteps;
    this.result = past.result;
    this.failure = past.failure;
    this.notes = past.notes;
    this.restored = past.recording;
    this.judgeBy(past.thresholds);
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
      thresholds: this.thresholds,
      prediction: this.request.prediction,
      result: this.result,
      verdict: this.verdict,
      findings: this.findings,
      failure: this.failure?.message,
    };
  }

  private begin(layers: readonly RecordedLayer[], steps: number): void {
    this.recorder = new Recorder(layers);
    this.plannedSteps = steps;
  }

  private record(message: RowsMessage): void {
    if (this.recorder === undefined) throw new Error(`Rows came before the run ${this.id} began`);
    this.recorder.add(message.rows, message.histograms);
  }

  private finish(result: RunResult): void {
    this.state = result.end;
    this.result = result;
    this.judgeBy(this.thresholds);
  }
}

function* places({ header, network }: RunRequest): Iterable<[Place, Span]> {
  yield ['network', header];
  for (const { line, span, repeat } of network.layers) {
    yield [`layer ${line}`, span];
    if (repeat !== undefined) yield [`repeat ${repeat.line}`, repeat.span];
  }
}
