import type { Answer } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../testing/a-screen.js';
import { aWaitingSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

test('[I20][I23][E11] what the client’s device measured stands on the staff page with a yes and with a no; of an answer "not sure" nothing counts yet', () => {
  const measured = {
    isBrowserSupported: false,
    isConnectionWeak: false,
    isConnectionBad: true,
    isBatteryKnown: true,
    isBatteryLow: true,
  };
  const shown = (answer: Answer): readonly string[] =>
    screenOf(aWaitingSession().say(CLIENT, { ...ANSWERS.device, answer, flags: measured }), PRACTITIONER)
      .facts.filter(({ id }) => id.startsWith('client'))
      .map(({ note }) => note?.key ?? '');
  const all = ['fact.clientBrowser.unsupported', 'fact.clientConnection.bad', 'fact.clientBattery.low'];
  expect([shown('confirmed'), shown('no'), shown('notSure')]).toEqual([all, all, []]);
});
