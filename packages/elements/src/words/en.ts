import { attendanceWords } from './en-attendance.js';
import { checklistWords } from './en-checklist.js';
import { channelWords } from './en-channel.js';
import { clientWords } from './en-client.js';
import { closingWords } from './en-closing.js';
import { colleagueWords } from './en-colleagues.js';
import { crisisWords } from './en-crisis.js';
import { itemWords } from './en-items.js';
import { ladderWords } from './en-ladder.js';
import { handOverWords } from './en-hand-over.js';
import { meetingWords } from './en-meeting.js';
import { participantWords } from './en-participants.js';
import { safeguardingWords } from './en-safeguarding.js';
import { privacyWords } from './en-privacy.js';
import { planWords } from './en-plan.js';
import { setUpWords } from './en-set-up.js';
import { suitabilityWords } from './en-suitability.js';
import { recordingWords } from './en-recording.js';
import { staffWords } from './en-staff.js';

/**
 * Every sentence that a view can ask for, in plain English (NHS service manual: reading age 9 to 11, sentences of at
 * most 20 words). `{name}` is filled from the message; a parameter that ends in `Ms` is shown as a time of day.
 *
 * What the client reads is true in every case and promises only what was agreed (design; H16, H23). What staff read
 * says who acts: "you need to ring", never "we are ringing" (H31).
 */
export const en = {
  ...clientWords,
  ...itemWords,
  ...staffWords,
  ...ladderWords,
  ...safeguardingWords,
  ...attendanceWords,
  ...privacyWords,
  ...checklistWords,
  ...closingWords,
  ...crisisWords,
  ...colleagueWords,
  ...planWords,
  ...setUpWords,
  ...suitabilityWords,
  ...participantWords,
  ...meetingWords,
  ...handOverWords,
  ...recordingWords,
  ...channelWords,
} as const satisfies Record<string, string>;
