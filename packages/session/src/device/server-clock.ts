import type { Instant } from '@holdfast/protocol';

/** How the session server's clock stands to this device's own (H07). */
export interface ServerClock {
  /** An echo: asked and answered on the device's clock, with the server's instant in between. */
  learn(askedAtMs: number, serverNowMs: Instant, answeredAtMs: number): void;
  /** An instant of this device on the estimated server clock. Before the first echo: unchanged. */
  toServer(deviceMs: number): Instant;
  /** Forgets what was learned: the line is new, or the device slept. */
  reset(): void;
}

/** Ten seconds of heartbeats: long enough for one quick echo, short enough to follow a clock that jumped. */
const KEPT_ECHOES = 20;

/** The quickest of the latest echoes says most: its way there and back leaves the least room for doubt. */
export function createServerClock(): ServerClock {
  let echoes: { readonly roundTripMs: number; readonly offsetMs: number }[] = [];
  let offsetMs = 0;
  return {
    learn(askedAtMs, serverNowMs, answeredAtMs) {
      const roundTripMs = answeredAtMs - askedAtMs;
      if (roundTripMs < 0) return;
      echoes = [...echoes, { roundTripMs, offsetMs: serverNowMs - (askedAtMs + answeredAtMs) / 2 }].slice(
        -KEPT_ECHOES,
      );
      offsetMs = echoes.reduce((best, echo) => (echo.roundTripMs < best.roundTripMs ? echo : best)).offsetMs;
    },
    toServer: (deviceMs) => Math.max(0, Math.round(deviceMs + offsetMs)),
    reset() {
      echoes = [];
    },
  };
}
