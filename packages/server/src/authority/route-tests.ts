import type { Code, Instant, RouteOutcome } from '@holdfast/protocol';
import { stateName, type Session } from '@holdfast/session/authority';
import type { Clock } from '@holdfast/session';
import type { Alert } from '../alerts/alert.js';
import { within } from '../within.js';
import type { Desk } from './desk.js';
import { outsideOf, type Outside } from './outside.js';

/** Longest time for one test. */
const TEST_WITHIN_MS = 10_000;
/** Sessions that begin together share a test: a receiver is not flooded by them. */
const SHARED_FOR_MS = 2000;
/** How often a route that was not reached is tested again, while somebody still waits for the session to begin. */
export const TEST_AGAIN_EVERY_MS = 30_000;

/** Before a session is live it can still be stopped, or begun with the duty line at hand. */
const BEFORE_LIVE: readonly string[] = ['gathering', 'settingUp'];

interface Tested {
  readonly route: Code;
  readonly outcome: RouteOutcome;
  readonly asOfMs: Instant;
}
type RouteContext = { readonly tests?: readonly Tested[] };

export interface RouteTestsOptions extends Outside {
  readonly clock: Clock;
  readonly nowMs: () => Instant;
  readonly onProblem: () => void;
}

/**
 * Tests the routes by which alerts leave: when a session is made, when its client is let in, and again while a route is not
 * reached and the session is not live (rule I16; A17, A21, D11, H22). It alerts nobody, and no step waits for it.
 */
export class RouteTests {
  readonly #options: RouteTestsOptions;
  readonly #shared = new Map<
    readonly Alert[],
    { readonly atMs: Instant; readonly tested: Promise<readonly Tested[]> }
  >();
  readonly #running = new WeakSet<Desk>();

  constructor(options: RouteTestsOptions) {
    this.#options = options;
  }

  /** Tests every route and states what came of each in this session, with its instant. Returns at once. */
  begin(desk: Desk): void {
    void this.#state(desk, true).catch(() => this.#options.onProblem());
  }

  /** Sessions that wait for a route: tested again; only what is new is stated. */
  look(desks: Iterable<Desk>): void {
    for (const desk of desks) {
      if (!desk.live.record.isOpen || !this.#waits(desk.live.latest)) continue;
      void this.#state(desk, false).catch(() => this.#options.onProblem());
    }
  }

  async #state(desk: Desk, isFirst: boolean): Promise<void> {
    if (this.#running.has(desk)) return;
    this.#running.add(desk);
    try {
      const known = testsOf(desk.live.latest);
      const tested = await this.#test(outsideOf(this.#options, desk.live.latest).alerts);
      const isNew = ({ route, outcome }: Tested): boolean =>
        known.find((one) => one.route === route)?.outcome !== outcome;
      // What was reached goes first: a dead route beside it shuts no gate, not even for a moment.
      for (const one of inOrder(tested)) {
        if (!desk.live.record.isOpen) return;
        if (isFirst || isNew(one)) await desk.state({ type: 'route.tested', ...one });
      }
    } finally {
      this.#running.delete(desk);
    }
  }

  #test(alerts: readonly Alert[]): Promise<readonly Tested[]> {
    const atMs = this.#options.nowMs();
    const shared = this.#shared.get(alerts);
    if (shared !== undefined && atMs - shared.atMs < SHARED_FOR_MS) return shared.tested;
    const tested = Promise.all(alerts.map((alert) => this.#testOne(alert)));
    this.#shared.set(alerts, { atMs, tested });
    return tested;
  }

  async #testOne(alert: Alert): Promise<Tested> {
    const { clock, nowMs } = this.#options;
    const test = alert.test?.bind(alert);
    const outcome = test === undefined ? 'untested' : await outcomeOf(within(clock, TEST_WITHIN_MS, test));
    return { route: alert.name, outcome, asOfMs: nowMs() };
  }

  #waits(session: Session): boolean {
    const stage = stateName(session.charts['lifecycle:session']?.value ?? 'none');
    const known = testsOf(session);
    return (
      BEFORE_LIVE.includes(stage) &&
      outsideOf(this.#options, session).alerts.some(
        ({ name }) => known.find(({ route }) => route === name)?.outcome !== 'reached',
      )
    );
  }
}

const testsOf = (session: Session): readonly Tested[] =>
  (session.charts['route:session']?.context as RouteContext | undefined)?.tests ?? [];

const inOrder = (tested: readonly Tested[]): readonly Tested[] =>
  tested.toSorted((a, b) => Number(b.outcome === 'reached') - Number(a.outcome === 'reached'));

const outcomeOf = (test: Promise<void>): Promise<RouteOutcome> =>
  test.then(
    () => 'reached' as const,
    () => 'failed' as const,
  );
