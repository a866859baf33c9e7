import { expect } from 'vitest';
import { expectGone, expectReads, expectSilentOn, follow, inDays, type Follow } from './kit/following.js';
import {
  expectNoPictures,
  expectPicturesBothWays,
  startLiveSession,
  type LiveSession,
} from './kit/live-session.js';
import { expectNoStaffWords } from './kit/no-trace.js';
import { scenario } from './kit/scenario.js';
import { act, actBehind, openFold, openJoinLink, settle, turnCameraOn } from './kit/session-pages.js';

const direct = ['webrtc'] as const;
const withThoseWhoLookBack = ['practitioner', 'client', 'supervisor', 'management'] as const;

scenario('pathway pause, channel and observation', { transports: direct, ci: direct }, async (stage) => {
  const session = await startLiveSession(stage);
  const { host, practitioner, client } = session;
  const recorded = follow(host.log);
  await pauses(session, recorded);
  await stage.artifacts.picture('after-pause', stage.devices);

  // [H11] Either side says what no device can know, and the other side reads it.
  await act(practitioner.page, 'observation.cannotSee');
  await recorded('observation.reported', 'cannotSee');
  await expectReads(client.page, 'client.observation.unseen');
  await act(practitioner.page, 'observation.settle');
  await recorded('observation.settled');
  await expectSilentOn(client.page, 'client.observation.unseen');
  await actBehind(client.page, 'screen.more', 'client.observation.cannotSee');
  await recorded('observation.reported', 'cannotSee');
  await expectReads(practitioner.page, 'observation.client.cannotSee');
  await expectReads(client.page, 'client.observation.reported');
  await stage.artifacts.picture('not-seen', stage.devices);
  await actBehind(client.page, 'screen.more', 'client.observation.settle');
  await recorded('observation.settled');

  await changesChannel(session, recorded);
  await stage.artifacts.picture('in-person', stage.devices);
  await expectNoStaffWords(client.page);
});

async function pauses(session: LiveSession, recorded: Follow): Promise<void> {
  const { practitioner, client } = session;
  await act(client.page, 'client.action.pause');
  await recorded('pause.started', 'overwhelmed');
  await expectReads(client.page, 'client.paused.headline');
  await expectReads(practitioner.page, 'staff.pause.notice');
  await expectNoPictures(session);
  await act(client.page, 'client.action.ready');
  await recorded('pause.clientReady');
  await expectReads(client.page, 'client.paused.ready');
  // [H15] Whoever holds the device may have said so: it is the practitioner who ends it.
  await settle(practitioner.page, 'staff.pause.title', 'staff.pause.end');
  await recorded('pause.ended');
  await expectPicturesBothWays(practitioner, client, Date.now());
  await settle(
    practitioner.page,
    'practitioner.item.clientPrivacy.title',
    'practitioner.answer.clientPrivacy.confirmed',
    { chosen: { 'practitioner.flag.alone': 'task.yes', 'practitioner.flag.freeToSpeak': 'task.yes' } },
  );
  await recorded('item.answered');
}

async function changesChannel(session: LiveSession, recorded: Follow): Promise<void> {
  const { practitioner, client } = session;
  const { page } = practitioner;
  await settle(page, 'channel.title', 'channel.to.audioOnly', {
    chosen: { 'channel.because.label': 'channel.because.saveData' },
  });
  await recorded('channel.changed', 'audioOnly');
  await expectReads(client.page, 'client.channel.now.audioOnly');
  await expectNoPictures(session);
  await settle(page, 'channel.title', 'channel.to.video');
  await recorded('channel.changed', 'video');
  // Nobody's camera comes on by what somebody else chose.
  for (const one of [practitioner, client]) await turnCameraOn(one.page);
  await expectPicturesBothWays(practitioner, client, Date.now());

  // [D09] The client's own wish, without a reason; a person reaches them by name.
  await actBehind(client.page, 'screen.more', 'client.channel.to.phone');
  await recorded('channel.changed', 'phone');
  await settle(page, 'channel.reach.phone.title', 'outcome.reachedByName');
  await recorded('channel.reached');
  await recorded('contact.byPhone');
  await expectReads(client.page, 'client.phone.headline');
  await settle(page, 'staff.phone.title', 'staff.phone.move');
  await recorded('call.movedToVideo');
  await expectPicturesBothWays(practitioner, client, Date.now());

  await settle(page, 'channel.title', 'channel.to.faceToFace', {
    chosen: { 'channel.because.label': 'channel.because.remoteNotSuitable' },
    dated: { 'channel.dueOn': inDays(3) },
  });
  await recorded('channel.meetingAsked');
  await recorded('followUp.opened', 'meetFaceToFace');
}

scenario('pathway safety plan', { transports: direct, ci: direct }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const recorded = follow(host.log);
  const { page } = practitioner;
  await settle(page, 'plan.prompt.none.title', 'plan.raise');
  await recorded('plan.raised');
  await stage.artifacts.picture('raised', stage.devices);
  await expectReads(page, 'cannot.planDue');
  await settle(page, 'plan.template.title', 'plan.template.send', {
    chosen: { 'plan.template.label': 'plan.template.ownTemplate' },
  });
  await recorded('plan.templateChosen');
  await settle(page, 'plan.review.copingStrategies', 'plan.review.done');
  await settle(page, 'plan.review.crisisRoutes', 'plan.review.done');
  await settle(page, 'plan.content.title', 'plan.content.send', {
    chosen: {
      'plan.group.triggers': 'task.yes',
      'plan.group.copingAndSupports': 'task.yes',
      'plan.group.providerResponse': 'task.no',
      'plan.group.emergencyProtocol': 'task.yes',
    },
  });
  await recorded('plan.contentRecorded');
  await settle(page, 'plan.agree.title', 'plan.agree.send', {
    chosen: { 'plan.agree.tookPart': 'task.yes', 'plan.agree.agreed': 'task.yes' },
    typed: { 'plan.agree.planRef': 'plan-4' },
  });
  await recorded('plan.agreed');
  await settle(page, 'plan.copy.title', 'plan.copy.safeChannel');
  await recorded('plan.copyDecided', 'safeChannel');
  await stage.artifacts.picture('last-review', [practitioner]);
  await settle(page, 'plan.review.escalationPermissions', 'plan.review.notDone', {
    chosen: { 'plan.skip.label': 'plan.skip.doneBefore' },
  });
  await recorded('plan.reviewed');
  await expectSilentOn(page, 'cannot.planDue');
  await stage.artifacts.picture('reviewed', stage.devices);
  await expectNoStaffWords(client.page);
});

scenario(
  'pathway closing',
  { transports: direct, ci: direct, people: withThoseWhoLookBack },
  async (stage) => {
    const { host, practitioner, client } = await startLiveSession(stage);
    const recorded = follow(host.log);
    const { page } = practitioner;
    await act(page, 'staff.action.crisis');
    await settle(page, 'staff.crisis.title', 'crisis.exit.overridden', {
      chosen: { 'reason.label': 'reason.clinicalJudgement' },
    });
    await recorded('crisis.resolved', 'overridden');
    await recorded('supervision.opened');
    await act(page, 'staff.action.end');
    await recorded('session.ending');
    await stage.artifacts.picture('closing', stage.devices);

    for (const step of ['summary', 'nextSteps', 'nextAppointment', 'whoToAskForHelp']) {
      await settle(page, `checklist.step.${step}`, 'checklist.outcome.done');
      await recorded('checklist.recorded', 'done');
    }
    await settle(page, 'closing.dispose.title', 'closing.dispose.send', {
      chosen: { 'disposition.label': 'disposition.safeWithClient' },
    });
    await recorded('closing.disposed', 'safeWithClient');
    await settle(page, 'pathway.crisis', 'rationale.send', { typed: { 'rationaleRef.label': 'note-5' } });
    await recorded('pathway.rationaleGiven');
    await settle(page, 'followUp.title', 'followUp.add', {
      chosen: { 'followUp.kind.label': 'followUp.kind.callClient', 'followUp.owner': /^Robin/ },
      dated: { 'followUp.dueOn': inDays(2) },
    });
    await recorded('followUp.opened', 'callClient');
    await settle(page, 'followUp.kind.callClient', 'followUp.settle');
    await recorded('followUp.settled');
    await settle(page, 'followUp.kind.afterIncident', 'followUp.handOver', {
      chosen: { 'followUp.owner': /^Alex/ },
    });
    await recorded('followUp.handedOver');
    await openFold(page, 'screen.reports');
    await settle(page, 'issue.title', 'report.send', {
      chosen: { 'issue.kind.label': 'issue.kind.connection' },
      typed: { 'report.ref.label': 'note-9' },
    });
    await recorded('issue.reported');
    await stage.artifacts.picture('before-close', [practitioner]);
    await settle(page, 'closing.close.title', 'closing.close.send');
    await recorded('session.closed');

    // [A50, A47] Each question can be left out; a near miss is flagged in one step, and nobody is named.
    await expectReads(client.page, 'client.closed.headline');
    await stage.artifacts.picture('closed', stage.devices);
    await settle(client.page, 'feedback.title', 'feedback.give', {
      chosen: {
        'feedback.safety': 'feedback.answer.yes',
        'feedback.nextSteps': 'feedback.answer.unsure',
      },
    });
    await recorded('feedback.given');
    await expectReads(client.page, 'client.closed.thanks');
    await openFold(client.page, 'screen.reports');
    await settle(client.page, 'nearMiss.title', 'report.send', {
      chosen: { 'nearMiss.kind.label': 'nearMiss.kind.overheard' },
    });
    await recorded('nearMiss.flagged');
    await expectReads(client.page, 'report.thanks');
    await expectNoStaffWords(client.page);

    const [supervisor, management] = [await stage.launch('supervisor'), await stage.launch('management')];
    await openJoinLink(supervisor.page, await host.link('supervisor'));
    await expectReads(supervisor.page, 'nearMiss.kind.overheard');
    await stage.artifacts.picture('to-look-back', [supervisor]);
    await settle(supervisor.page, 'pathway.crisis', 'supervision.settle', {
      typed: { 'supervision.ref': 'note-31' },
    });
    await recorded('supervision.settled');
    await expectGone(supervisor.page, 'pathway.crisis');
    await openJoinLink(management.page, await host.link('management'));
    await expectReads(management.page, 'issue.kind.connection');
    await stage.artifacts.picture('looked-back', [supervisor, management]);
    expect(host.log.of('alert.sent'), 'a page that is read alerts nobody').toEqual([]);
  },
);
