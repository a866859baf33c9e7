import type { Clock, JoinedSession } from '@holdfast/session';
import type { DeviceWithoutPage } from '@holdfast/session/practice';
import { diceOf, drawn } from './dice.js';
import { offered } from './press.js';
import type { Deed, Habit, Part, Step } from './script.js';

/** A screen also changes by time alone. */
const LOOK_EVERY_MS = 500;
/** A press that is refused again and again is given up. */
const MOST_PRESSES = 200;

export interface PlayedOptions {
  readonly device: DeviceWithoutPage;
  readonly part: Pick<Part, 'habits' | 'steps'>;
  readonly clock: Clock;
  /** The same seed draws the same times (rule K24). */
  readonly seed: number;
}

interface Drawn extends Step {
  readonly waitsMs: number;
  readonly lastsMs: number;
}

/** One person who is played: looks at their own screen, and does what habit and script say. They know nothing else. */
export class PlayedPerson {
  readonly #session: JoinedSession;
  readonly #device: DeviceWithoutPage;
  readonly #clock: Clock;
  readonly #steps: Drawn[];
  readonly #cancels = new Set<() => void>();
  #habits: Habits;
  #isWaiting = false;
  #isGone = false;

  constructor({ device, part, clock, seed }: PlayedOptions) {
    this.#device = device;
    this.#session = device.session;
    this.#clock = clock;
    // Drawn beforehand: what the other side does moves no time.
    const roll = diceOf(seed);
    this.#steps = part.steps.map((step) => ({
      ...step,
      waitsMs: drawn(roll, step.afterMs),
      lastsMs: step.does.kind === 'drop' ? drawn(roll, step.does.forMs) : 0,
    }));
    this.#habits = new Habits(part.habits, seed);
    this.#session.on('view', () => this.#look());
    this.#cancels.add(clock.every(LOOK_EVERY_MS, () => this.#look()));
    this.#look();
  }

  /** Does nothing of the script any more, and these things instead. */
  change(habits: readonly Habit[], seed: number): void {
    this.#steps.length = 0;
    this.#habits = new Habits(habits, seed);
    this.#device.air.heal();
  }

  async leave(): Promise<void> {
    if (!this.#isGone && this.#session.view.stage !== 'closed') await this.#session.leave();
    this.end();
  }

  /** Without a word: the session is over, or this process ends. */
  end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const cancel of this.#cancels) cancel();
    this.#session.dispose();
  }

  #look(): void {
    if (this.#isGone || this.#session.view.stage === 'closed') return;
    this.#goOn();
    const { air } = this.#device;
    // Who has no line sees an old screen.
    if (!air.isLineUp) return;
    this.#habits.look(
      ({ press }) => this.#isOffered(press),
      ({ press }, afterMs, done) =>
        this.#after(afterMs, () => {
          done();
          this.#press(press);
        }),
    );
  }

  /** The script: one step after the other. */
  #goOn(): void {
    const [step] = this.#steps;
    if (step === undefined || this.#isWaiting || !step.when.includes(this.#session.view.stage)) return;
    if (step.does.kind === 'press' && !this.#isOffered(step.does.press)) return;
    this.#isWaiting = true;
    this.#after(step.waitsMs, () => {
      this.#isWaiting = false;
      if (this.#steps[0] !== step) return;
      if (step.does.kind === 'press' && !this.#isOffered(step.does.press)) return;
      this.#steps.shift();
      this.#do(step.does, step.lastsMs);
    });
  }

  #do(deed: Deed, lastsMs: number): void {
    switch (deed.kind) {
      case 'drop':
        return this.#drop(deed.line, lastsMs);
      case 'signal':
        return void this.#session.signalDiscreetly();
      case 'leave':
        return void this.leave();
      case 'exit':
        this.#isGone = true;
        for (const cancel of this.#cancels) cancel();
        return this.#session.exit();
      case 'press':
        return this.#press(deed.press);
    }
  }

  #drop(line: boolean, lastsMs: number): void {
    this.#isWaiting = true;
    this.#device.air.cut({ line });
    this.#after(lastsMs, () => {
      this.#isWaiting = false;
      this.#device.air.heal();
    });
  }

  #isOffered(press: Habit['press']): boolean {
    return offered(this.#session.view, press, this.#session.nowMs()) !== null;
  }

  #press(press: Habit['press']): void {
    const pressed = offered(this.#session.view, press, this.#session.nowMs());
    if (pressed !== null) void this.#session.send(pressed.command, pressed.personal).catch(() => {});
  }

  #after(delayMs: number, call: () => void): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      if (!this.#isGone) call();
    });
    this.#cancels.add(cancel);
  }
}

/** Each habit waits by itself: whoever rings does not keep the person from answering. */
class Habits {
  readonly #kept: { readonly habit: Habit; readonly roll: () => number; isBusy: boolean; presses: number }[];

  constructor(habits: readonly Habit[], seed: number) {
    this.#kept = habits.map((habit, index) => ({
      habit,
      roll: diceOf(seed + 7919 * (index + 1)),
      isBusy: false,
      presses: 0,
    }));
  }

  /** Of each that is offered and does not wait yet. Its time is drawn only then: a look that finds nothing moves nothing. */
  look(
    isOffered: (habit: Habit) => boolean,
    begin: (habit: Habit, afterMs: number, done: () => void) => void,
  ): void {
    for (const kept of this.#kept) {
      if (kept.isBusy || kept.presses >= MOST_PRESSES || !isOffered(kept.habit)) continue;
      kept.isBusy = true;
      kept.presses += 1;
      begin(kept.habit, drawn(kept.roll, kept.habit.afterMs), () => (kept.isBusy = false));
    }
  }
}
