import type { TextName } from '../policy/policy.js';
import type { Text } from './text.js';

const text = (version: string, title: string, ...paragraphs: readonly string[]): Text => ({
  version,
  language: 'en-GB',
  title,
  paragraphs: [...paragraphs],
});

/**
 * The texts of the reference policy, in plain British English for a reading age of 9 to 11. A service may use them as they
 * are, translate them, or put its own in their place under a version of its own. They are no legal advice.
 */
export const referenceTexts: Readonly<Record<TextName, Text>> = {
  consent: text(
    'consent-v1',
    'Meeting by video',
    'You can meet your practitioner by video. You do not have to. You can ask for a phone call, or to meet in person.',
    'Video can do a lot. But your practitioner sees and hears less than in the same room. They may ask you more often how you are.',
    'What you say stays private. Your practitioner only tells others if someone may get badly hurt. They try to talk with you first.',
    'If the call drops, we try to join you up again for five minutes. Then your practitioner rings you, if you said that this is safe. If they cannot reach you, they may have to ring the person that you named.',
    'If you are in danger, your practitioner stays with you and gets help. They may tell the helpers where you are.',
    'No one records this call. You must not record it either.',
    'You can ask anything at any time. You can change your mind at any time. Then the call stops.',
  ),
  limits: text(
    'limits-v1',
    'What is private, and when it is not',
    'What you say here stays private.',
    'There are limits. You or someone else may get badly hurt. Then we have to tell people who can help.',
    'A child or a grown-up may be harmed at home. Then we have to tell the person in the service who keeps people safe.',
    'We tell you first, if that is safe for you.',
  ),
  recording: text(
    'recording-v1',
    'Recording this call',
    'The service asks if it may record this call. You can say no. Nothing changes if you say no.',
    'It is only recorded if you and the manager of the service both say yes. You both see when it is on.',
    'You can stop it at any time. Then it stops at once.',
    'We cannot see if some other device records the call.',
  ),
  opening: text(
    'opening-v1',
    'How we start',
    'Say hello. Say who is in the room. Ask if you can see and hear each other.',
    'Say again what happens if the call drops.',
    'Say what you want to talk about today. Ask if it is still fine to meet by video.',
  ),
  crisis: text(
    'crisis-v1',
    'When someone is in danger now',
    'Stay with the person. Keep the call open.',
    'Check where they are, and the number to ring.',
    'Ask straight out. Ask what they have near them. Ask them to go to a safer place.',
    'Get help at the same time, on the other line. Write down who you told, what, and why.',
    'Stay until help is there, or until someone you can name has taken over.',
  ),
  privacy: text(
    'privacy-v1',
    'When someone may be listening',
    'Stop talking about private things. Ask only what can be answered with yes or no.',
    'Ask: are you alone? Can you talk?',
    'If not, agree to end or to go on in some other way. Use the safe way that you agreed before.',
    'Do not say aloud why you stop.',
  ),
  safeguarding: text(
    'safeguarding-v1',
    'When someone tells you about harm',
    'Listen. Use their own words. Do not promise to keep it secret.',
    'Is there danger now? Then get help first.',
    'Decide if the rules ask you to pass it on: yes, no, or not sure. If you are not sure, ask the lead.',
    'Agree a safe way to be in touch. Send nothing to a place that is not safe.',
  ),
  neutralEnding: text(
    'neutralEnding-v1',
    'Words to end a call that say nothing',
    'I am sorry, something has come up here. Let us stop for today. I will be in touch as we agreed.',
    'The line is not good today. Let us find a new time.',
  ),
  closing: text(
    'closing-v1',
    'How we end',
    'Say what you talked about, and what comes next. Say when you meet again.',
    'Say whom to ask for help until then.',
  ),
  participation: text(
    'participation-v1',
    'Joining a session with someone',
    'Someone meets their practitioner here by video. You can be there too, if you both want that. You can say no.',
    'What you see and hear stays private. Do not tell others. Do not record it.',
    'Be in a place where nobody else can listen.',
    'The practitioner may ask you to wait outside. Then your picture and sound stop. This can happen at any time, and it does not mean that you did something wrong.',
    'You can leave at any time. You can change your mind at any time.',
  ), // H29: it may stay in a mailbox that others read, so it says nothing of what the appointment is about.
  joining: text(
    'joining-v1',
    'How to join your appointment',
    'Before the day, open the test link. It shows if your camera, your sound and your internet work. Nobody sees or hears you there.',
    'Find a place where nobody can listen. Plug your device in, or charge it.',
    'At the time that you agreed, open your own link and press the button. It works on one device. Do not pass it on.',
    'You wait on that page until you are let in. Camera and sound stay off until you turn them on.',
    'If it does not work, do not worry. Ask for a new link, or for a phone call.',
  ),
};
