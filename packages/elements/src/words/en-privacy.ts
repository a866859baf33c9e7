/** Pauses, the discreet signal and broken privacy. What the client reads says nothing of why. */
export const privacyWords = {
  // The client: the same for every reason.
  'client.paused.headline': 'We are taking a break',
  'client.paused.off': 'Picture and sound are off on both sides. You can stay on this page.',
  'client.paused.next': 'Say when you are ready to go on. There is no hurry.',
  'client.paused.ready': 'You said that you are ready. Picture and sound come back when you both are.',
  'client.action.pause': 'Take a break',
  'client.action.ready': 'I am ready to go on',
  'client.action.notReady': 'I need more time',

  // A pause, for staff.
  'staff.action.pause': 'Pause picture and sound',
  'staff.pause.headline': 'Paused',
  'staff.pause.notice':
    'Paused: picture and sound are off on both sides. If contact is lost, this page says so.',
  'staff.pause.overdue': 'Still paused. You do not see or hear each other.',
  'staff.pause.title': 'Go on after the pause',
  'staff.pause.end': 'Picture and sound on again',
  'staff.pause.why.overwhelmed': '{name} asked for a pause because it was too much.',
  'staff.pause.why.needed': 'You paused picture and sound. {name} reads only that you are taking a break.',
  'staff.pause.why.recheck':
    'The service was away for a while. Put picture and sound on, then ask {name} again: is it still all right to go on, and are they alone? Say again that you are alone too.',
  'staff.pause.restored':
    'The service was away for a while. Picture and sound are off on both sides until you go on and ask again.',
  'staff.pause.why.ready': 'On the page of {name} somebody said that they are ready. Make sure who it was.',
  'deadline.pause.remind': 'You are reminded of the pause',

  // The discreet signal: shown, never spoken.
  'staff.signal.title': 'Signal: someone may be near the client',
  'staff.signal.why':
    'Do not speak about it. The client’s page shows nothing. Say here that you saw it, then choose what to do.',
  'staff.signal.seen': 'I have seen it',
  'staff.signal.falseAlarm': 'False alarm',
  'deadline.signal.acknowledge': 'The duty person is alerted if you have not seen the signal',
  'alert.discreetSignal': '{name} gave the signal that someone is near. Nobody has seen it yet.',
  'cannot.signalUnseen': 'The client gave a signal. Say that you saw it first.',

  // Broken privacy.
  'staff.action.privacy': 'Someone may be listening',
  'staff.privacy.open': 'Pause now: someone may be listening',
  'staff.privacy.step.paused': 'Someone may be listening: paused',
  'staff.privacy.step.paused.why':
    'Picture and sound are off on both sides. The client is not rung. Choose how to go on.',
  'staff.privacy.step.recontracting': 'Ask again, yes or no only',
  'staff.privacy.step.recontracting.why':
    'You see and hear each other again. Leave out what was spoken of. Ask: “Can you talk freely now, yes or no?”',
  'staff.privacy.step.switchingChannel': 'Go on by the safe channel',
  'staff.privacy.step.switchingChannel.why':
    'Picture and sound stay off. Use the channel yourself, in the way that was agreed. It is under “What we know”.',
  'staff.privacy.step.endingNeutrally': 'End with a neutral reason',
  'staff.privacy.step.endingNeutrally.why':
    'Say: “I have to stop here today. I will be in touch as we agreed.” Then end the call.',
  'staff.privacy.stop': 'Pause again',
  'staff.privacy.askAgain': 'Ask again if they can talk freely',
  'staff.privacy.toBackUp': 'Go on by the safe back-up channel',
  'staff.privacy.toSafeContact': 'Go on by the agreed safe contact',
  'staff.privacy.endNeutrally': 'End with a neutral reason',
  'staff.privacy.yesFree': 'They said yes: they can talk freely',
  'staff.privacy.goneOver': 'We went over to the safe channel',
  'staff.privacy.endedSo': 'I ended with the neutral reason',
  'staff.privacy.falseAlarm': 'False alarm: nobody is listening',
  'staff.privacy.lead.title': 'Tell the safeguarding lead',
  'staff.privacy.lead.why': 'Nobody has told them yet. It is your decision.',
  'staff.privacy.lead.sent': 'They were alerted. Nobody has seen it yet.',
  'staff.privacy.lead.acknowledged': '{name} has seen it.',
  'staff.privacy.lead.accepted': '{name} has taken it over.',
  'staff.privacy.alertLead': 'Alert the safeguarding lead',
  'staff.privacy.alertLead.confirm': 'They are told that privacy was broken in this session. Go on?',
  'deadline.privacy.act': 'The duty person is alerted if nothing is chosen',
  'alert.privacySilent': '{name} may be listened to, and nobody has chosen what to do.',
  'alert.privacy': 'Someone may be listening to {name}. You are asked to look at it.',
  'cannot.privacyOpen': 'Someone may be listening. Say how that was settled first.',

  // A safe contact, agreed beforehand.
  'staff.safeContact.title': 'A safe time and way to be in touch with {name}',
  'staff.safeContact.why': 'Ask while you are sure that they are alone. The client’s page never shows it.',
  'staff.safeContact.words': 'When, and how: in their words',
  'staff.safeContact.set': 'Write it down',
  'fact.safeContact': 'Safe time and way to be in touch',
} as const satisfies Record<string, string>;
