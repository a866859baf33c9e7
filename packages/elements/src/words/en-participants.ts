/** Other people who take part: what they read, and what staff do about them. Nobody outside reads why. */
export const participantWords = {
  // Their own screen.
  'participant.setUp.headline': 'Before you join',
  'participant.setUp.what': 'Read this first. Then say if you agree. You can also leave.',
  'participant.consent.title': 'Being there when someone meets their practitioner',
  'participant.consent.why':
    'What you see and hear stays private, and you do not record it. Be where nobody else can listen. You may be asked to wait outside at any time. You can leave at any time.',
  'participant.consent.agree': 'I have read this and I agree',
  'participant.door.headline': 'You are at the door',
  'participant.door.next':
    'The practitioner lets you in when both of them are ready. You can stay on this page.',
  'participant.door.who': 'They may ring you first, to make sure who you are.',
  'participant.room.headline': 'You are in the session',
  'participant.room.what': 'The others see and hear you while your camera and microphone are on.',
  'participant.room.outside':
    'You may be asked to wait outside. Then your picture and sound stop, and this page says so.',
  'participant.reconnecting.headline': 'The call broke off',
  'participant.reconnecting.what':
    'The others may not see or hear you now. Please stay on this page. It connects again by itself.',
  'participant.paused.headline': 'There is a short break',
  'participant.paused.what': 'Picture and sound are off for everybody. You can stay on this page.',
  'participant.outside.headline': 'Please wait outside for now',
  'participant.outside.what':
    'Nobody sees or hears you. This happens in many sessions, and you did nothing wrong. The practitioner can let you in again. You can stay on this page.',
  'participant.removed.headline': 'You are no longer part of this session',
  'participant.removed.what': 'You can close this page. If you have a question, ask the service.',
  'participant.over.headline': 'The session is over',
  'participant.over.what': 'Thank you for being there. You can close this page.',
  'participant.left.headline': 'You have left',
  'participant.left.what': 'You can come back. Then the practitioner lets you in again.',
  'participant.openElsewhere.headline': 'The session is open on another page',
  'participant.openElsewhere.what': 'You are there with your other page. You can bring it back here.',
  'participant.action.withdraw': 'I no longer agree',
  'participant.action.withdraw.confirm': 'Your picture and sound stop at once. Go on?',
  'line.participant.down': 'This page cannot reach the service at the moment. It keeps trying.',
  'line.participant.notSentYet': 'Not sent yet. It is sent as soon as the connection is back.',

  // What the practitioner settles, person by person.
  'staff.participant.title.supporter': 'Supporter: {name}',
  'staff.participant.title.interpreter': 'Interpreter: {name}',
  'staff.participant.title.observer': 'Observer: {name}',
  'staff.participant.title.trainee': 'Trainee: {name}',
  'staff.participant.title.liveSupervisor': 'Supervisor who sits in: {name}',
  'staff.participant.in': 'In the room. They see and hear you both.',
  'staff.participant.why.invited': 'Not here yet. Nothing else is missing.',
  'staff.participant.why.identity': 'Make sure who this is, before they are in the room.',
  'staff.participant.why.consent': 'They have not agreed yet. They are asked on their own page.',
  'staff.participant.why.clientAgrees':
    'Ask the client: “Do you want them here?” Ask while they are outside.',
  'staff.participant.why.refuses': 'The client does not want them here. They stay outside.',
  'staff.participant.why.ready': 'At the door. You can let them in.',
  'staff.participant.why.early': 'At the door. You can let them in once you see and hear the client.',
  'staff.participant.held.practitioner': 'You asked them to wait outside. You can let them in again.',
  'staff.participant.held.privacy':
    'Outside, because someone may be listening. Letting them in is your decision.',
  'staff.participant.held.crisis': 'Outside, because a crisis was opened. Letting them in is your decision.',
  'staff.participant.held.safeguarding':
    'Outside, because safeguarding was opened. Letting them in is your decision.',
  'staff.participant.identify': 'I know who this is',
  'staff.participant.agrees': 'The client agrees that they are here',
  'staff.participant.refuses': 'The client does not want them here',
  'staff.participant.admit': 'Let them in',
  'staff.participant.hold': 'Ask them to wait outside',
  'staff.participant.remove': 'Take them out of this session',
  'staff.participant.remove.confirm': 'They cannot come back into this session. Go on?',
  'participant.method.label': 'How do you know?',
  'participant.method.knownToService': 'The service knows them',
  'participant.method.document': 'They showed a document',
  'participant.method.byPhone': 'I spoke to them by phone',
  'participant.method.clientKnowsThem': 'The client knows them',
  'notice.participantHeld': '{name} waits outside and hears nothing.',

  // A needed participant who was lost.
  'notice.participantLost':
    '{name} is not there since {sinceMs}. Without them you may not understand each other.',
  'staff.callBack.title': 'Get {name} back',
  'staff.callBack.silence':
    'Lost since {sinceMs}. Picture and sound are paused. Ring them yourself, wait, or go on in another way.',
  'staff.callBack.left':
    'Left at {sinceMs}. Picture and sound are paused. Ring them, wait, or go on in another way.',
  'staff.callBack.withdrew':
    'No longer agrees since {sinceMs}. Picture and sound are paused. Wait, or go on in another way.',
  'staff.callBack.crisis':
    'Not there since {sinceMs}. Go on: use short plain words, or put an interpreter on the phone with you both.',
  'staff.callBack.without.plainWording':
    '{name} is not there. Use short plain words, and ask often what was understood.',
  'staff.callBack.without.threeWayPhone': '{name} is not there. Use a phone line with all three of you.',
  'staff.callBack.called': 'I rang them',
  'staff.callBack.plainWording': 'Go on in plain words',
  'staff.callBack.threeWayPhone': 'Go on with a three-way phone line',
  'staff.callBack.wait': 'We wait for them',
  'callBack.outcome.label': 'What came of it?',
  'callBack.outcome.reached': 'I reached them',
  'callBack.outcome.noAnswer': 'No answer',
  'callBack.outcome.failed': 'The call did not work',
  'deadline.callBack.remind': 'You are reminded who is missing',
  'fact.callBack': 'Number of the person who is missing',
  'fact.callBack.unknown': 'No number is known',
  'staff.pause.why.participant':
    'Someone whom you need is not there. Nothing is said until you choose how to go on.',
} as const satisfies Record<string, string>;
