// @vitest-environment happy-dom
import { fireEvent, within } from '@testing-library/dom';
import { afterEach, describe, expect, test } from 'vitest';
import { referenceTexts } from '@holdfast/protocol/texts';
import type { Task } from '@holdfast/session';
import '../define.js';
import { FakeJoinedSession } from '../testing/fake-session.js';
import { aChoice, aFlag, aTask, aView, sentence } from '../testing/a-view.js';
import { showSession } from '../testing/show-session.js';

afterEach(() => document.body.replaceChildren());

const aloneTask = aTask({
  id: 'item.clientPrivacy',
  title: sentence('Can you talk freely?'),
  fields: [aFlag('alone', 'Are you alone?')],
  choices: [
    aChoice({
      label: sentence('That is so'),
      command: { type: 'item.answer', item: 'clientPrivacy', answer: 'confirmed' },
      fields: ['alone'],
    }),
  ],
});
const numberTask = aTask({
  id: 'item.callBackNumber',
  fields: [
    {
      kind: 'personal',
      name: 'callBackNumber',
      label: sentence('Phone number'),
      required: true,
      input: 'tel',
      current: null,
    },
  ],
  choices: [
    aChoice({
      label: sentence('Use this number'),
      command: { type: 'item.answer', item: 'callBackNumber', answer: 'confirmed' },
      fields: ['callBackNumber'],
    }),
  ],
});
const show = (tasks: readonly Task[], change = {}) =>
  showSession(new FakeJoinedSession(aView({ tasks, ...change })));

describe('task', () => {
  test("[B04][A12] the service's own text can be read at the step that it governs", async () => {
    const { screen } = await show([aTask({ text: 'consent-v1' })]);
    const { title, paragraphs } = referenceTexts.consent;
    expect(screen.getByText(title).tagName).toBe('SUMMARY');
    for (const paragraph of paragraphs) expect(screen.getByText(paragraph)).toBeDefined();
  });

  test('[B04] a text that is not there is said to be missing, by its version', async () => {
    const { screen } = await show([aTask({ text: 'consent-v99' })]);
    expect(
      screen.getByText('The text consent-v99 is missing here. Ask for it before you go on.'),
    ).toBeDefined();
  });

  test('[H13] draws a flag as a yes-no pair of which neither is ticked', async () => {
    const { screen } = await show([aloneTask]);
    const pair = within(screen.getByRole('radiogroup', { name: 'Are you alone?' }));
    const radios = pair.getAllByRole<HTMLInputElement>('radio');
    expect(radios.map(({ checked }) => checked)).toEqual([false, false]);
    expect(pair.getByRole('radio', { name: 'No' })).toBeDefined();
  });

  test('[H13] sends nothing while a question is open, says so, and takes focus there', async () => {
    const { screen, session, settle, root } = await show([aloneTask]);
    screen.getByRole('button', { name: 'That is so' }).click();
    await settle();
    expect(session.sent).toEqual([]);
    expect(screen.getByText('Choose yes or no.')).toBeDefined();
    expect(screen.getByRole('alert').textContent).toContain('Something is missing');
    expect(root.activeElement?.getAttribute('type')).toBe('radio');
  });

  test('[H13] draws several of a list as boxes of which none is ticked, and sends those that are', async () => {
    const kinds = aTask({
      id: 'disclosure.1',
      fields: [
        {
          kind: 'choices',
          name: 'categories',
          label: sentence('What kind of thing?'),
          options: ['place', 'risk', 'care'].map((value) => ({ value, label: sentence(`Kind ${value}`) })),
          required: true,
        },
      ],
      choices: [
        aChoice({
          label: sentence('Record it'),
          command: {
            type: 'disclosure.record',
            client: 'c1',
            to: 'police',
            categories: ['identity'],
            rationaleRef: 'note-1',
          },
          fields: ['categories'],
        }),
      ],
    });
    const { screen, session, settle } = await show([kinds]);
    const group = within(screen.getByRole('group', { name: 'What kind of thing?' }));
    const boxes = group.getAllByRole<HTMLInputElement>('checkbox');
    expect(boxes.map(({ checked }) => checked)).toEqual([false, false, false]);
    for (const name of ['Kind risk', 'Kind place', 'Kind care', 'Kind care']) {
      group.getByRole('checkbox', { name }).click();
      await settle();
    }
    screen.getByRole('button', { name: 'Record it' }).click();
    await settle();
    expect(session.sent.map(({ command }) => command)).toMatchObject([{ categories: ['place', 'risk'] }]);
  });

  test('sends the answer with the command of the choice', async () => {
    const { screen, session, settle } = await show([aloneTask]);
    screen.getByRole('radio', { name: 'No' }).click();
    await settle();
    screen.getByRole('button', { name: 'That is so' }).click();
    await settle();
    expect(session.sent).toEqual([
      {
        command: { type: 'item.answer', item: 'clientPrivacy', answer: 'confirmed', flags: { alone: false } },
        personal: undefined,
      },
    ]);
  });

  test('keeps what was typed and where focus is while the view changes around it', async () => {
    const { screen, session, settle, root } = await show([numberTask]);
    const input = screen.getByRole('textbox', { name: 'Phone number' }) as HTMLInputElement;
    input.focus();
    fireEvent.input(input, { target: { value: '555 01' } });
    session.show(
      aView({ headline: sentence('Something else'), tasks: [aTask({ id: 'before' }), numberTask] }),
    );
    await settle();
    expect(screen.getByRole('textbox', { name: 'Phone number' })).toBe(input);
    expect(input.value).toBe('555 01');
    expect(root.activeElement).toBe(input);
  });

  test('[H29] asks the browser to remember nothing of what is typed', async () => {
    const { screen } = await show([numberTask]);
    const input = screen.getByRole('textbox', { name: 'Phone number' });
    expect([
      input.getAttribute('autocomplete'),
      input.getAttribute('name'),
      input.getAttribute('spellcheck'),
    ]).toEqual(['off', null, 'false']);
  });

  test('[WCAG 3.3.4] asks again where the choice says so, and "no" goes back to the button', async () => {
    const question = sentence('You ring them yourself. Go on?');
    const task = aTask({ choices: [aChoice({ confirm: question })] });
    const { screen, session, settle, root } = await show([task]);
    screen.getByRole('button', { name: 'Yes, I agree' }).click();
    await settle();
    expect(session.sent).toEqual([]);
    expect(root.activeElement?.textContent?.trim()).toBe('You ring them yourself. Go on?');
    screen.getByRole('button', { name: 'No, go back' }).click();
    await settle();
    expect(root.activeElement).toBe(screen.getByRole('button', { name: 'Yes, I agree' }));
    screen.getByRole('button', { name: 'Yes, I agree' }).click();
    await settle();
    screen.getByRole('button', { name: 'Yes, go on' }).click();
    await settle();
    expect(session.sent).toHaveLength(1);
  });

  test('shows the sentence of a refusal beside the task and says it', async () => {
    const { screen, session, settle } = await show([aTask()]);
    const sentenceOfRefusal = 'This cannot be done at this point of the session.';
    session.result = { outcome: 'refused', code: 'not-now', sentence: sentenceOfRefusal, missing: [] };
    screen.getByRole('button', { name: 'Yes, I agree' }).click();
    await settle();
    expect(screen.getAllByText(sentenceOfRefusal)).toHaveLength(2);
    expect(screen.getByRole('alert').textContent).toContain(sentenceOfRefusal);
  });

  test('[H31] a task that cannot be sent says that it is to be done by hand', async () => {
    const { screen } = await show([aTask({ isOwnToDo: true })]);
    expect(screen.getByText('Not sent. You need to do this yourself.')).toBeDefined();
  });

  test('what can wait shows its title only, and opens on a press', async () => {
    const { screen, settle } = await show([aTask({ urgency: 'now' }), numberTask]);
    expect(screen.queryByRole('textbox')).toBeNull();
    const title = screen.getAllByRole('button', { name: 'Do you agree to a video session?' })[0]!;
    expect(title.getAttribute('aria-expanded')).toBe('false');
    title.click();
    await settle();
    expect(screen.getByRole('textbox', { name: 'Phone number' })).toBeDefined();
  });

  test('a settled task forgets what was typed into it', async () => {
    const { screen, session, settle } = await show([numberTask]);
    fireEvent.input(screen.getByRole('textbox'), { target: { value: '555' } });
    session.show(aView({ tasks: [{ ...numberTask, urgency: 'done' }] }));
    await settle();
    session.show(aView({ tasks: [numberTask] }));
    await settle();
    expect((screen.getByRole('textbox') as HTMLInputElement).value).toBe('');
  });

  test('[WCAG 4.1.3] a task that was there before and becomes the decision takes focus then', async () => {
    const decide = aTask({ id: 'decide', title: sentence('Decide now') });
    const { screen, session, settle, root } = await show([decide], { role: 'practitioner', stage: 'phone' });
    session.show(aView({ role: 'practitioner', stage: 'deciding', tasks: [{ ...decide, urgency: 'now' }] }));
    await settle();
    expect(root.activeElement).toBe(screen.getByRole('alertdialog', { name: 'Decide now' }));
  });

  test('[WCAG 4.1.3] a decision is an alert dialog that takes focus when it appears, and only then', async () => {
    const decide = aTask({ id: 'decide', title: sentence('Decide now'), urgency: 'now' });
    const { screen, session, settle, root } = await show([], { role: 'practitioner', stage: 'live' });
    const deciding = aView({ role: 'practitioner', stage: 'deciding', tasks: [decide] });
    session.show(deciding);
    await settle();
    expect(root.activeElement).toBe(screen.getByRole('alertdialog', { name: 'Decide now' }));
    const button = screen.getByRole('button', { name: 'Yes, I agree' });
    button.focus();
    session.show({ ...deciding, headline: sentence('Still no contact') });
    await settle();
    expect(root.activeElement).toBe(button);
  });
});
