/** The page of a test link. It may be seen by others in a home, so it says nothing of what the appointment is about (H29). */
export const checkWords = {
  'check.title': 'Try out your device',
  'check.text': 'You can try your camera, your microphone, your speaker and your internet here.',
  'check.private': 'Nobody sees or hears you, and nobody is told that you were here.',
  'check.start': 'Start the test',
  'check.starting': 'Starting the test',
  'check.failed': 'The test could not be opened.',
  'check.failed.retry': 'Check your internet, then press the button again.',
  'check.devices': 'Camera and microphone',
  'check.speaker': 'Speaker',
  'check.speaker.play': 'Play a sound',
  'check.speaker.asked': 'Did you hear it?',
  'check.speaker.yes': 'Yes, I heard it',
  'check.speaker.no': 'No',
  'check.connection': 'Internet',
  'check.connection.measuring': 'We look at your internet. This takes up to three seconds.',
  'check.connection.ok': 'Your internet is good enough.',
  'check.connection.unknown':
    'We cannot tell how good your internet is. If films play well on this device, it is most likely fine.',
  'check.connection.again': 'Try it again',
  'check.next': 'What to do next',
  'check.next.devices': 'Turn on the camera and the microphone above, and see if they work.',
  'check.next.speaker': 'Press “Play a sound”, and say if you heard it.',
  'check.next.louder': 'Turn the sound up, or plug in headphones. Then play the sound again.',
  'check.next.ready':
    'Your device is ready. At the time that you agreed, open your own link. You can close this page.',
  'check.next.without': 'If it does not work, ask the service for a phone call or another way.',
} as const satisfies Record<string, string>;
