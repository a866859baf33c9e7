import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, mustAccept, PEOPLE, SESSION, together } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import { schedulingSink, type SchedulingNote } from './scheduling-sink.js';

const HOUR_MS = 3_600_000;

function aCalendar() {
  const notes: SchedulingNote[] = [];
  const calendar = { isDown: false };
  const sink = schedulingSink({
    tell: (told) => {
      if (calendar.isDown) throw new Error('the calendar is down');
      notes.push(...told);
    },
  });
  return { notes, calendar, sink, what: () => notes.map(({ what }) => what) };
}

test('[N6][N9][B08] made ahead, moved and called off: the record says that the host did it, and the calendar is told', async () => {
  const clock = new FakeClock();
  const { notes, sink, what } = aCalendar();
  const running = await aSessionServer(clock, { sinks: [sink] }, false);
  const startsAtMs = clock.nowMs() + HOUR_MS;
  await running.server.createSession({
    id: SESSION,
    drill: true,
    people: PEOPLE,
    appointment: { startsAtMs },
  });
  await running.server.reschedule({ session: SESSION, startsAtMs: startsAtMs + HOUR_MS });
  await running.server.cancel({ session: SESSION, reason: 'byClient' });
  await expect.poll(what).toEqual(['moved', 'cancelled', 'closed']);
  expect(notes).toMatchObject([
    { session: SESSION, drill: true, startsAtMs: startsAtMs + HOUR_MS },
    { reason: 'byClient' },
    {},
  ]);
  const again = { session: SESSION, startsAtMs };
  await expect(running.server.reschedule(again)).rejects.toMatchObject({ code: 'session-closed' });
  await running.server.close();
});

test('[N6][N7][B08] once the gate is open the host moves and cancels nothing; nor is a crisis called off', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const practitioner = await running.device('p1');
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  const cancel = () => running.server.cancel({ session: SESSION, reason: 'byService' });
  await expect(cancel()).rejects.toMatchObject({ code: 'session-begun' });
  await running.server.reschedule({ session: SESSION, startsAtMs: clock.nowMs() + HOUR_MS });
  await running.server.close();
  const live = await aSessionServer(clock);
  await together(clock, live);
  const refused = { code: 'session-begun' };
  await expect(live.server.cancel({ session: SESSION, reason: 'byClient' })).rejects.toMatchObject(refused);
  await expect(live.server.reschedule({ session: SESSION, startsAtMs: 1 })).rejects.toMatchObject(refused);
  for (const wrong of [-1, 0.5, Number.NaN])
    await expect(live.server.reschedule({ session: SESSION, startsAtMs: wrong })).rejects.toMatchObject({
      code: 'bad-option',
    });
  await expect(
    live.server.cancel({ session: SESSION, reason: 'because' as 'byClient' }),
  ).rejects.toMatchObject({ code: 'bad-option' });
  await live.server.close();
});

test('[N6] no device can say either', async () => {
  const running = await aSessionServer(new FakeClock());
  for (const person of ['p1', 'c1']) {
    const device = await running.device(person);
    for (const fact of [
      { type: 'appointment.moved', startsAtMs: 1 },
      { type: 'appointment.cancelled', reason: 'byClient' },
    ] as const)
      expect(await device.say(fact)).toMatchObject({ outcome: 'refused', code: 'not-allowed' });
  }
  await running.server.close();
});

test('[N9][B08] a calendar reads who came and how late, what is closed, and what is owed on which day; nothing else', async () => {
  const clock = new FakeClock();
  const { notes, calendar, sink, what } = aCalendar();
  const running = await aSessionServer(clock, { sinks: [sink] }, false);
  await running.server.createSession({
    id: SESSION,
    drill: true,
    people: PEOPLE.map((person) => ({ ...person, name: 'Marker' })),
    appointment: { startsAtMs: clock.nowMs() },
  });
  calendar.isDown = true;
  const { practitioner, client } = await together(clock, running);
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.resolve', client: 'c1', exit: 'helpOnScene' });
  // It was away, and gets all of it later, in order (the same feeder as every sink).
  calendar.isDown = false;
  await passTime(clock, 2000, practitioner, client);
  await expect.poll(what).toEqual(['arrived', 'followUpDue', 'followUpDue']);
  await mustAccept(practitioner, { type: 'session.end' });
  await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'helpOnScene' });
  await mustAccept(practitioner, { type: 'closing.handOverFollowUp', followUp: 'why.crisis1', to: 'duty-1' });
  await mustAccept(practitioner, { type: 'session.close' });
  await expect.poll(what).toEqual(['arrived', 'followUpDue', 'followUpDue', 'followUpHandedOver', 'closed']);
  expect(notes).toMatchObject([
    { lateByMs: 0 },
    { kind: 'rationale', owner: 'p1' },
    { kind: 'afterIncident' },
    { owner: 'duty-1' },
    {},
  ]);
  for (const note of notes)
    if (note.what === 'followUpDue') expect(note.dueOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(JSON.stringify(notes)).not.toMatch(/marker|crisis\.|risk/i);
  await running.server.close();
});

test('[N9] late and not come', async () => {
  const clock = new FakeClock();
  const { notes, sink, what } = aCalendar();
  const running = await aSessionServer(clock, { sinks: [sink] }, false);
  const appointment = { startsAtMs: clock.nowMs() };
  await running.server.createSession({ id: SESSION, drill: true, people: PEOPLE, appointment });
  const practitioner = await running.device('p1');
  await passTime(clock, 60_000, practitioner);
  await expect.poll(what).toEqual(['late']);
  expect(notes).toMatchObject([{ startsAtMs: appointment.startsAtMs }]);
  await mustAccept(practitioner, { type: 'attendance.openNoShow', client: 'c1' });
  await expect.poll(what).toEqual(['late', 'noShow']);
  await running.server.close();
});
