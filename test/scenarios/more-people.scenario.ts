import { expect } from 'vitest';
import { expectReads, expectSilentOn, follow, wordsOn } from './kit/following.js';
import { expectNoPictures, startLiveSession } from './kit/live-session.js';
import { expectNoStaffWords } from './kit/no-trace.js';
import { comesToTheDoor, letsIn, SMALL } from './kit/participant-pages.js';
import { eventually, pause } from './kit/processes.js';
import { stopNotingWords } from './kit/observer.js';
import { scenario } from './kit/scenario.js';
import { expectAllSeeAndHear, expectNothingArrives } from './kit/seen-and-heard.js';
import { act, settle, turnMediaOn } from './kit/session-pages.js';

const overServer = ['livekit'] as const;
const withThirds = ['practitioner', 'client', 'interpreter', 'supporter'] as const;
const withInterpreter = ['practitioner', 'client', 'interpreter'] as const;

scenario(
  '[J1][J5][H26] an interpreter and a supporter',
  { transports: overServer, ci: overServer, people: withThirds },
  async (stage) => {
    const choice = { others: ['interpreter', 'supporter'], framesPerSecond: 3 };
    const { host, practitioner, client, livekit } = await startLiveSession(stage, choice);
    const recorded = follow(host.log);
    await stopNotingWords(practitioner.page);
    const { page } = practitioner;
    const thirds = [
      await stage.launch('interpreter', SMALL),
      await stage.launch('supporter', SMALL),
    ] as const;
    const [interpreter, supporter] = thirds;

    // [J2] Consent of their own, at the door, and nothing to see or hear before they are let in.
    for (const third of thirds) {
      await comesToTheDoor(third, host);
      await recorded('participant.consented');
      await expectReads(third.page, 'participant.door.headline');
    }
    await stage.artifacts.picture('at-the-door', stage.devices);
    await expectNothingArrives(thirds);
    expect(await livekit?.people()).toEqual(['client', 'practitioner']);
    await letsIn(page, 'interpreter', recorded);
    await letsIn(page, 'supporter', recorded);
    await expectAllSeeAndHear(stage.devices, 3);
    await stage.artifacts.picture('all-in-the-room', stage.devices);

    // [J5] A crisis: the supporter is outside at once, the interpreter stays.
    await act(page, 'staff.action.crisis');
    const held = await recorded('participant.heldOutside', 'crisis');
    expect(held.subject?.id).toBe('supporter');
    await expectReads(supporter.page, 'participant.outside.headline');
    const inRoom = async () => (await livekit?.people())?.join(' ') === 'client interpreter practitioner';
    await eventually('LiveKit has put the supporter out', inRoom, 3000);
    stage.artifacts.note('supporter is out of the video room', Date.now(), { heldAtMs: held.recordedAtMs });
    await expectNothingArrives([supporter]);
    await expectAllSeeAndHear([practitioner, client, interpreter], 2);
    await stage.artifacts.picture('supporter-outside', stage.devices);
    for (const { page: theirs } of thirds) await expectNoStaffWords(theirs);
    expect(await wordsOn(supporter.page), 'who is in the room is for those in it').not.toContain('Sam');
    // [J6] It stays so while the token lives, until the practitioner decides otherwise.
    await pause(3000);
    expect(await inRoom()).toBe(true);
    await settle(page, 'staff.participant.title.supporter', 'staff.participant.admit');
    await recorded('participant.admitted');
    // Put out, their camera and microphone were let go: they turn them on again themselves.
    await turnMediaOn(supporter.page);
    await expectAllSeeAndHear(stage.devices, 3);
    await stage.artifacts.picture('supporter-again', stage.devices);
    await settle(page, 'staff.crisis.title', 'crisis.exit.clientSafe', {
      typed: { 'rationaleRef.label': 'note-3' },
    });
    await recorded('crisis.resolved', 'clientSafe');
  },
);

scenario(
  '[J8][J9] an interpreter is lost',
  { transports: overServer, ci: overServer, people: withInterpreter },
  async (stage) => {
    const session = await startLiveSession(stage, { others: ['interpreter'], framesPerSecond: 3 });
    const { host, practitioner, client } = session;
    const recorded = follow(host.log);
    const { page } = practitioner;
    const interpreter = await stage.launch('interpreter', SMALL);
    await comesToTheDoor(interpreter, host);
    await recorded('participant.consented');
    await letsIn(page, 'interpreter', recorded);
    await expectAllSeeAndHear(stage.devices, 2);

    // [J8] Their cable is cut: what is said pauses, nobody's ladder opens.
    const runsBefore = host.log.of('run.opened').length;
    stage.network.linkDown('interpreter');
    await recorded('participant.lost');
    await expectReads(page, 'notice.participantLost');
    await expectReads(client.page, 'client.paused.headline');
    await expectNoPictures(session);
    // Their own page does not say that the others see and hear them.
    await expectReads(interpreter.page, 'participant.reconnecting.headline');
    await stage.artifacts.picture('lost', stage.devices);
    // [J9] They are rung, and come back.
    await settle(page, 'staff.callBack.title', 'staff.callBack.called', {
      chosen: { 'callBack.outcome.label': 'callBack.outcome.reached' },
    });
    await recorded('participant.calledBack', 'reached');
    const healedAtMs = stage.network.heal('interpreter');
    const back = await recorded('participant.back');
    stage.artifacts.note('participant.back', back.recordedAtMs, { healedAtMs });
    await expectSilentOn(client.page, 'client.paused.headline');
    await expectAllSeeAndHear(stage.devices, 2);
    await stage.artifacts.picture('back', stage.devices);
    expect(host.log.of('run.opened'), 'no ladder opens for a participant').toHaveLength(runsBefore);
    for (const { page: theirs } of [client, interpreter]) await expectNoStaffWords(theirs);
  },
);
