import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { appointmentHost } from './kit/appointment-host.js';
import { expectReads, expectSilentOn, follow, inDays } from './kit/following.js';
import { startHost, startLiveSession } from './kit/live-session.js';
import { expectNoStaffWords } from './kit/no-trace.js';
import { eventually } from './kit/processes.js';
import { scenario } from './kit/scenario.js';
import {
  act,
  actBehind,
  clientSetsUp,
  disposeRun,
  openJoinLink,
  recordCall,
  settle,
  task,
} from './kit/session-pages.js';

const direct = ['webrtc'] as const;
const withManagement = ['practitioner', 'client', 'management'] as const;

scenario('pathway no-show', { transports: direct, ci: direct }, async (stage) => {
  const { host } = await startHost(stage, {
    program: await appointmentHost(stage, { begunAgoMs: 15 * 60_000 }),
  });
  const recorded = follow(host.log);
  const practitioner = await stage.launch('practitioner');
  const { page } = practitioner;
  await openJoinLink(page, await host.link('practitioner'));
  await expectReads(page, 'notice.clientLate');
  expect(host.log.of('attendance.late')).toHaveLength(1);
  await stage.artifacts.picture('late', stage.devices);

  // [C24] Not appearing may be a matter of safety: a person opens it, and nothing rings by itself.
  await settle(page, 'staff.noShow.title', 'staff.noShow.send');
  await recorded('attendance.noShowOpened');
  await recorded('run.opened', 'noShow');
  await stage.artifacts.picture('deciding', stage.devices);
  await settle(page, 'staff.decide.title', 'decision.notNow', {
    chosen: { 'lookAgain.label': stage.profile === 'drill' ? /^3 seconds$/ : /^1 minute$/ },
  });
  await recorded('deciding.decided', 'notNow');
  await recorded('deciding.reopened');
  // Nobody has said that ringing is safe: it is allowed by a person with a reason, or not at all.
  await settle(page, 'staff.allowRinging.title', 'staff.allowRinging.allow', {
    chosen: { 'reason.label': 'reason.clinicalJudgement' },
  });
  await recorded('run.ringingAllowed');
  await settle(page, 'staff.decide.title', 'decision.ringClientAgain');
  await recorded('deciding.decided', 'ringClientAgain');
  await recordCall(page, 'voicemail');
  await recorded('phoning.recorded', 'voicemail');
  await stage.artifacts.picture('rung', stage.devices);
  await disposeRun(page, 'followUpArranged');
  await recorded('run.ended');
  await act(page, 'staff.action.end');
  await recorded('attendance.ended', 'noShow');
  await settle(page, 'closing.dispose.title', 'closing.dispose.send', {
    chosen: { 'disposition.label': 'disposition.followUpArranged' },
  });
  // [A20] The reasons of each decision are written down somewhere before the session is closed.
  await expectReads(page, 'cannot.rationaleMissing');
  await stage.artifacts.picture('closing', stage.devices);
  await settle(page, 'pathway.noShow', 'rationale.send', { typed: { 'rationaleRef.label': 'note-3' } });
  await recorded('pathway.rationaleGiven');
  await settle(page, 'closing.close.title', 'closing.close.send');
  await recorded('session.closed');
  expect(host.log.of('alert.sent')).toEqual([]);
});

scenario('pathway not suitable', { transports: direct, ci: direct }, async (stage) => {
  const { host } = await startHost(stage);
  const [practitioner, client] = [await stage.launch('practitioner'), await stage.launch('client')];
  const recorded = follow(host.log);
  const { page } = practitioner;
  await openJoinLink(page, await host.link('practitioner'));
  await openJoinLink(client.page, await host.link('client'));
  await clientSetsUp(client.page);
  await settle(page, 'practitioner.item.suitability.title', 'practitioner.answer.suitability.notSuitable', {
    chosen: {
      'practitioner.flag.isEligible': 'task.yes',
      'practitioner.flag.hasAccess': 'task.no',
      'practitioner.flag.canEngage': 'task.yes',
      'suitability.because.label': 'suitability.because.noRealisticAccess',
    },
  });
  await recorded('alternative.owed');
  await stage.artifacts.picture('not-suitable', stage.devices);
  await settle(page, 'practitioner.item.suitability.title', 'item.stop');
  await recorded('session.ending');
  await settle(page, 'closing.dispose.title', 'closing.dispose.send', {
    chosen: { 'disposition.label': 'disposition.followUpArranged' },
  });
  // [A53] Not closed without something as good, with a date and whom to turn to until then.
  await expectReads(page, 'cannot.alternativeMissing');
  expect(await task(page, 'closing.close.title').count()).toBe(0);
  await stage.artifacts.picture('cannot-close', stage.devices);
  await settle(page, 'alternative.title', 'alternative.send', {
    chosen: {
      'alternative.kind.label': 'alternative.kind.phone',
      'alternative.route.label': 'alternative.route.serviceDutyLine',
    },
    dated: { 'alternative.dueOn': inDays(2) },
  });
  await recorded('alternative.offered');
  await expectReads(client.page, 'client.alternative.phone');
  await expectReads(client.page, 'client.until.serviceDutyLine');
  await settle(page, 'pathway.notSuitable', 'rationale.send', { typed: { 'rationaleRef.label': 'note-4' } });
  await recorded('pathway.rationaleGiven');
  await settle(page, 'closing.close.title', 'closing.close.send');
  await recorded('session.closed');
  await expectReads(client.page, 'client.alternative.phone');
  await stage.artifacts.picture('closed', stage.devices);
  expect(host.log.of('gate.mediaOpened'), 'media stayed shut').toEqual([]);
  await expectNoStaffWords(client.page);
});

scenario('pathway recording', { transports: direct, ci: direct, people: withManagement }, async (stage) => {
  const policy = { recording: { mode: 'twoGrants', policy: 'recording-policy-1' } } as const;
  const { host, practitioner, client } = await startLiveSession(stage, {
    program: await appointmentHost(stage, { policy }),
  });
  const management = await stage.launch('management');
  const recorded = follow(host.log);
  const { page } = practitioner;
  await openJoinLink(management.page, await host.link('management'));
  await settle(management.page, 'recording.grant.management.title', 'recording.grant.management');
  await recorded('recording.granted');
  await expectReads(page, 'recording.is.off');
  // [E15] One grant is none.
  expect(await buttonOfStart(page)).toBe(0);
  await settle(client.page, 'client.recording.title', 'client.recording.grant');
  await recorded('recording.granted');
  await stage.artifacts.picture('granted', stage.devices);
  await settle(page, 'recording.title', 'recording.start');
  await recorded('recording.started');
  await expectReads(page, 'recording.is.on');
  await expectReads(client.page, 'client.recording.is.on');
  await stage.artifacts.picture('running', stage.devices);
  const told = () => {
    const file = join(stage.artifacts.folder, 'data/recorder.txt');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .map((line) => line.split(' ')[0])
      : [];
  };
  expect(told()).toContain('start');
  await actBehind(client.page, 'screen.more', 'client.recording.withdraw');
  await recorded('recording.stopped');
  await eventually('the recorder was told to stop', () => told().includes('stop'), 3000);
  await expectReads(client.page, 'client.recording.is.off');
  await expectSilentOn(page, 'recording.is.on', 'recording.is.stopping');
  await stage.artifacts.picture('stopped', stage.devices);
  await expectNoStaffWords(client.page);
});

const buttonOfStart = (page: Parameters<typeof task>[0]): Promise<number> =>
  task(page, 'recording.title').getByRole('button', { name: 'Start recording' }).count();
