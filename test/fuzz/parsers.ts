import {
  AuditEvent,
  Beacon,
  checkPolicy,
  Command,
  DeviceMessage,
  drillPolicy,
  DURATIONS,
  Fact,
  Personal,
  Policy,
  RedeemRequest,
  referencePolicy,
  ServerMessage,
} from '@holdfast/protocol';
import { project } from '@holdfast/session/authority';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER } from '@holdfast/session/testing';
import { Projection } from '../../packages/session/src/project/projection.js';
import { sayings, WIDE } from '../explore/alphabet.js';
import { strayOf } from './strict.js';
import type { Json } from './json.js';

/** A public parser, valid input to begin from, and a second opinion on what it lets through. */
export interface Parser {
  readonly name: string;
  readonly parse: (value: unknown) => { readonly success: boolean; readonly data?: unknown };
  readonly samples: readonly Json[];
  /** What is wrong with something that was let through, seen without the parser; null when nothing is. */
  readonly wrong: (value: unknown) => string | null;
}

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const walk = aLiveSession();
walk
  .say(PRACTITIONER, { type: 'risk.raise', client: CLIENT })
  .say(PRACTITIONER, { type: 'crisis.open', client: CLIENT })
  .say(CLIENT, { type: 'help.ask', client: CLIENT })
  .cut()
  .by(200_000);
const said = sayings(walk.session, walk.nowMs, WIDE).map(({ body }) => json(body));
const isCommand = (body: Json): boolean => Command.safeParse(body).success;

const hash = '0'.repeat(64);
const auditEvents = walk.events.slice(-40).map((event, index) =>
  json({
    ...event,
    schemaVersion: 1,
    id: `e${index}`,
    tenant: 't1',
    session: 's1',
    sequence: index + 1,
    recordedAtMs: event.occurredAtMs,
    policy: { id: 'reference', version: 'v2', hash },
    drill: false,
    prevHash: hash,
    hash,
  }),
);
const secret = 'credential-that-is-long-enough';
const deviceMessages = [
  { type: 'hello', version: 1, credential: secret, device: 'd1', resume: null, takesMedia: true },
  {
    type: 'hello',
    version: 1,
    credential: secret,
    device: 'd1',
    resume: { epoch: 'e', sequence: 1 },
    takesMedia: true,
  },
  ...said.slice(0, 40).map((body) => ({ type: 'input', id: 'i1', saidAtMs: 1, body })),
  { type: 'input', id: 'i1', saidAtMs: 1, body: said[0] ?? null, personal: { address: '1 A Street' } },
  {
    type: 'beat',
    count: 1,
    estimatedNowMs: 1,
    isVisible: true,
    mainThreadAgeMs: 4,
    media: { state: 'up', lastBothWaysAtMs: 1 },
  },
  { type: 'signal', to: 'd2', data: { sdp: 'x' } },
  { type: 'grant.request', id: 'g1' },
];
const serverMessages = [
  {
    type: 'welcome',
    version: 1,
    session: 's1',
    person: 'p1',
    role: 'practitioner',
    epoch: 'e1',
    serverNowMs: 1,
    policyHash: hash,
    drill: false,
    dutyLine: '1',
  },
  { type: 'update', sequence: 1, projection: {} },
  {
    type: 'settled',
    id: 'i1',
    outcome: 'refused',
    code: 'not-now',
    sentence: 'Not now.',
    missing: ['location'],
  },
  { type: 'beat', count: 1, serverNowMs: 1 },
  { type: 'grant', id: null, grant: { transport: 'fake', room: 'r1' } },
  { type: 'charge', inCharge: false, sinceMs: 1 },
  { type: 'watchdog', conditions: [{ code: 'sinkFailing', name: 'webhook', sinceMs: 1 }] },
  { type: 'refused', code: 'bad-credential', sentence: 'No.' },
];

/** By another way than the schema: every duration within its bounds, somebody on duty, nobody twice. */
function wrongPolicy(value: unknown): string | null {
  const policy = value as Policy;
  for (const [name, rule] of Object.entries(DURATIONS)) {
    const { minMs, maxMs } = policy.kind === 'drill' ? rule.drill : rule;
    const ms = policy.durations[name as keyof typeof DURATIONS];
    if (!Number.isInteger(ms) || ms < minMs || ms > maxMs) return `${name} is ${ms}`;
  }
  if (policy.staff.duty.length === 0) return 'nobody is on duty';
  for (const people of Object.values(policy.staff))
    if (new Set(people.map(({ person }) => person)).size < people.length) return 'somebody is listed twice';
  return policy.phoneAttempts >= 1 && policy.phoneAttempts <= 3 ? null : 'phoneAttempts';
}

/** Ids, codes and numbers only: no text that could be a name or a number to ring (H18). */
function wrongEvent(value: unknown): string | null {
  const { details, outcome } = value as AuditEvent;
  const words = [outcome, ...Object.keys(details), ...Object.values(details)].filter(
    (one) => typeof one === 'string',
  );
  const bad = words.find((word) => !/^[A-Za-z0-9_.:-]+$/.test(word) || word.length > 160);
  return bad === undefined ? null : `words in an event: ${bad.slice(0, 40)}`;
}

const wrongPersonal = (value: unknown): string | null =>
  Object.values(value as Personal).every(
    (text) => typeof text === 'string' && text.length >= 1 && text.length <= 500,
  )
    ? null
    : 'an entry that is empty or too long';

const nothing = (): null => null;

interface ParserOf {
  readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: unknown };
  readonly _zod: { readonly def: object };
}

const parserOf = (
  name: string,
  schema: ParserOf,
  samples: readonly unknown[],
  wrong: Parser['wrong'] = nothing,
): Parser => ({
  name,
  parse: (value) => schema.safeParse(value),
  samples: samples.map(json),
  wrong: (value) => strayOf(schema, value, name) ?? wrong(value),
});

/** Every parser that takes something from outside. */
export const PARSERS: readonly Parser[] = [
  parserOf('Command', Command, said.filter(isCommand)),
  parserOf(
    'Fact',
    Fact,
    said.filter((body) => !isCommand(body)),
  ),
  parserOf('DeviceMessage', DeviceMessage, deviceMessages),
  parserOf('ServerMessage', ServerMessage, serverMessages),
  parserOf('Beacon', Beacon, [
    { id: 'b1', credential: secret, device: 'd1', fact: 'person.left', saidAtMs: 1 },
  ]),
  parserOf('RedeemRequest', RedeemRequest, [{ token: secret, device: 'd1' }]),
  parserOf('AuditEvent', AuditEvent, auditEvents, wrongEvent),
  parserOf(
    'Projection',
    Projection,
    [CLIENT, PRACTITIONER, DUTY[0]].map((person) => project(walk.session, person)),
  ),
  parserOf('Personal', Personal, [{ name: 'A', address: '1 A Street', contactNumber: '1' }], wrongPersonal),
  {
    name: 'Policy',
    parse: (value) => {
      const checked = checkPolicy(value);
      return checked.ok ? { success: true, data: checked.policy } : { success: false };
    },
    samples: [json(referencePolicy), json(drillPolicy)],
    wrong: (value) => strayOf(Policy, value, 'Policy') ?? wrongPolicy(value),
  },
];
