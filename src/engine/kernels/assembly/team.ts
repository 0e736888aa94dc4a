/**
 * Several threads on one program: one leads, the others help. All run the same loop over the same operations, each on its own
 * share, and meet at barriers. They speak through a control block in shared memory:
 *
 *    0 number of the current job     4 sums of arrivals at barriers   8 number of the current barrier
 *   12 helpers that are ready        16 threads asleep                20 threads of this job
 *   24 bytes of a number             28 program, operations, table, steps
 *   44 samples of a block, scratch memory, scratch bytes of a thread, whether judging
 *   60 whether the run diverged      64 clipping factor (float64)
 */
import { Context } from './context';

const jobNumber: usize = 0;
const arrivals: usize = 4;
const barrierNumber: usize = 8;
const ready: usize = 12;
const asleep: usize = 16;
const threadCount: usize = 20;
const width: usize = 24;
const firstArgument: usize = 28;
const settings: usize = 44;
const divergedFlag: usize = 60;
const factor: usize = 64;

/**
 * Looks at a changing number before a thread goes to sleep: some sixty microseconds, longer than it takes to wake one. With fewer,
 * two threads that once slept go on waking each other: by the time that the one is awake, the other sleeps at the next barrier.
 */
const spins: i32 = 200_000;
/** The same for the next job, some two milliseconds: it comes as soon as the leader has taken away the last one's rows. */
const jobSpins: i32 = 6_000_000;

/** Address of the control block; 0 where one thread is alone. */
let control: usize = 0;
/** The last barrier that this thread passed. */
let passed: i32 = 0;

/** Waits until the number at `place` is not `old` any more. */
function waitForChange(place: usize, old: i32, looks: i32): void {
  for (let look = 0; look < looks; look++) {
    if (atomic.load<i32>(place) != old) return;
  }
  atomic.add<i32>(control + asleep, 1);
  while (atomic.load<i32>(place) == old) atomic.wait<i32>(place, old, -1);
  atomic.sub<i32>(control + asleep, 1);
}

/** Wakes whoever sleeps at `place`. */
function wake(place: usize): void {
  if (atomic.load<i32>(control + asleep) > 0) atomic.notify(place, -1);
}

/** Goes on once all threads are here. What any of them wrote before, all see afterwards. */
export function barrier(): void {
  if (Context.threads == 1) return;
  const number = passed;
  if (atomic.add<i32>(control + arrivals, 1) == Context.threads - 1) {
    atomic.store<i32>(control + arrivals, 0);
    atomic.store<i32>(control + barrierNumber, number + 1);
    wake(control + barrierNumber);
  } else {
    waitForChange(control + barrierNumber, number, spins);
  }
  passed = number + 1;
}

/** Tells all threads the factor that one of them found. */
export function shareClipFactor(value: f64): void {
  if (Context.threads > 1) store<f64>(control + factor, value);
  Context.clipFactor = value;
}

/** The factor that `shareClipFactor` told, after a barrier. */
export function takeClipFactor(): void {
  if (Context.threads > 1) Context.clipFactor = load<f64>(control + factor);
}

/** Tells all threads whether the run diverged. */
export function shareDivergence(): void {
  if (Context.threads > 1) store<i32>(control + divergedFlag, <i32>Context.diverged);
}

/** Whether the thread that records said so, after a barrier. */
export function takeDivergence(): void {
  if (Context.threads > 1) Context.diverged = load<i32>(control + divergedFlag) != 0;
}

/** This thread leads a team of `threads` for the job that follows; alone where that is 1. */
export function lead(block: usize, threads: i32, bytes: i32, program: usize, operations: i32, table: usize, steps: i32): void {
  Context.thread = 0;
  Context.threads = threads;
  if (threads == 1) return;
  control = block;
  store<i32>(block + threadCount, threads);
  store<i32>(block + width, bytes);
  store<u32>(block + firstArgument, <u32>program);
  store<i32>(block + firstArgument, operations, 4);
  store<u32>(block + firstArgument, <u32>table, 8);
  store<i32>(block + firstArgument, steps, 12);
  store<i32>(block + settings, Context.blockSamples);
  store<u32>(block + settings, <u32>Context.scratch, 4);
  store<u32>(block + settings, <u32>Context.scratchBytes, 8);
  store<i32>(block + settings, <i32>Context.evaluating, 12);
  passed = atomic.load<i32>(block + barrierNumber);
  atomic.add<i32>(block + jobNumber, 1);
  wake(block + jobNumber);
}

/** This thread is number `thread` of the team at a control block and waits for its first job. */
export function join(block: usize, thread: i32): i32 {
  control = block;
  Context.thread = thread;
  const job = atomic.load<i32>(block + jobNumber);
  atomic.add<i32>(block + ready, 1);
  return job;
}

/** Waits for the job after number `last`; sets what the leader set. */
export function waitForJob(last: i32): void {
  waitForChange(control + jobNumber, last, jobSpins);
  passed = atomic.load<i32>(control + barrierNumber);
  Context.threads = load<i32>(control + threadCount);
  Context.blockSamples = load<i32>(control + settings);
  Context.scratchBytes = <usize>load<u32>(control + settings, 8);
  Context.scratch = <usize>load<u32>(control + settings, 4) + <usize>Context.thread * Context.scratchBytes;
  Context.evaluating = load<i32>(control + settings, 12) != 0;
}

/** Bytes of a number in the current job, and its `index`-th argument. */
export function jobWidth(): i32 {
  return load<i32>(control + width);
}

export function jobArgument(index: i32): i32 {
  return load<i32>(control + firstArgument + (<usize>index << 2));
}
