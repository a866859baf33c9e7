/**
 * The service's own lists: a sentence for each step of the reference policy. A service with other steps passes words of
 * its own under `checklist.step.…`.
 */
export const checklistWords = {
  'checklist.outcome.done': 'Done',
  'checklist.outcome.notPossible': 'Not possible now',
  'checklist.outcome.declined': 'The client does not want this',
  'checklist.why.opening': 'Opening, step {number} of {count}. Nothing waits for it.',
  'checklist.why.closing': 'Before you say goodbye, step {number} of {count}. Nothing waits for it.',
  'checklist.why.crisis': 'One step at a time, in any order. Nothing waits for it.',
  'checklist.why.crisisOthers': 'Somebody else may be in danger. In any order. Nothing waits for it.',
  'checklist.why.privacy': 'Ask so that yes or no is enough. Nothing waits for it.',
  'checklist.why.safeguarding': 'Use their own words. In any order. Nothing waits for it.',

  // Opening.
  'checklist.step.greeting': 'Say hello, and who you are',
  'checklist.step.whoIsHere': 'Ask who is in the room, on both sides',
  'checklist.step.canHear': 'Ask if you can hear and see each other',
  'checklist.step.whatIfWeDrop': 'Say what you both do if the call drops',
  'checklist.step.grounding': 'Take a moment to arrive',
  'checklist.step.agenda': 'Agree on what you talk about today',
  'checklist.step.consentStillHolds': 'Ask if video is still all right',

  // Crisis.
  'checklist.step.sayWhatHappensNow': 'Say calmly what happens now',
  'checklist.step.askDirectly': 'Ask directly about harm',
  'checklist.step.means': 'Ask what is within reach, and if it can be moved away',
  'checklist.step.saferPlace': 'Ask if they can go to a safer place',
  'checklist.step.someoneNear': 'Ask if someone can be with them',
  'checklist.step.cameraOn': 'Ask if the camera can stay on',
  'checklist.step.planSteps': 'Go through the steps of their safety plan',
  'checklist.step.whoIsAtRisk': 'Ask who may be in danger',
  'checklist.step.dutyToWarn': 'Think about whether somebody must be warned',
  'checklist.step.whereAreThey': 'Ask where that person is now',

  // Privacy and safeguarding.
  'checklist.step.stopSensitiveTopics': 'Stop talking about private things',
  'checklist.step.askYesOrNo': 'Ask if it is safe to go on: yes or no',
  'checklist.step.agreeToGoOnOrEnd': 'Agree to go on, or to end',
  'checklist.step.agreeSafeContact': 'Agree on a safe time and way to talk',
  'checklist.step.dangerNow': 'Ask if anyone is in danger now',
  'checklist.step.ownWords': 'Let them tell it in their own words',
  'checklist.step.askConsent': 'Ask if they agree that you tell somebody, when it is safe to ask',
  'checklist.step.sayWhoIsTold': 'Say who is told, and why',

  // Closing.
  'checklist.step.summary': 'Sum up what you talked about',
  'checklist.step.nextSteps': 'Say what happens next',
  'checklist.step.nextAppointment': 'Agree on the next time',
  'checklist.step.whoToAskForHelp': 'Say who can help until then',
} as const satisfies Record<string, string>;
