import { expect } from 'vitest';
import { expectGone, expectReads, expectSilentOn, follow, inDays } from './kit/following.js';
import { expectNoPictures, expectPicturesBothWays, startLiveSession } from './kit/live-session.js';
import { expectNoStaffWords, markupOf } from './kit/no-trace.js';
import { scenario } from './kit/scenario.js';
import { act, openJoinLink, settle } from './kit/session-pages.js';

const direct = ['webrtc'] as const;
const withDuty = ['practitioner', 'client', 'duty'] as const;
const withLead = ['practitioner', 'client', 'lead'] as const;

scenario('pathway crisis', { transports: direct, ci: direct, people: withDuty }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const duty = await stage.launch('duty');
  const recorded = follow(host.log);
  const { page } = practitioner;

  await act(page, 'staff.action.crisis');
  await recorded('crisis.opened');
  await stage.artifacts.picture('crisis-opened', [practitioner]);
  // [A28] Place and number first, one tap where nothing has changed.
  await expectReads(page, 'staff.crisis.location.is');
  await settle(page, 'staff.crisis.location.title', 'staff.crisis.location.unchanged');
  await recorded('item.answered');
  await settle(page, 'staff.crisis.callBackNumber.title', 'staff.crisis.callBackNumber.unchanged');
  await recorded('crisis.factConfirmed');
  await settle(page, 'staff.crisis.harm.title', 'crisis.harm.both');
  await recorded('crisis.harmSet', 'both');
  await settle(page, 'checklist.step.dutyToWarn', 'checklist.outcome.notPossible');
  await recorded('checklist.recorded', 'notPossible');
  await settle(page, 'checklist.step.askDirectly', 'checklist.outcome.done');
  await recorded('checklist.recorded', 'done');

  // [A30] A person comes, is briefed, takes it over; until then it stays where it is.
  await settle(page, 'staff.crisis.title', 'staff.crisis.offer');
  await recorded('crisis.escalationOffered');
  await openJoinLink(duty.page, await host.link('duty-1'));
  await settle(duty.page, 'alert.escalation', 'staff.alert.acknowledge');
  await recorded('alert.acknowledged');
  await stage.artifacts.picture('duty-alerted', [duty, practitioner]);
  await settle(duty.page, 'alert.escalation', 'staff.alert.accept');
  await recorded('alert.accepted');
  await recorded('crisis.escalationJoined');
  await expectReads(duty.page, 'staff.crisis.why.joined.you');
  await expectReads(duty.page, 'duty.joined.headline');
  await expectReads(page, 'staff.crisis.why.joined');
  await settle(page, 'staff.crisis.title', 'staff.crisis.brief');
  await recorded('crisis.escalationBriefed');
  await settle(duty.page, 'staff.crisis.title', 'staff.crisis.accept');
  await recorded('crisis.escalationAccepted');
  await expectReads(duty.page, 'staff.crisis.why.accepted.you');
  await stage.artifacts.picture('accepted', [duty, practitioner]);
  await expectReads(page, 'staff.crisis.why.accepted');

  // [C21] The client reads what a person chose to say, and nothing else.
  await expectSilentOn(client.page, 'client.told.colleagueJoins');
  await settle(page, 'tell.title', 'tell.send', {
    chosen: { 'tell.step.label': 'tell.step.colleagueJoins' },
  });
  await recorded('client.told');
  await expectReads(client.page, 'client.told.colleagueJoins');
  await stage.artifacts.picture('told', [client]);
  await settle(duty.page, 'staff.crisis.title', 'staff.crisis.introduce');
  await recorded('crisis.clientIntroduced');
  await settle(duty.page, 'staff.crisis.title', 'staff.crisis.release');
  await recorded('crisis.senderReleased');

  await settle(duty.page, 'disclosure.title', 'disclosure.send', {
    chosen: { 'disclosure.to.label': 'disclosure.to.crisisTeam' },
    ticked: { 'disclosure.category.label': ['disclosure.category.place', 'disclosure.category.risk'] },
    typed: { 'rationaleRef.label': 'note-17' },
  });
  await recorded('disclosure.recorded');
  await settle(duty.page, 'staffNote.title', 'staffNote.send', {
    typed: { 'staffNote.label': 'The crisis team is on its way' },
  });
  await recorded('staffNote.sent');
  await expectReads(page, 'notice.note');
  // [C20] A colleague is asked, in the middle of it.
  await settle(page, 'consult.ask.title', 'consult.ask.send', { chosen: { 'consult.person': /^Alex/ } });
  await recorded('consult.asked');
  await stage.artifacts.picture('consult', [practitioner, duty]);
  await settle(duty.page, 'alert.consult', 'staff.alert.acknowledge');
  await settle(duty.page, 'alert.consult', 'staff.alert.accept');
  await recorded('consult.taken');
  await settle(page, 'consult.taken.title', 'consult.outcome.talkedItOver');
  await recorded('consult.ended', 'talkedItOver');

  // [H21] It ends only as a person says.
  await settle(duty.page, 'staff.crisis.title', 'crisis.exit.handOverAccepted');
  await recorded('crisis.resolved', 'handOverAccepted');
  await stage.artifacts.picture('resolved', stage.devices);
  await expectGone(page, 'staff.crisis.title');
  await expectNoStaffWords(client.page);
});

scenario('pathway broken privacy', { transports: direct, ci: direct }, async (stage) => {
  const session = await startLiveSession(stage);
  const { host, practitioner, client } = session;
  const recorded = follow(host.log);
  const { page } = practitioner;
  const before = await markupOf(client.page);
  for (let press = 0; press < 3; press += 1) await client.page.keyboard.press('Control');
  await recorded('privacy.signalled');
  await expectReads(page, 'staff.signal.title');
  await stage.artifacts.picture('signal', stage.devices);
  expect(await markupOf(client.page), 'the page of the client is the same to the letter').toBe(before);
  await settle(page, 'staff.signal.title', 'staff.signal.seen');
  await recorded('privacy.acknowledged', 'seen');
  expect(await markupOf(client.page)).toBe(before);

  // [A26] Paused at once on both sides; the client reads the same as in any pause.
  await act(page, 'staff.action.privacy');
  await recorded('privacy.compromised');
  await expectReads(client.page, 'client.paused.headline');
  await expectReads(page, 'staff.privacy.step.paused', 'staff.pause.notice');
  await expectNoPictures(session);
  await stage.artifacts.picture('paused', stage.devices);
  await settle(page, 'staff.privacy.step.paused', 'staff.privacy.askAgain');
  await recorded('privacy.stepTaken', 'recontracting');
  await expectPicturesBothWays(practitioner, client, Date.now());
  await stage.artifacts.picture('asking-again', stage.devices);
  await settle(page, 'staff.privacy.step.recontracting', 'staff.privacy.yesFree');
  await recorded('privacy.resolved', 'privateAgain');
  await expectPicturesBothWays(practitioner, client, Date.now());
  await settle(page, 'practitioner.item.clientPrivacy.title', 'practitioner.answer.clientPrivacy.confirmed', {
    chosen: { 'practitioner.flag.alone': 'task.yes', 'practitioner.flag.freeToSpeak': 'task.yes' },
  });

  // Another way: over to the channel that the client marked as safe; the lead is told because a person wants it.
  await act(page, 'staff.action.privacy');
  await recorded('privacy.compromised');
  await settle(page, 'staff.privacy.lead.title', 'staff.privacy.alertLead');
  await recorded('privacy.leadAlerted');
  await settle(page, 'staff.privacy.step.paused', 'staff.privacy.toBackUp');
  await recorded('privacy.stepTaken', 'switchingChannel');
  await stage.artifacts.picture('going-over', stage.devices);
  await expectReads(client.page, 'client.paused.headline');
  await settle(page, 'staff.privacy.step.switchingChannel', 'staff.privacy.goneOver');
  await recorded('privacy.resolved', 'otherChannel');
  await stage.artifacts.picture('gone-over', stage.devices);

  // And the last: a neutral ending. It is said in the call, so picture and sound are on for it.
  await act(page, 'staff.action.privacy');
  await recorded('privacy.compromised');
  await settle(page, 'staff.privacy.step.paused', 'staff.privacy.endNeutrally');
  await recorded('privacy.stepTaken', 'endingNeutrally');
  await stage.artifacts.picture('ending-neutrally', stage.devices);
  await settle(page, 'staff.privacy.step.endingNeutrally', 'staff.privacy.endedSo');
  await recorded('privacy.resolved', 'endedNeutrally');
  await act(page, 'staff.action.end');
  await recorded('session.ending');
  await stage.artifacts.picture('ended', stage.devices);
  await expectNoStaffWords(client.page);
});

scenario('pathway safeguarding', { transports: direct, ci: direct, people: withLead }, async (stage) => {
  const { host, practitioner, client } = await startLiveSession(stage);
  const lead = await stage.launch('lead');
  const recorded = follow(host.log);
  const { page } = practitioner;

  await act(page, 'staff.action.safeguarding');
  await recorded('safeguarding.opened');
  await stage.artifacts.picture('opened', [practitioner]);
  await settle(page, 'checklist.step.ownWords', 'checklist.outcome.done');
  await recorded('checklist.recorded', 'done');
  await settle(page, 'staff.safeguarding.decide.title', 'safeguarding.threshold.yes', {
    chosen: { 'safeguarding.consent.label': 'safeguarding.consent.unsafeToAsk' },
    typed: { 'rationaleRef.label': 'note-21' },
  });
  await recorded('safeguarding.decided', 'yes');
  expect(host.log.of('alert.sent'), '[A38] nobody is told but by a person').toEqual([]);

  await settle(page, 'staff.safeguarding.lead.title', 'staff.safeguarding.lead.alert');
  await recorded('safeguarding.leadNotified');
  await openJoinLink(lead.page, await host.link('safeguarding-1'));
  await settle(lead.page, 'alert.safeguarding', 'staff.alert.acknowledge');
  await recorded('alert.acknowledged');
  await expectReads(page, 'staff.safeguarding.lead.acknowledged');
  await stage.artifacts.picture('lead-alerted', [lead, practitioner]);
  await settle(lead.page, 'alert.safeguarding', 'staff.alert.accept');
  await recorded('safeguarding.leadAnswered');
  await stage.artifacts.picture('lead-has-it', [lead, practitioner]);

  await settle(page, 'staff.safeguarding.plan.title', 'staff.safeguarding.plan.set', {
    typed: { 'staff.personal.safeContact': 'Tuesday at noon, by message' },
  });
  await recorded('safeguarding.contactPlanned', 'set');
  await settle(page, 'followUp.kind.safeguardingReferral', 'followUp.add', {
    chosen: { 'followUp.owner': /^Toni/ },
    dated: { 'followUp.dueOn': inDays(1) },
  });
  await recorded('followUp.opened', 'safeguardingReferral');
  await stage.artifacts.picture('to-settle', stage.devices);
  await settle(page, 'staff.safeguarding.settle.title', 'safeguarding.end.handedToLead');
  await recorded('safeguarding.settled', 'handedToLead');
  await expectGone(page, 'staff.safeguarding.settle.title');
  await stage.artifacts.picture('settled', stage.devices);
  await expectNoStaffWords(client.page);
  expect(await markupOf(client.page)).not.toContain('Tuesday at noon');
});
