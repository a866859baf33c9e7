import { AFTER_CLOSE, COMMAND_RULES, isCommandType, type Command } from '@holdfast/protocol';
import type { StaffProjection } from '@holdfast/session/view';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, mustAccept, SESSION, together } from './testing/a-session-server.js';

const SUPERVISOR = 'supervisor-1';
const settle: Command = { type: 'supervision.settle', pathway: 'crisis1', rationaleRef: 'note-9' };
const feedback: Command = {
  type: 'feedback.give',
  safety: 'yes',
  privacy: 'skipped',
  access: 'skipped',
  nextSteps: 'no',
};

/** A session with a crisis that is over, closed; both pages are still open. */
async function aClosedSession() {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.resolve', client: 'c1', exit: 'helpOnScene' });
  await mustAccept(practitioner, { type: 'closing.handOverFollowUp', followUp: 'why.crisis1', to: 'duty-1' });
  await mustAccept(practitioner, { type: 'session.end' });
  await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'helpOnScene' });
  await mustAccept(practitioner, { type: 'session.close' });
  return { clock, running, practitioner, client };
}

test('[F3][A55] a supervisor opens a closed session by a link of their own and settles what is theirs', async () => {
  const { running } = await aClosedSession();
  const supervisor = await running.device(SUPERVISOR);
  await supervisor.next('update');
  const held = supervisor.projection as StaffProjection;
  expect(held).toMatchObject({ role: 'supervisor', care: null, review: { isClosed: true, issues: null } });
  expect(held.review?.walked).toMatchObject([{ id: 'crisis1', pathway: 'crisis', review: null }]);
  await mustAccept(supervisor, settle);
  const events = await running.events();
  expect(events.at(-1)).toMatchObject({ kind: 'supervision.settled', actor: { person: SUPERVISOR } });
  expect(events.filter(({ kind }) => kind === 'device.joined')).toHaveLength(2);
  // A page that is opened anew still holds it.
  const again = await running.device(SUPERVISOR, {
    credential: supervisor.credential,
    device: supervisor.device,
  });
  await again.next('update');
  expect((again.projection as StaffProjection).review?.walked).toMatchObject([
    { review: { by: SUPERVISOR } },
  ]);
  await running.server.close();
});

test("[F7][H18] who looks back at a closed session holds nobody's words, not even after an alert", async () => {
  const { running } = await aClosedSession();
  for (const person of [SUPERVISOR, 'management-1']) {
    const device = await running.device(person);
    await device.next('update');
    expect(JSON.stringify(device.received)).not.toMatch(/marker/i);
    expect((device.projection as StaffProjection).care).toBeNull();
  }
  await running.server.close();
});

test('[F3][G9] nobody else opens a closed session any more', async () => {
  const { running, practitioner, client } = await aClosedSession();
  for (const person of ['p1', 'c1', 'duty-1', 'safeguarding-1'])
    await expect(running.device(person)).rejects.toMatchObject({ code: 'session-closed' });
  for (const { credential, device } of [practitioner, client])
    await expect(running.device('p1', { credential, device })).rejects.toThrow('session-closed');
  await running.server.close();
});

test('[F4][F5][F6][A47][A50] pages that are still open may flag, report and answer; nothing else is taken', async () => {
  const { running, practitioner, client } = await aClosedSession();
  await mustAccept(client, feedback);
  await mustAccept(client, { type: 'nearMiss.flag', kind: 'helpLate' });
  await mustAccept(practitioner, { type: 'issue.report', kind: 'connection', ref: 'ticket-7' });
  const kinds = (await running.events()).map(({ kind }) => kind).slice(-3);
  expect(kinds).toEqual(['feedback.given', 'nearMiss.flagged', 'issue.reported']);
  const others = Object.keys(COMMAND_RULES)
    .filter(isCommandType)
    .filter((type) => !AFTER_CLOSE.includes(type));
  for (const type of ['risk.raise', 'crisis.open', 'item.reopen', 'session.end'] as const) {
    expect(others).toContain(type);
    const command = { type, client: 'c1', item: 'location' } as const;
    const { item: _, ...plain } = command;
    const { client: __, ...own } = command;
    const said = type === 'item.reopen' ? own : type === 'session.end' ? { type } : plain;
    expect(await practitioner.say(said as Command)).toMatchObject({
      outcome: 'refused',
      code: 'session-closed',
    });
  }
  await running.server.close();
});

test('[X9][A44][E22] the host gets the session in codes, and none of its words', async () => {
  const { running } = await aClosedSession();
  const summary = await running.server.summary({ session: SESSION });
  expect(summary).toMatchObject({
    session: SESSION,
    drill: true,
    stage: 'closed',
    disposition: { code: 'helpOnScene', by: 'p1' },
    items: { location: { state: 'confirmed', answer: 'confirmed' }, consent: { answer: 'confirmed' } },
    pathways: [{ id: 'crisis1', outcome: 'helpOnScene', review: null }],
    followUps: [
      { kind: 'rationale', owner: 'duty-1', state: 'handedOver' },
      { kind: 'afterIncident', owner: 'p1', state: 'open' },
    ],
    nearMisses: 0,
  });
  expect(JSON.stringify(summary)).not.toMatch(/marker/i);
  await expect(running.server.summary({ session: 'nothing' })).rejects.toMatchObject({
    code: 'unknown-session',
  });
  await running.server.close();
});
