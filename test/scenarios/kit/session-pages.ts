import type { CallOutcome, Disposition } from '@holdfast/protocol';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './processes.js';
import { asked, named, says } from './screen-words.js';

/** A page, or one of several sessions on it. */
export type Screen = Page | Locator;

/** What a person does on their screen. Everything is found by role and name, as a screen reader finds it. */

/** Opens a join link. It is redeemed by the button, never by loading the page. */
export async function openJoinLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await join(page);
}

/** Presses the button that redeems the link. */
export const join = (page: Screen): Promise<void> => button(page, 'join.button').click();

export interface Answers {
  /** Typed into the field with that label; keys of the catalogue. */
  readonly typed?: Readonly<Record<string, string>>;
  /** The answer chosen to that question; keys of the catalogue, or the name of a person. Nothing is pre-ticked. */
  readonly chosen?: Readonly<Record<string, string | RegExp>>;
  /** Several answers ticked to that question. */
  readonly ticked?: Readonly<Record<string, readonly string[]>>;
  /** The day given in the field with that label, `YYYY-MM-DD`. */
  readonly dated?: Readonly<Record<string, string>>;
}

/** A task by the key of its title. */
export function task(page: Screen, title: string): Locator {
  // Not the whole name: a folded task's may end in the sign that unfolds it.
  const name = { name: asked(title) };
  return page.getByRole('group', name).or(page.getByRole('alertdialog', name)).first();
}

/** Unfolds a task where it is folded, fills it in, and settles it by one of its choices. */
export async function settle(
  page: Screen,
  title: string,
  choice: string,
  answers: Answers = {},
): Promise<void> {
  const place = task(page, title);
  await place.waitFor();
  await unfold(place, title);
  for (const [label, words] of Object.entries(answers.typed ?? {})) {
    await place.getByRole('textbox', { name: asked(label) }).fill(words);
  }
  for (const [question, answer] of Object.entries(answers.chosen ?? {})) {
    const choices = place.getByRole('radiogroup', { name: asked(question) });
    const name = answer instanceof RegExp ? answer : named(answer);
    await choices.getByRole('radio', { name }).check();
  }
  for (const [question, ticks] of Object.entries(answers.ticked ?? {})) {
    const boxes = place.getByRole('group', { name: asked(question) });
    for (const tick of ticks) await boxes.getByRole('checkbox', { name: named(tick) }).check();
  }
  for (const [label, day] of Object.entries(answers.dated ?? {})) {
    await place.getByLabel(asked(label)).fill(day);
  }
  await button(place, choice).click();
  await goOnWhenAskedAgain(place);
}

/** What comes next opens by itself when the task before it is settled: a fold may go away before it is pressed. */
async function unfold(place: Locator, title: string): Promise<void> {
  const fold = place.getByRole('button', { name: asked(title), expanded: false });
  await eventually(`the task ${title} is open`, async () => {
    if ((await fold.count()) > 0) await fold.click({ timeout: 1000 }).catch(() => undefined);
    return (await fold.count()) === 0;
  });
}

/** One of the actions that are always in the same place. */
export async function act(page: Screen, label: string): Promise<void> {
  await button(page, label).click();
  await goOnWhenAskedAgain(page);
}

/** The same where it stands behind one line of words: what a client needs less often, and what anybody may report. */
export async function actBehind(page: Screen, summary: string, label: string): Promise<void> {
  await openFold(page, summary);
  await act(page, label);
}

/** Opens the line of words that holds more. */
export async function openFold(page: Screen, summary: string): Promise<void> {
  const fold = page.locator('details', { has: page.locator('summary', { hasText: says(summary) }) }).first();
  await fold.waitFor();
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
}

function button(place: Screen, label: string): Locator {
  return place.getByRole('button', { name: named(label) }).first();
}

/** Some choices ask once more before they are sent (WCAG 3.3.4): the question is there at once or never. */
async function goOnWhenAskedAgain(place: Screen): Promise<void> {
  const goOn = button(place, 'task.confirm.send');
  if (await goOn.isVisible()) await goOn.click();
}

/** Camera and microphone are off until they are pressed. */
export async function turnMediaOn(page: Screen): Promise<void> {
  for (const kind of ['media.camera', 'media.microphone']) await turnOn(page, kind);
}

/** The camera alone, where it was turned off. */
export const turnCameraOn = (page: Screen): Promise<void> => turnOn(page, 'media.camera');

async function turnOn(page: Screen, kind: string): Promise<void> {
  const control = page.getByRole('button', { name: named(kind), pressed: false });
  await control.first().click();
  await page
    .getByRole('button', { name: named(kind), pressed: true })
    .first()
    .waitFor();
}

const yes = 'task.yes';
const no = 'task.no';

/** What the client says about themselves before anybody is let in. All of it is planted, none of it is real. */
export async function clientSetsUp(page: Screen): Promise<void> {
  await settle(page, 'client.item.callBackNumber.title', 'client.answer.callBackNumber.confirmed', {
    typed: { 'client.personal.callBackNumber': '+49 30 5550100' },
    chosen: {
      'client.flag.safeToRing': yes,
      'client.flag.safeToLeaveMessage': no,
      'client.flag.isOwnNumber': yes,
    },
  });
  await settle(page, 'client.item.location.title', 'client.answer.location.confirmed', {
    typed: { 'client.personal.address': '1 Example Street, Exampletown' },
  });
  await settle(page, 'client.item.consent.title', 'client.answer.consent.confirmed', {
    chosen: { 'client.flag.ladderExplained': yes },
  });
  await task(page, 'client.item.device.title').waitFor();
  await turnMediaOn(page);
  await settle(page, 'client.item.device.title', 'client.answer.device.confirmed');
}

export async function practitionerSetsUp(page: Screen): Promise<void> {
  await settle(page, 'practitioner.item.suitability.title', 'practitioner.answer.suitability.confirmed', {
    chosen: {
      'practitioner.flag.isEligible': yes,
      'practitioner.flag.hasAccess': yes,
      'practitioner.flag.canEngage': yes,
    },
  });
  await settle(
    page,
    'practitioner.item.practitionerPrivacy.title',
    'practitioner.answer.practitionerPrivacy.confirmed',
    {
      chosen: { 'practitioner.flag.alone': yes },
    },
  );
  await turnMediaOn(page);
}

export async function practitionerAdmits(page: Screen): Promise<void> {
  await settle(page, 'practitioner.admit.title', 'practitioner.admit.send');
}

/** What is settled by talking: the live threshold. */
export async function practitionerGoesLive(page: Screen): Promise<void> {
  const confirm = (item: string, answers: Answers = {}) =>
    settle(page, `practitioner.item.${item}.title`, `practitioner.answer.${item}.confirmed`, answers);
  await confirm('identity', { chosen: { 'method.label': 'method.nameAndBirthDate' } });
  await confirm('clientPrivacy', {
    chosen: { 'practitioner.flag.alone': yes, 'practitioner.flag.freeToSpeak': yes },
  });
  await confirm('locationConfirmed');
  await confirm('emergencyContact', {
    typed: {
      'practitioner.personal.contactName': 'Alex Example',
      'practitioner.personal.contactNumber': '+49 30 5550101',
    },
    chosen: { 'practitioner.flag.agreedWhileAlone': yes },
  });
  await confirm('backUpChannel', {
    typed: { 'practitioner.personal.backUpChannel': 'telephone' },
    chosen: { 'practitioner.flag.usesVoice': yes, 'practitioner.flag.isSafeChannel': yes },
  });
  await confirm('limits');
  await confirm('signal', {
    chosen: {
      'practitioner.flag.hasSafeWord': no,
      'practitioner.flag.hasGesture': yes,
      'practitioner.flag.hasSoftwareSignal': no,
    },
  });
  await settle(page, 'practitioner.item.preferences.title', 'practitioner.answer.preferences.none');
  await settle(page, 'practitioner.goLive.title', 'practitioner.goLive.send');
}

/** Says what came of ringing the client. */
export async function recordCall(page: Screen, outcome: CallOutcome): Promise<void> {
  await settle(page, 'staff.call.title', `outcome.${outcome}`);
}

/** Ends an open run by a named person's word. */
export async function disposeRun(page: Screen, disposition: Disposition): Promise<void> {
  await settle(page, 'staff.dispose.title', 'staff.dispose.send', {
    chosen: { 'disposition.label': `disposition.${disposition}` },
  });
}

/** Ends the session, says how, names where the reasons of each pathway that was walked are, and closes it. */
export async function endAndClose(page: Screen, walked: readonly string[] = []): Promise<void> {
  await act(page, 'staff.action.end');
  await settle(page, 'closing.dispose.title', 'closing.dispose.send', {
    chosen: { 'disposition.label': 'disposition.endedAsPlanned' },
  });
  for (const pathway of walked)
    await settle(page, pathway, 'rationale.send', { typed: { 'rationaleRef.label': 'note-1' } });
  await settle(page, 'closing.close.title', 'closing.close.send');
}
