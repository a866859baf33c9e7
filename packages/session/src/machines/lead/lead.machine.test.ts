import type { Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { isMediaAllowed } from '../../project/media-allowed.js';
import { project } from '../../project/project.js';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';
import { practitionerOf, roleOf } from './lead-state.js';

const client = CLIENT;
const [NEXT, OTHER] = ['p2', 'p3'] as const;
const others = [
  { id: NEXT, role: 'practitioner' },
  { id: OTHER, role: 'practitioner' },
] as const;
const aSession = (): Walk =>
  aLiveSession({ others: [...others] })
    .join(NEXT)
    .join(OTHER);
const offer: Command = { type: 'handOver.offer', to: NEXT };
const accept: Command = { type: 'handOver.accept' };
const decline: Command = { type: 'handOver.decline' };
const take: Command = { type: 'handOver.take' };
const lead = ({ session }: Walk) => practitionerOf(session);
const handedOver = (walk: Walk): Walk => walk.say(PRACTITIONER, offer).say(NEXT, accept);
const raise: Command = { type: 'risk.raise', client };
const gone = (walk: Walk): Walk => walk.media(CLIENT, 'silent').silent(PRACTITIONER).by(4000);

describe('who leads', () => {
  test('[D1] the first leads; the others have no command of the practitioner, no media, and nothing to see', () => {
    const walk = aSession();
    expect([lead(walk), roleOf(walk.session, NEXT)]).toEqual([PRACTITIONER, 'colleague']);
    for (const command of [raise, ANSWERS.clientPrivacy, { type: 'session.end' } as const, offer])
      expect(walk.say(NEXT, command).lastRefusal?.code, command.type).toBe('not-allowed');
    expect([isMediaAllowed(walk.session, PRACTITIONER), isMediaAllowed(walk.session, NEXT)]).toEqual([
      true,
      false,
    ]);
    expect(project(walk.session, NEXT)).toMatchObject({ role: 'colleague', care: null });
  });

  test('[D2][A23] offered, the old one leads on until it is accepted; then all of it has moved', () => {
    const walk = aSession().say(PRACTITIONER, offer);
    expect([lead(walk), walk.say(PRACTITIONER, raise).lastRefusal]).toEqual([PRACTITIONER, null]);
    expect(walk.say(OTHER, accept).lastRefusal?.code).toBe('not-allowed');
    walk.say(NEXT, accept);
    expect(lead(walk)).toBe(NEXT);
    expect(walk.say(PRACTITIONER, { type: 'session.end' }).lastRefusal?.code).toBe('not-allowed');
    expect(walk.say(NEXT, { type: 'risk.lower', client, reason: 'reassessed' }).lastRefusal).toBeNull();
    expect([isMediaAllowed(walk.session, PRACTITIONER), isMediaAllowed(walk.session, NEXT)]).toEqual([
      false,
      true,
    ]);
    expect(project(walk.session, CLIENT)).toMatchObject({ practitioner: NEXT });
  });

  test('[D2] declined, nothing has changed; another offer takes the place of the last; nobody else is a colleague', () => {
    const walk = aSession().say(PRACTITIONER, offer).say(NEXT, decline);
    expect([lead(walk), walk.say(NEXT, accept).lastRefusal?.code]).toEqual([PRACTITIONER, 'not-now']);
    walk.say(PRACTITIONER, offer).say(PRACTITIONER, { type: 'handOver.offer', to: OTHER });
    expect(walk.say(NEXT, accept).lastRefusal?.code).toBe('not-allowed');
    expect(lead(walk.say(OTHER, accept))).toBe(OTHER);
    for (const to of [OTHER, CLIENT, DUTY[0], 'stranger'])
      expect(walk.say(OTHER, { type: 'handOver.offer', to }).lastRefusal?.code).toBe('unknown-person');
  });

  test('[D4][H02] taken only while who leads is not there, and their absence is nobody’s alert any more', () => {
    expect(aSession().say(NEXT, take).lastRefusal?.code).toBe('not-now');
    const walk = aSession().say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' });
    expect(walk.leave(PRACTITIONER).alerted).toEqual(['practitionerLeft.duty-1']);
    walk.say(NEXT, take);
    expect([walk.lastRefusal, lead(walk)]).toEqual([null, NEXT]);
    expect(walk.kinds).toContain('alert.stoodDown');
    walk.by(600_000);
    expect(walk.alerted.filter((alert) => alert.startsWith('practitioner'))).toHaveLength(1);
    expect(walk.join(PRACTITIONER).say(PRACTITIONER, take).lastRefusal?.code).toBe('not-now');
  });

  test('[D1][P5] who leads is the one who is missed: not a colleague, and not the old one', () => {
    const away = aSession().silent(NEXT).by(600_000);
    expect(away.alerted).toEqual([]);
    const old = handedOver(aSession()).media(NEXT, 'up').leave(PRACTITIONER).by(600_000);
    expect(old.alerted).toEqual([]);
    const now = handedOver(aSession()).media(NEXT, 'up').silent(NEXT).by(64_000);
    expect(now.alerted).toContain('practitionerGone.duty-1');
  });
});

describe('[P5][P6][D4] the lead comes to somebody who is not there', () => {
  const offered = (): Walk => aSession().say(PRACTITIONER, offer);
  const missed = (walk: Walk): readonly string[] =>
    walk.alerted.filter((alert) => alert.startsWith('practitioner'));

  test('gone: they are missed from their last proof of life on, and the old one no more', () => {
    const walk = offered().silent(NEXT).by(10_000).silent(PRACTITIONER).by(10_000).say(NEXT, accept);
    expect(lead(walk)).toBe(NEXT);
    expect(missed(walk.by(39_999))).toEqual([]);
    expect(missed(walk.by(1))).toEqual(['practitionerGone.duty-1']);
    expect(walk.kinds.filter((kind) => kind === 'practitioner.missing')).toHaveLength(1);
  });

  test.each(['leave', 'exit'] as const)('%s: said before they went, heard after it; missed at once', (go) => {
    const walk = offered()[go](NEXT).by(1000).say(NEXT, accept);
    expect([lead(walk), missed(walk.by(0))]).toEqual([NEXT, ['practitionerLeft.duty-1']]);
    const back = offered()[go](NEXT).by(1000).say(NEXT, accept).join(NEXT).by(600_000);
    expect(back.value(`presence:${NEXT}`)).toBe('alive');
  });

  test('the old one left: nobody is missed once another leads who is there', () => {
    const walk = offered().leave(PRACTITIONER).by(1000).say(NEXT, accept).media(NEXT, 'up');
    expect(missed(walk.by(600_000))).toEqual([]);
  });
});

describe('in the middle of a run', () => {
  const MOMENTS = {
    reconnecting: 10_000,
    phoning: 310_000,
    deciding: 490_000,
    exhausted: 1_500_000,
  } as const;
  test.each(Object.entries(MOMENTS))(
    '[D3][A23][L17] %s: the owner changes, every deadline of the run stays',
    (_, atMs) => {
      const walk = aSession().cut().by(atMs).say(PRACTITIONER, offer);
      const { deadlines, owner, run } = walk.run.context;
      const { parts } = walk.run;
      expect(owner).toBe(PRACTITIONER);
      walk.forget().say(NEXT, accept);
      const after = walk.run;
      expect([after.context.owner, after.context.run]).toEqual([NEXT, run]);
      const { repeat: _repeat, ...kept } = deadlines as Record<string, number>;
      expect(after.context.deadlines).toMatchObject(kept);
      expect({ ...after.parts, staff: null }).toEqual({
        ...parts,
        staff: null,
        ...(after.parts?.deciding === parts?.deciding ? {} : { deciding: after.parts?.deciding }),
      });
      const decide: Command = {
        type: 'ladder.dispose',
        client,
        run: walk.runId,
        disposition: 'safeByReport',
      };
      expect(walk.fork().say(PRACTITIONER, decide).lastRefusal?.code).toBe('not-allowed');
      expect(walk.say(NEXT, decide).lastRefusal).toBeNull();
      expect(walk.value('run:c1')).toBe('none');
    },
  );

  test('[D3] a run that the duty role owns stays theirs; an open crisis of the old one goes along', () => {
    const walk = aSession().say(PRACTITIONER, { type: 'crisis.open', client }).cut().by(2000);
    walk.say(DUTY[0], { type: 'alert.accept', alert: `c1.r1.riskActive.${DUTY[0]}` });
    walk.say(DUTY[0], { type: 'ladder.takeOver', client, run: walk.runId });
    const { owner } = walk.run.context;
    handedOver(walk);
    expect(walk.run.context.owner).toBe(owner === PRACTITIONER ? NEXT : owner);
    const held = project(walk.session, NEXT);
    expect(held?.role === 'practitioner' && held.care.crisis.owner).toBe(NEXT);
  });

  test('[D3][H02] what the old device said of media counts no more: silence of the client’s is a loss', () => {
    const walk = handedOver(aSession()).media(CLIENT, 'silent').by(4000);
    expect([walk.value('contact:c1'), walk.run.context.owner]).toEqual(['lost', NEXT]);
    walk.media(NEXT, 'up').media(CLIENT, 'up').by(6000);
    expect([walk.value('contact:c1'), walk.value('run:c1')]).toEqual(['together', 'none']);
    expect(walk.media(PRACTITIONER, 'silent').value('contact:c1')).toBe('together');
  });

  test('[D3][P13] a call of the old one goes along; one that a duty person holds stays with them', () => {
    const caller = (walk: Walk): unknown =>
      Reflect.get(walk.session.charts[`contact:${client}`]?.context ?? {}, 'caller');
    const talks = aSession().cut().to(360_000).recordCall('reachedByName');
    expect(caller(handedOver(talks.fork()))).toBe(NEXT);
    talks.to(1_080_000).say(DUTY[0], { type: 'alert.accept', alert: `c1.p1.1.phoneSilent.${DUTY[0]}` });
    talks.say(DUTY[0], { type: 'call.stillTogether', client });
    expect(caller(talks)).toBe(DUTY[0]);
    expect(caller(handedOver(talks))).toBe(DUTY[0]);
  });

  test('[D3][D4] a practitioner who left leaves nobody apart once another leads', () => {
    const walk = aSession().leave(PRACTITIONER);
    expect(walk.value('contact:c1')).toBe('apart');
    walk.say(NEXT, take).media(NEXT, 'up').media(CLIENT, 'up');
    expect(walk.value('contact:c1')).toBe('together');
  });
});

describe('on the screens', () => {
  const buttons = (walk: Walk, person: string) =>
    screenOf(walk, person).tasks.flatMap(({ choices }) => choices.map(({ id }) => id));

  test('[D2][D5] from the screens alone: offered, read, accepted; the old one then reads nothing', () => {
    const walk = aSession().cut().by(310_000);
    const action = screenOf(walk, PRACTITIONER).actions.find(({ id }) => id === `handOver.${NEXT}`);
    if (action === undefined) throw new Error('no hand-over is offered');
    expect([buttons(walk, NEXT), screenOf(walk, NEXT).facts]).toEqual([[], []]);
    walk.say(PRACTITIONER, action.command);
    const asked = screenOf(walk, NEXT);
    expect(asked.headline.key).toBe('colleague.offered.headline');
    expect(asked.explanation.map(({ key }) => key)).toEqual([
      'colleague.stage.live',
      'colleague.run.phoning',
    ]);
    expect(asked.facts.length).toBeGreaterThan(0);
    expect(buttons(walk, NEXT)).toEqual(['accept', 'decline']);
    walk.say(NEXT, accept);
    expect(screenOf(walk, NEXT).role).toBe('practitioner');
    expect(buttons(walk, NEXT)).toContain('reachedByName');
    expect(screenOf(walk, PRACTITIONER)).toMatchObject({
      headline: { key: 'colleague.handedOver.headline' },
      facts: [],
      tasks: [],
      people: [],
    });
    expect(project(walk.session, PRACTITIONER)).toMatchObject({ care: null });
  });

  test('[D4] a colleague reads that nobody leads, and can take it', () => {
    const walk = gone(aSession());
    expect(screenOf(walk, NEXT).headline.key).toBe('colleague.gone.headline');
    expect(buttons(walk, NEXT)).toEqual(['take']);
    expect(JSON.stringify(project(walk.session, NEXT))).not.toContain('"items"');
  });
});
