import {
  ActOutcome,
  AlternativeKind,
  CallOutcome,
  CHANNELS,
  CrisisExit,
  Decision,
  Disposition,
  Picture,
  RouteOutcome,
  Sound,
  Trouble,
  type Command,
  type Fact,
} from '@holdfast/protocol';
import { nextDeadline, runOf, type Session } from '@holdfast/session/authority';
import { ANSWERS, CLIENT, DUTY, PRACTITIONER } from '@holdfast/session/testing';
import fc from 'fast-check';
import { colleagues, crisis, looking, pathways, plan, privacy } from './pathway-moves.js';
import { client, EVERYBODY, LEAD, move, say, SIDES, SUPERVISOR } from './say.js';

const runNow = (session: Session): string => runOf(session, CLIENT)?.context.run ?? `${CLIENT}.r1`;
const attemptNow = (session: Session): number => runOf(session, CLIENT)?.context.attempt ?? 1;
const alertsNow = (session: Session): readonly string[] =>
  Object.keys(session.charts)
    .filter((key) => key.startsWith('alert:'))
    .map((key) => key.slice('alert:'.length));

/** Time: to just before, exactly at, or just after what is due next, or somewhere in between. */
const time = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(-1, 0, 1).map((offMs) =>
      move(`due${offMs}`, (walk) => {
        const due = nextDeadline(walk.session);
        if (due !== null && due + offMs > walk.nowMs) walk.to(due + offMs);
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 10_000 }).map((ms) => move(`+${ms}`, (walk) => walk.by(ms))),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 10_000, max: 400_000 }).map((ms) => move(`+${ms}`, (walk) => walk.by(ms))),
  },
);

const device = fc
  .tuple(fc.constantFrom(...SIDES), fc.constantFrom('a', 'b'))
  .map(([person, tab]) => ({ person, device: `${person}.${tab}` }));

const HOST = { person: null, role: null, source: 'host', device: null } as const;
/** The host moves the appointment, or calls it off. */
const host = fc.oneof(
  fc
    .integer({ min: 0, max: 1_000_000 })
    .map((startsAtMs) =>
      move(`moved to ${startsAtMs}`, (walk) => walk.take({ type: 'appointment.moved', startsAtMs }, HOST)),
    ),
  fc.constant(
    move('called off', (walk) => walk.take({ type: 'appointment.cancelled', reason: 'byClient' }, HOST)),
  ),
);

const facts = fc.oneof(
  { weight: 1, arbitrary: host },
  {
    weight: 3,
    arbitrary: device.map((of) => move(`join ${of.device}`, (walk) => walk.join(of.person, of.device))),
  },
  {
    weight: 2,
    arbitrary: device.map((of) => move(`heard ${of.device}`, (walk) => walk.heard(of.person, of.device))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(device, fc.integer({ min: 0, max: 4000 }))
      .map(([of, agoMs]) =>
        move(`silent ${of.device} ${agoMs}`, (walk) =>
          walk.silent(of.person, Math.max(0, walk.nowMs - agoMs), of.device),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: device.map((of) =>
      move(`unload ${of.device}`, (walk) => walk.state({ type: 'device.unloading', ...of }, of.person)),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(device, fc.integer({ min: 0, max: 4000 }))
      .map(([of, agoMs]) =>
        move(`media silent ${of.device} ${agoMs}`, (walk) =>
          walk.media(of.person, 'silent', Math.max(0, walk.nowMs - agoMs), of.device),
        ),
      ),
  },
  {
    weight: 5,
    arbitrary: device.map((of) =>
      move(`media up ${of.device}`, (walk) => walk.media(of.person, 'up', walk.nowMs, of.device)),
    ),
  },
  { weight: 2, arbitrary: fc.constant(move('cut', (walk) => walk.cut())) },
  { weight: 2, arbitrary: fc.constant(move('heal', (walk) => walk.heal())) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...SIDES)
      .map((person) => move(`leave ${person}`, (walk) => walk.leave(person))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...SIDES).map((person) => move(`exit ${person}`, (walk) => walk.exit(person))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(0, 29_999, 60_000, 86_400_000)
      .map((ms) => move(`nobody there for ${ms}`, (walk) => walk.away(ms))),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map((pick) =>
      move('alert failed', (walk) => {
        const alerts = alertsNow(walk.session);
        const alert = alerts[pick % Math.max(1, alerts.length)];
        if (alert !== undefined) walk.state({ type: 'alert.failed', alert, channel: 'webhook' });
      }),
    ),
  },
);

const routes = fc
  .tuple(fc.constantFrom('log', 'webhook'), fc.constantFrom(...RouteOutcome.options))
  .map(([route, outcome]) =>
    move(`${route} ${outcome}`, (walk) =>
      walk.state({ type: 'route.tested', route, outcome, asOfMs: walk.nowMs }),
    ),
  );

const ladder = fc.oneof(
  fc.tuple(fc.constantFrom(...CallOutcome.options), fc.constantFrom(0, 0, 0, 1)).chain(([outcome, back]) =>
    say(
      (walk) => ({
        type: 'ladder.recordCall',
        client,
        run: runNow(walk.session),
        attempt: attemptNow(walk.session) - back,
        outcome,
      }),
      outcome,
    ),
  ),
  fc
    .tuple(fc.constantFrom(...Decision.options), fc.integer({ min: -10, max: 320_000 }))
    .chain(([decision, inMs]) =>
      say(
        (walk) => ({
          type: 'ladder.decide',
          client,
          run: runNow(walk.session),
          decision,
          ...(decision === 'notNow' ? { lookAgainAtMs: Math.max(0, walk.nowMs + inMs) } : {}),
        }),
        decision,
      ),
    ),
  fc
    .constantFrom(...ActOutcome.options)
    .chain((outcome) =>
      say((walk) => ({ type: 'ladder.recordAct', client, run: runNow(walk.session), outcome }), outcome),
    ),
  say((walk) => ({ type: 'ladder.confirmTogether', client, run: runNow(walk.session) }), 'together'),
  say((walk) => ({ type: 'ladder.standDown', client, run: runNow(walk.session) }), 'standDown'),
  say((walk) => ({ type: 'ladder.takeOver', client, run: runNow(walk.session) }), 'takeOver'),
  say(
    (walk) => ({
      type: 'ladder.allowRinging',
      client,
      run: runNow(walk.session),
      reason: 'clinicalJudgement',
    }),
    'allowRinging',
  ),
  fc
    .constantFrom(...EVERYBODY)
    .chain((to) =>
      say((walk) => ({ type: 'ladder.offerHandOver', client, run: runNow(walk.session), to }), `offer ${to}`),
    ),
  fc
    .constantFrom(...Disposition.options)
    .chain((disposition) =>
      say(
        (walk) => ({ type: 'ladder.dispose', client, run: runNow(walk.session), disposition }),
        disposition,
      ),
    ),
  say(
    () => ({ type: 'ladder.dispose', client, run: `${CLIENT}.r1`, disposition: 'safeByReport' }),
    'dispose r1',
  ),
);

const others = fc.oneof(
  plan,
  say(() => ({ type: 'risk.raise', client }), 'raise'),
  say(() => ({ type: 'risk.lower', client, reason: 'reassessed' }), 'lower'),
  say(() => ({ type: 'help.ask', client }), 'help', [CLIENT]),
  say(() => ({ type: 'help.answer', client }), 'answer'),
  say(() => ({ type: 'call.cut', client }), 'cut call'),
  say(() => ({ type: 'call.stillTogether', client }), 'still together'),
  say(() => ({ type: 'call.moveToVideo', client }), 'to video'),
  say(() => ({ type: 'crisis.open', client }), 'crisis'),
  say(() => ({ type: 'crisis.offerEscalation', client }), 'escalate'),
  fc
    .constantFrom(...CrisisExit.options)
    .chain((exit) =>
      say(() => ({ type: 'crisis.resolve', client, exit, reason: 'crisis', rationaleRef: 'r1' }), exit),
    ),
  say(() => ({ type: 'session.end' }), 'end'),
  say(() => ({ type: 'closing.dispose', disposition: 'endedAsPlanned' }), 'how it ended'),
  say(() => ({ type: 'session.close' }), 'close'),
  say(() => ({ type: 'consent.withdraw' }), 'withdraw', SIDES),
  say(
    () => ({ ...ANSWERS.callBackNumber, flags: { safeToRing: false, safeToLeaveMessage: false } }),
    'do not ring',
    [CLIENT],
  ),
  say(() => ANSWERS.callBackNumber, 'ring me', [CLIENT]),
  say(() => ANSWERS.suitability, 'suitable', [PRACTITIONER]),
  say(
    () => ({ ...ANSWERS.suitability, answer: 'notSuitable', because: 'highVolatileRisk' }),
    'not suitable',
    [PRACTITIONER],
  ),
  say(() => ({ type: 'item.answer', item: 'suitability', answer: 'notSure' }), 'not sure', [PRACTITIONER]),
  say(() => ({ type: 'item.reopen', item: 'suitability' }), 'ask suitability again', [PRACTITIONER]),
  say(() => ANSWERS.localRoute, 'local route', [PRACTITIONER]),
  fc.constantFrom(...AlternativeKind.options).chain((kind) =>
    say(
      () => ({
        type: 'suitability.offerAlternative',
        client,
        kind,
        dueOn: '2026-01-01',
        route: 'crisisLine',
      }),
      `offer ${kind}`,
    ),
  ),
  say(() => ({ type: 'item.answer', item: 'emergencyContact', answer: 'notSafe' }), 'contact not safe', [
    CLIENT,
  ]),
);

/** How they meet, what is seen and heard, and recording. */
const means = fc.oneof(
  fc
    .constantFrom(...CHANNELS)
    .chain((to) =>
      say(() => ({ type: 'channel.choose', client, to, because: 'clientWish' }), `choose ${to}`, SIDES),
    ),
  fc
    .constantFrom(...CallOutcome.options)
    .chain((outcome) =>
      say(() => ({ type: 'channel.recordCall', client, outcome }), `chosen call ${outcome}`),
    ),
  fc
    .constantFrom(...Trouble.options)
    .chain((what) => say(() => ({ type: 'observation.report', client, what }), what, SIDES)),
  say(() => ({ type: 'observation.settle', client }), 'works again', SIDES),
  fc
    .tuple(
      device,
      fc.constantFrom(...Picture.options),
      fc.constantFrom(...Sound.options),
      fc.integer({ min: 0, max: 20_000 }),
    )
    .map(([of, picture, sound, agoMs]) =>
      move(`${of.device} sees ${picture} hears ${sound}`, (walk) =>
        walk.state(
          {
            type: 'media.observed',
            client,
            device: of.device,
            picture,
            sound,
            sinceMs: Math.max(0, walk.nowMs - agoMs),
          },
          of.person,
        ),
      ),
    ),
  fc
    .constantFrom<Command>(
      { type: 'recording.grant', textVersion: 'recording-v1' },
      { type: 'recording.withdraw' },
      { type: 'recording.start' },
      { type: 'recording.stop' },
    )
    .chain((command) => say(() => command, command.type, [...SIDES, 'management-1'])),
  fc
    .constantFrom<Fact>(
      { type: 'recording.started', take: 1 },
      { type: 'recording.stopped', take: 1 },
      { type: 'recording.failed', take: 1, what: 'start' },
      { type: 'recording.failed', take: 1, what: 'stop' },
    )
    .map((fact) =>
      move(fact.type, (walk) =>
        walk.take(fact, { person: null, role: null, source: 'worker', device: null }),
      ),
    ),
);

const alerts = fc
  .tuple(fc.nat(), fc.constantFrom('alert.acknowledge', 'alert.accept'), fc.boolean())
  .map(([pick, type, isOwn]) =>
    move(`${type} ${pick}`, (walk) => {
      const known = alertsNow(walk.session);
      const alert = known[pick % Math.max(1, known.length)];
      if (alert === undefined) return;
      const addressee = [...DUTY, LEAD, SUPERVISOR].find((person) => alert.endsWith(`.${person}`)) ?? DUTY[0];
      walk.say(isOwn ? addressee : DUTY[0], { type, alert });
    }),
  );

/** Any order of anything that can happen. */
export const anyMove = fc.oneof(
  { weight: 8, arbitrary: time },
  { weight: 7, arbitrary: facts },
  { weight: 5, arbitrary: ladder },
  { weight: 3, arbitrary: alerts },
  { weight: 2, arbitrary: others },
  { weight: 2, arbitrary: pathways },
  { weight: 2, arbitrary: privacy },
  { weight: 1, arbitrary: looking },
  { weight: 1, arbitrary: crisis },
  { weight: 1, arbitrary: colleagues },
  { weight: 1, arbitrary: routes },
  { weight: 2, arbitrary: means },
);

export const manyMoves = (maxLength: number) => fc.array(anyMove, { minLength: 1, maxLength });
