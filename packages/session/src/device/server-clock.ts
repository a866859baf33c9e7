import type { Instant } from '@holdfast/protocol';

/** How the session server's clock stands to this device's own (H07). */
export interface ServerClock {
  /** An echo: asked and answered on the device's clock, with the server's instant in between. */
  learn(askedAtMs: number, serverNowMs: Instant, answeredAtMs: number): void;
  /** An instant of this device on the estimated server clock. Before the first echo: unchanged. */
  toServer(deviceMs: number): Instant;
}

interface Echo {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

/** Ten seconds of heartbeats: long enough for one quick echo, short enough to follow a clock that drifts. */
const KEPT_ECHOES = 20;
/** Rounding and drift of the kept echoes together are far below this. */
const SLACK_MS = 50;

/** Wherever on its way an echo lost its time, it is wrong by half of it at most: further apart, and a clock has jumped. */
const agree = (a: Echo, b: Echo): boolean =>
  Math.abs(a.offsetMs - b.offsetMs) <= (a.roundTripMs + b.roundTripMs) / 2 + SLACK_MS;

/** The quickest of the latest echoes says most: its way there and back leaves the least room for doubt. */
export function createServerClock(): ServerClock {
  let echoes: readonly Echo[] = [];
  let offsetMs = 0;
  /** How the clocks stood before this device slept (its clock stands still meanwhile), each until an instant of its own. */
  const before: { readonly untilMs: number; readonly offsetMs: number }[] = [];
  return {
    learn(askedAtMs, serverNowMs, answeredAtMs) {
      const roundTripMs = answeredAtMs - askedAtMs;
      if (roundTripMs < 0) return;
      const echo = { roundTripMs, offsetMs: serverNowMs - (askedAtMs + answeredAtMs) / 2 };
      if (!echoes.every((known) => agree(known, echo))) {
        // What was seen before it slept does not become younger: a proof of life least of all.
        if (echo.offsetMs > offsetMs) before.push({ untilMs: answeredAtMs, offsetMs });
        echoes = [];
      }
      echoes = [...echoes, echo].slice(-KEPT_ECHOES);
      offsetMs = echoes.reduce((best, next) => (next.roundTripMs < best.roundTripMs ? next : best)).offsetMs;
    },
    toServer(deviceMs) {
      const stood = before.find(({ untilMs }) => deviceMs <= untilMs) ?? { offsetMs };
      return Math.max(0, Math.round(deviceMs + stood.offsetMs));
    },
  };
}
