import type { Actor, Command, Fact, Id, Input } from '@holdfast/protocol';
import type { Session } from '@holdfast/session/authority';
import { aLiveSession, ANSWERS, CLIENT, deviceOf, DUTY, PRACTITIONER } from '@holdfast/session/testing';

const client = CLIENT;

/** A session with all open that exists: risk, a crisis, a run that rings and decides, alerts, a call for someone. */
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
  const open = [walk.value('crisis:c1'), walk.value('help:c1'), walk.value('run:c1')].join(' ');
  if (!/open.*asked.*phoning\.attempting.*deciding\.undecided/.test(open))
    throw new Error(`the session of the bench is not as it should be: ${open}`);
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
