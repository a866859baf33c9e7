import type { Actor, Command, Fact, Id, Input } from '@holdfast/protocol';
import type { ChartKey, Session } from '@holdfast/session/authority';
import { aLiveSession, ANSWERS, CLIENT, deviceOf, DUTY, PRACTITIONER } from '@holdfast/session/testing';

const client = CLIENT;

/** What is open in the session of the bench, and how far. */
const OPEN: Readonly<Record<string, RegExp>> = {
  'risk:c1': /^active$/,
  'crisis:c1': /^open.*escalation\.offered/,
  'run:c1': /^open.*phoning\.attempting.*deciding\.undecided/,
  'help:c1': /^asked$/,
  'safeguarding:c1': /^open/,
  'consult:c1': /^asked$/,
  'signal:c1': /^signalled$/,
  'plan:c1': /^due$/,
};

/**
 * A session with all open that can be open at once: risk, a crisis that is escalated, a run that rings and decides,
 * safeguarding, the discreet signal, a safety plan, advice asked of a colleague, a call for someone, alerts of each. Privacy
 * alone is not: it ends the signal and the ringing.
 */
export function aFullSession(): { readonly session: Session; readonly nowMs: number } {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'risk.raise', client })
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client })
    .say(PRACTITIONER, ANSWERS.locationConfirmed)
    .say(CLIENT, { type: 'help.ask', client })
    .cut()
    .by(10_000);
  walk.recordCall('noAnswer').by(1000);
  walk
    .say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'child' })
    .say(PRACTITIONER, { type: 'consult.ask', client, person: 'supervisor-1' })
    .say(CLIENT, { type: 'privacy.signal', client })
    .say(PRACTITIONER, { type: 'plan.raise', client, because: 'presentation' });
  for (const [chart, state] of Object.entries(OPEN)) {
    const value = walk.value(chart as ChartKey);
    if (!state.test(value)) throw new Error(`the session of the bench has ${chart} in ${value}`);
  }
  return { session: walk.session, nowMs: walk.nowMs };
}

const actor = (person: Id, role: Actor['role']): Actor => ({
  person,
  role,
  source: 'device',
  device: deviceOf(person),
});
const practitioner = actor(PRACTITIONER, 'practitioner');
const ofClient = actor(CLIENT, 'client');
const duty = actor(DUTY[0], 'duty');
const server: Actor = { person: null, role: null, source: 'server', device: null };
const clock: Actor = { ...server, source: 'clock' };
const worker: Actor = { ...server, source: 'worker' };

type Said = readonly [times: number, from: Actor, body: Command | Fact];

const run = `${client}.r1`;
const alert = `${run}.riskActive.${DUTY[0]}`;

const heartbeats = (nowMs: number): readonly Said[] => [
  [18, server, { type: 'device.heard', person: CLIENT, device: deviceOf(CLIENT), heardAtMs: nowMs }],
  [
    18,
    server,
    { type: 'device.heard', person: PRACTITIONER, device: deviceOf(PRACTITIONER), heardAtMs: nowMs },
  ],
  [14, clock, { type: 'clock.reached' }],
];

const media = (from: Actor, state: 'up' | 'silent', nowMs: number): Said => [
  6,
  from,
  {
    type: 'media.reported',
    client,
    device: from.device ?? '',
    state,
    lastBothWaysAtMs: nowMs - 2000,
    verdict: 'unknown',
  },
];

const commands: readonly Said[] = [
  [3, practitioner, { type: 'ladder.recordCall', client, run, attempt: 2, outcome: 'voicemail' }],
  [2, practitioner, { type: 'ladder.decide', client, run, decision: 'ringEmergencyServices' }],
  [1, practitioner, { type: 'ladder.confirmTogether', client, run }],
  [2, practitioner, { type: 'risk.raise', client }],
  [2, practitioner, { type: 'help.answer', client }],
  [4, practitioner, ANSWERS.clientPrivacy],
  [3, ofClient, ANSWERS.callBackNumber],
  [1, ofClient, { type: 'help.ask', client }],
  [3, practitioner, { type: 'checklist.record', list: 'crisis', step: 'askDirectly', outcome: 'done' }],
  [3, duty, { type: 'alert.acknowledge', alert }],
  [2, duty, { type: 'alert.accept', alert }],
  [2, duty, { type: 'crisis.acceptEscalation', client }],
  // Refused: somebody presses what is not theirs, or too late.
  [2, ofClient, { type: 'session.end' }],
  [1, practitioner, { type: 'session.close' }],
];

const facts: readonly Said[] = [
  [4, worker, { type: 'alert.delivered', alert, channel: 'webhook' }],
  [2, server, { type: 'device.silent', person: CLIENT, device: deviceOf(CLIENT), lastHeardAtMs: 60_000 }],
  [2, server, { type: 'device.joined', person: CLIENT, device: `${CLIENT}.b` }],
];

/** What a session server is handed: half of it like heartbeats, the rest as in a real session; in an order that mixes. */
export function inputsOf(nowMs: number): readonly Input[] {
  const said = [
    ...heartbeats(nowMs),
    media(ofClient, 'silent', nowMs),
    media(practitioner, 'up', nowMs),
    ...commands,
    ...facts,
  ];
  const all = said.flatMap(([times, from, body]) => Array.from({ length: times }, () => ({ from, body })));
  // 37 has no divisor in common with the length: each input once, neighbours apart.
  const mixed = all.map((_, index) => all[(index * 37) % all.length]).filter((one) => one !== undefined);
  return mixed.map(({ from, body }, index) => ({
    id: `i${index}`,
    atMs: nowMs + 100,
    saidAtMs: null,
    from,
    body,
  }));
}
