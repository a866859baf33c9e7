/** Recording: what both sides and management read. It is never said that nobody can record (H06). */
export const recordingWords = {
  'client.recording.title': 'May this call be recorded?',
  'client.recording.why':
    'You do not have to say yes. Your service must agree, too. You can change your mind at any time.',
  'client.recording.grant': 'Yes, it may be recorded',
  'client.recording.withdraw': 'I do not want to be recorded',
  'client.recording.is.off': 'We are not recording this call.',
  'client.recording.is.starting': 'The recording is about to start.',
  'client.recording.is.on': 'This call is being recorded.',
  'client.recording.is.stopping': 'The recording is being stopped. It may run for a moment more.',
  'client.recording.outside': 'We cannot rule out that someone records a call outside our control.',

  'recording.title': 'Recording',
  'recording.missing.none': 'The client and management agreed. You decide if you record.',
  'recording.missing.none.duty':
    'The client and management agreed. The practitioner decides if it is recorded.',
  'recording.missing.none.notNow':
    'The client and management agreed. It cannot start now: not in a pause, not while privacy is broken, not while it stops, and not once the session ends.',
  'recording.missing.client': 'Management agreed. The client has not agreed.',
  'recording.missing.management': 'The client agreed. Management has not agreed.',
  'recording.missing.both': 'Neither the client nor management has agreed.',
  'recording.start': 'Start recording',
  'recording.start.confirm': 'Tell the client first. Start the recording?',
  'recording.stop': 'Stop recording',
  'recording.is.off': 'We are not recording this call. A call could be recorded outside our control.',
  'recording.is.starting': 'The recording is about to start. The client sees that.',
  'recording.is.on': 'This call is being recorded. The client sees that.',
  'recording.is.stopping': 'The recording was told to stop. It may still run.',
  'recording.failed.start': 'The recording could not start.',
  'recording.failed.stop': 'The recording could not be stopped. Stop it yourself where it runs.',
  'recording.grant.management.title': 'Permission to record this session',
  'recording.grant.management.why': 'It is recorded only if the client agrees, too. You can take it back.',
  'recording.grant.management': 'Management agrees',
  'recording.grant.management.confirm': 'Your permission is recorded. Go on?',
  'recording.withdraw': 'Take the permission back',
} as const satisfies Record<string, string>;
