import { CallOutcome, Disposition, drillPolicy, type Command, type EventKind } from '@holdfast/protocol';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '@holdfast/session/testing';
import { describe, expect, test } from 'vitest';
import { wrong, wrongNow } from '../properties/invariants.js';
import { dice, SimulatedDevice } from './simulated-devices.js';

const BEAT_MS = 500;
const client = CLIENT;

interface World {
  readonly walk: Walk;
  readonly roll: () => number;
  readonly devices: Readonly<Record<string, SimulatedDevice>>;
  /** How likely a person who is asked answers within one beat; 0: they never do. */
  readonly diligence: Readonly<Record<string, number>>;
}

function pick<T>(world: World, from: readonly T[]): T {
  const [found] = from.slice(Math.floor(world.roll() * from.length));
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** The network, the machines and the weather: cuts, crashes, a session server that is started again. */
function disturb(world: World): void {
  const { walk, roll, devices } = world;
  const device = devices[pick(world, [PRACTITIONER, CLIENT])];
  if (device === undefined) return;
  const chance = roll();
  if (chance < 0.004) device.links.isMediaUp = !device.links.isMediaUp;
  else if (chance < 0.007) device.links.isLineUp = !device.links.isLineUp;
  else if (chance < 0.009) device.links.isRunning = !device.links.isRunning;
  else if (chance < 0.02) Object.assign(device.links, { isMediaUp: true, isLineUp: true, isRunning: true });
  else if (chance < 0.0205) {
    for (const known of Object.values(devices)) known.forgetLine();
    walk.state({ type: 'server.started', unwatchedMs: 0 });
  } else if (chance < 0.0212) walk.say(pick(world, [PRACTITIONER, DUTY[0]]), { type: 'risk.raise', client });
  else if (chance < 0.0216) walk.say(PRACTITIONER, { type: 'risk.lower', client, reason: 'reassessed' });
  else if (chance < 0.0222) walk.say(CLIENT, { type: 'help.ask', client });
}

/** What the person who is asked may answer, as their screen would offer it. */
function answersOf(world: World): readonly Command[] {
  const { parts, context } = world.walk.run;
  const run = context.run ?? '';
  const contact = world.walk.value(`contact:${client}`);
  const common: Command[] = [{ type: 'help.answer', client }];
  if (contact === 'byPhone')
    common.push(
      { type: 'call.stillTogether', client },
      { type: 'call.cut', client },
      { type: 'call.moveToVideo', client },
    );
  if (parts === null) return common;
  if (parts.phoning === 'attempting') {
    common.push({
      type: 'ladder.recordCall',
      client,
      run,
      attempt: context.attempt,
      outcome: pick(world, CallOutcome.options),
    });
  }
  if (parts.word === 'awaited') common.push({ type: 'ladder.confirmTogether', client, run });
  if (['undecided', 'waiting'].includes(parts.deciding)) {
    common.push({
      type: 'ladder.decide',
      client,
      run,
      decision: pick(world, ['ringEmergencyContact', 'ringEmergencyServices', 'ringClientAgain']),
    });
    common.push({ type: 'ladder.standDown', client, run });
  }
  if (['acting', 'settling'].includes(parts.deciding)) {
    common.push({
      type: 'ladder.recordAct',
      client,
      run,
      outcome: pick(world, ['reached', 'notReached', 'notDone']),
    });
    common.push({ type: 'ladder.dispose', client, run, disposition: pick(world, Disposition.options) });
  }
  return common;
}

function live(world: World): void {
  const { walk, roll, diligence } = world;
  for (const person of [PRACTITIONER, ...DUTY]) {
    const isAway = person === PRACTITIONER && !(world.devices[PRACTITIONER]?.links.isRunning ?? false);
    if (isAway || roll() > (diligence[person] ?? 0)) continue;
    const own = Object.keys(walk.session.charts).filter(
      (key) =>
        key.startsWith('alert:') &&
        key.endsWith(`.${person}`) &&
        ['sent', 'acknowledged', 'unanswered'].includes(walk.value(key as `alert:${string}`)),
    );
    const alert = own[0]?.slice('alert:'.length);
    if (alert !== undefined)
      walk.say(person, { type: pick(world, ['alert.acknowledge', 'alert.accept'] as const), alert });
    else walk.say(person, pick(world, answersOf(world)));
  }
}

/** Half an hour under the drill policy, everything at once. */
function simulate(seed: number, diligence: World['diligence']): Walk {
  const walk = aLiveSession({ policy: drillPolicy, drill: true });
  const world: World = {
    walk,
    roll: dice(seed),
    devices: {
      [PRACTITIONER]: new SimulatedDevice(PRACTITIONER, walk.nowMs),
      [CLIENT]: new SimulatedDevice(CLIENT, walk.nowMs),
    },
    diligence,
  };
  const [one, two] = [world.devices[PRACTITIONER], world.devices[CLIENT]] as const;
  const untilMs = walk.nowMs + 30 * 60_000;
  while (walk.nowMs < untilMs && one !== undefined && two !== undefined) {
    walk.by(BEAT_MS);
    disturb(world);
    one.beat(walk, two);
    two.beat(walk, one);
    live(world);
    const found = wrongNow(walk);
    if (found !== null) throw new Error(`seed ${seed} at ${walk.nowMs}: ${found}`);
  }
  return walk;
}

const PEOPLE: Readonly<Record<string, World['diligence']>> = {
  'people who act': { [PRACTITIONER]: 0.1, [DUTY[0]]: 0.1, [DUTY[1]]: 0.05 },
  'a practitioner who does not answer': { [DUTY[0]]: 0.02, [DUTY[1]]: 0.02 },
  nobody: {},
};

/** What must be seen at work, so that the invariants are not about nothing. */
const LADDER: readonly EventKind[] = [
  'contact.lost',
  'contact.returning',
  'contact.recovered',
  'contact.byPhone',
  'contact.budgetSpent',
  'call.cut',
  'call.checkDue',
  'reconnecting.ended',
  'phoning.opened',
  'phoning.attemptDue',
  'phoning.recorded',
  'deciding.opened',
  'deciding.unanswered',
  'deciding.decided',
  'deciding.acted',
  'deciding.stoodDown',
  'run.wordDue',
  'run.wordGiven',
  'run.wordMissing',
  'run.riskSwitched',
  'run.ownerChanged',
  'run.exhausted',
  'run.exhaustedRepeated',
  'run.ended',
  'practitioner.missing',
  'alert.sent',
  'alert.accepted',
  'alert.unanswered',
  'alert.stoodDown',
  'alert.listExhausted',
  'help.unanswered',
  'session.serverStarted',
];

const known = new Map<string, Walk>();

/** Each world is lived through once; the tests look at it from different sides. */
function lived(name: string, seed: number): Walk {
  const key = `${name} ${seed}`;
  const walk = known.get(key) ?? simulate(seed, PEOPLE[name] ?? {});
  known.set(key, walk);
  return walk;
}

describe('whole sessions on virtual time', () => {
  for (const name of Object.keys(PEOPLE)) {
    for (const seed of [1, 2, 3]) {
      test(`[L16][R5][H02][H09][H27] ${name}, seed ${seed}: every invariant holds for half an hour`, () => {
        const walk = lived(name, seed);
        expect(wrong(walk)).toBeNull();
        expect(walk.kinds).toContain('run.opened');
        // A silence is always known to the duty role: by an alert of its own, or because all have heard of the run.
        const told = walk.events.flatMap(({ kind, subject, details }) => {
          if (kind === 'run.exhausted') return [subject?.id];
          return kind === 'alert.sent' && details['cause'] === 'decidingSilent' ? [details['about']] : [];
        });
        const silent = walk.events.filter(({ kind }) => kind === 'deciding.unanswered');
        expect(told).toEqual(expect.arrayContaining(silent.map(({ subject }) => subject?.id)));
      });
    }
  }

  test('the worlds that are simulated reach every part of the ladder', () => {
    const kinds = new Set(
      Object.keys(PEOPLE).flatMap((name) => [1, 2, 3].flatMap((seed) => lived(name, seed).kinds)),
    );
    for (const kind of LADDER) expect(kinds, kind).toContain(kind);
  });

  test('[R5] a seed gives the same run again', () => {
    const [one, two] = [lived('people who act', 1), simulate(1, PEOPLE['people who act'] ?? {})];
    expect(two.events).toEqual(one.events);
  });
});
