import type { Effect, Fact } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Desk } from '../authority/desk.js';
import type { EffectJob } from '../store/store.js';
import { within } from '../within.js';
import type { Recorder, RecordingRequest } from './recorder.js';

/** Longest time for one try. */
const TRY_WITHIN_MS = 10_000;

/** What the recorder is to do. */
export type RecordingEffect = Extract<Effect, { kind: 'startRecording' | 'stopRecording' }>;

/** Whether this is for the recorder. */
export const isRecording = (effect: Effect): effect is RecordingEffect =>
  effect.kind === 'startRecording' || effect.kind === 'stopRecording';

/**
 * Hands what the session decided to the host's recorder, one after the other for each session: an end never overtakes
 * its beginning, and a beginning that is not wanted any more is left out (E15, H06).
 */
export class RecordingJobs {
  readonly #recorder: Recorder | null;
  readonly #clock: Clock;
  readonly #last = new Map<string, Promise<boolean>>();
  /** Beginnings that are on their way: an end waits for none. */
  readonly #starting = new Map<string, AbortController>();

  constructor(recorder: Recorder | null, clock: Clock) {
    this.#recorder = recorder;
    this.#clock = clock;
  }

  /** One try, after those before it. False: it failed. */
  async perform(desk: Desk, job: EffectJob, effect: RecordingEffect): Promise<boolean> {
    const name = `${desk.key.tenant}/${desk.key.session}`;
    if (effect.kind === 'stopRecording') this.#starting.get(name)?.abort();
    const before = this.#last.get(name) ?? Promise.resolve(true);
    const tried = before.then(() => this.#try(name, desk, job, effect));
    this.#last.set(name, tried);
    const isDone = await tried;
    if (this.#last.get(name) === tried) this.#last.delete(name);
    return isDone;
  }

  async #try(name: string, desk: Desk, { id }: EffectJob, effect: RecordingEffect): Promise<boolean> {
    const recorder = this.#recorder;
    if (recorder === null) return false;
    const isStart = effect.kind === 'startRecording';
    if (isStart && !isWanted(desk, effect.take)) return true;
    const request = requestOf(desk, id, effect);
    const stop = new AbortController();
    if (isStart) this.#starting.set(name, stop);
    try {
      await within(this.#clock, TRY_WITHIN_MS, (late) =>
        isStart
          ? unless(stop.signal, (signal) => recorder.start(request, signal), late)
          : recorder.stop(request, late),
      );
      return true;
    } catch {
      return false;
    } finally {
      this.#starting.delete(name);
    }
  }
}

/** Does the work, unless it is called off before it is done. */
function unless(
  off: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  late: AbortSignal,
): Promise<void> {
  const calledOff = new Promise<never>((_, reject) => {
    off.addEventListener('abort', () => reject(new Error('called off')), { once: true });
  });
  return Promise.race([work(AbortSignal.any([off, late])), calledOff]);
}

/** What the session says now, stored or not: a grant that was taken back meanwhile counts at once. */
function isWanted({ live }: Desk, take: number): boolean {
  const chart = live.latest.charts['recording:session'];
  return chart?.value === 'running' && (chart.context as { readonly take?: number }).take === take;
}

function requestOf(desk: Desk, id: string, { take, atMs }: RecordingEffect): RecordingRequest {
  const { session } = desk.live;
  const { recording } = session.policy;
  return {
    ...desk.key,
    id,
    take,
    atMs,
    room: desk.room,
    drill: session.drill,
    recordingPolicy: recording.mode === 'twoGrants' ? recording.policy : null,
  };
}

/** What came of it, for the session. A beginning that is not wanted any more did not begin: its end says so. */
export const factOf = ({ kind, take }: RecordingEffect, isDone: boolean): Fact => {
  if (!isDone) return { type: 'recording.failed', take, what: kind === 'startRecording' ? 'start' : 'stop' };
  return { type: kind === 'startRecording' ? 'recording.started' : 'recording.stopped', take };
};
