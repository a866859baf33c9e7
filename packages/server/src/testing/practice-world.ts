import { drillPolicy, RedeemAnswer, type AuditEvent, type Effect } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Session } from '@holdfast/session/authority';
import { joinWithoutPage, type DeviceWithoutPage } from '@holdfast/session/practice';
import type { Alert } from '../alerts/alert.js';
import { redeem } from '../edge/http-edge.js';
import { diceOf } from '../practice/dice.js';
import { PlayedPerson } from '../practice/played-person.js';
import type { PracticeRoom, PracticeRoomOptions } from '../practice/practice-options.js';
import { filled } from '../practice/press.js';
import { CLIENT, PRACTITIONER } from '../practice/scripts.js';
import type { Part } from '../practice/script.js';
import { assemble, type Assembled } from '../session-server.js';
import { memoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { fakeSink } from './fake-sink.js';
import { fakeVideoServer } from './fake-video-server.js';

/** What the one who practises does: never comes; only opens the link; all that is asked; anything that can be pressed. */
export type Conduct = 'absent' | 'idle' | 'wellMeant' | 'anything';

/** A practice room on virtual time, with somebody who practises in it. */
export interface PracticeWorld extends Assembled {
  /** As the host got it. */
  readonly room: PracticeRoom;
  /** The device of the one who practises; null while they have not come. */
  readonly me: () => DeviceWithoutPage | null;
  /** Every call of what leads outside: alerts, their tests, the video server. Never any. */
  readonly outside: () => readonly string[];
  /** The record so far. */
  readonly events: readonly AuditEvent[];
  /** What `step` asked for in the world so far. */
  readonly effects: readonly Effect[];
  /** As it is now. */
  readonly session: () => Session;
  /** Ends the session server, and the device of the one who practises. */
  readonly close: () => Promise<void>;
}

const BASE_PATH = '/holdfast';
const ACT_EVERY_MS = 1000;

/** Everything with fakes; the host's alerts and video server only say that they were called. */
export async function practiceWorld(
  clock: Clock,
  options: PracticeRoomOptions,
  conduct: Conduct,
): Promise<PracticeWorld> {
  const outside: string[] = [];
  const effects: Effect[] = [];
  const sink = fakeSink();
  const video = fakeVideoServer();
  const assembled = await assemble({
    joinUrl: 'https://app.example/session',
    store: listening(effects),
    sinks: [sink],
    alerts: [tellTale(outside)],
    video,
    policy: { ...drillPolicy, transports: ['fake'] },
    vaultKey: new Uint8Array(32),
    clock,
  });
  const { server, authority, openLine } = assembled;
  const room = await server.createPracticeRoom({ id: 'room', ...options });
  const seed = room.seed + 1;
  const roll = diceOf(seed);
  let me: DeviceWithoutPage | null = null;
  const come = async (): Promise<void> => {
    me = await joinWithoutPage({
      link: room.link,
      clock,
      sends: ['audio', 'video'],
      newId: () => `me-${Math.floor(roll() * 2 ** 32)}-${Math.floor(roll() * 2 ** 32)}`,
      wire: {
        openSocket: openLine,
        redeem: async (request) => {
          const { status, body } = await redeem(request, { authority, basePath: BASE_PATH }, true);
          return { ok: status === 200, body: status === 200 ? RedeemAnswer.parse(body) : body };
        },
        beacon: (message) => void authority.admission.takeBeacon(message),
      },
    });
    behave(me, conduct, clock, seed);
  };
  if (conduct !== 'absent') clock.after(100, () => void come());
  const desk = await authority.desks.find({ tenant: 'default', session: room.session });
  return {
    ...assembled,
    room,
    me: () => me,
    outside: () => [...outside, ...video.calls.map(({ call }) => call)],
    effects,
    events: sink.events,
    session: () => {
      if (desk === null) throw new Error('the room was made');
      return desk.live.latest;
    },
    close: async () => {
      me?.session.dispose();
      await server.close();
    },
  };
}

function behave(device: DeviceWithoutPage, conduct: Conduct, clock: Clock, seed: number): void {
  const { role } = device.session.view;
  if (conduct === 'anything') return pressAnything(device, clock, diceOf(seed));
  if (conduct !== 'wellMeant') return;
  const part: Pick<Part, 'habits' | 'steps'> = {
    habits: role === 'client' ? CLIENT : PRACTITIONER,
    steps:
      role === 'client'
        ? []
        : [
            {
              when: ['live'],
              afterMs: [95_000, 100_000],
              does: { kind: 'press', press: { type: 'session.end' } },
            },
          ],
  };
  new PlayedPerson({ device, part, clock, seed });
}

/** Presses whatever the screen offers, loses the line, comes back. */
function pressAnything({ session, air }: DeviceWithoutPage, clock: Clock, roll: () => number): void {
  const cancel = clock.every(ACT_EVERY_MS, () => {
    const { view } = session;
    if (view.stage === 'closed' || view.stage === 'left') return cancel();
    const chance = roll();
    const pick = roll();
    if (chance < 0.02) return air.cut({ line: roll() < 0.5 });
    if (chance < 0.12) return air.heal();
    if (chance < 0.4) return;
    const open = [...view.tasks.filter(({ urgency }) => urgency !== 'done'), ...view.reports];
    const choices = open.flatMap((task) =>
      task.choices.map((choice) => filled(task, choice, session.nowMs())),
    );
    const actions = view.actions.map(({ command }) => ({ command, personal: undefined }));
    const [chosen] = [...choices, ...actions].slice(Math.floor(pick * (choices.length + actions.length)));
    if (chosen !== undefined) void session.send(chosen.command, chosen.personal);
  });
}

function listening(effects: Effect[]): Store {
  const store = memoryStore();
  return {
    ...store,
    commit: async (change) => {
      const result = await store.commit(change);
      if (result === 'committed') effects.push(...change.effects.map(({ effect }) => effect));
      return result;
    },
  };
}

const tellTale = (outside: string[]): Alert => ({
  name: 'pager',
  send: async ({ kind }) => void outside.push(kind),
  test: async () => void outside.push('test'),
  close: async () => {},
});
