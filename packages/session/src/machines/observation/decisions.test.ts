import { Picture, Sound, Trouble, type Command, type Fact, type Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor } from '../../testing/deliver.js';
import { observationConcept } from './observation.concept.js';
import type { ObservationContext } from './observation.machine.js';
import { pictureOf, soundOf } from './seen-and-heard.js';

const CLIENT = 'c1';
const made = aChart(observationConcept, CLIENT);
type Kept = Partial<ObservationContext>;
const observed = (picture: string, sound: string, context: Kept = {}, gone = 'unnoticed'): ChartState => ({
  value: { picture, sound: sound === 'gone' ? { gone } : sound, reports: 'kept' },
  context: {
    ...made.context,
    picture: {
      is: picture,
      sinceMs: 100,
    },
    sound: {
      is: sound,
      sinceMs: 200,
    },
    ...context,
  },
});
const arrives = (picture: Picture, sound: Sound): Kept => ({
  said: { reaches: { picture, sound }, own: null },
});
const choice: Kept = {
  said: { reaches: { picture: 'off', sound: 'gone' }, own: { picture: 'offByChoice', sound: 'muted' } },
};
const silence: Kept = { ...arrives('seen', 'gone'), deadlines: { sound: 12_200 } };

const stated = (picture: Picture, sound: Sound, by: Id, sinceMs = 900): Cell => ({
  message: {
    ...({
      type: 'media.observed',
      client: CLIENT,
    } satisfies Partial<Fact>),
    device: `${by}-device`,
    picture,
    sound,
    sinceMs,
  },
  by: actor(by),
});
const heard = (type: 'contact.byPhone' | 'contact.ended'): Cell => ({
  message: { type, rules: [], subject: { kind: 'client', id: CLIENT } },
});
const states: Readonly<Record<string, ChartState>> = {
  'not yet': made,
  'seen and heard': observed('seen', 'heard', arrives('seen', 'heard')),
  'poor in both': observed('poor', 'poor', arrives('poor', 'poor')),
  'frozen and gone': observed('frozen', 'gone', {
    ...arrives('frozen', 'gone'),
    deadlines: { sound: 12_200 },
  }),
  'seen, and missing': observed('seen', 'gone', arrives('seen', 'gone'), 'missing'),
  'off by choice in both': observed('offByChoice', 'muted', choice),
  'off, nobody knows since when': observed('off', 'heard', {
    ...arrives('off', 'heard'),
    picture: {
      is: 'off',
      sinceMs: null,
    },
    sound: {
      is: 'heard',
      sinceMs: 5e3,
    },
  }),
};
const cells: Readonly<Record<string, Cell>> = {
  ...Object.fromEntries(
    Picture.options.map((picture) => [`it arrives: ${picture}`, stated(picture, 'heard', 'p1')]),
  ),
  ...Object.fromEntries(Sound.options.map((sound) => [`it is heard: ${sound}`, stated('seen', sound, 'p1')])),
  'it arrives from the future': stated('frozen', 'gone', 'p1', 2000),
  'the client turned off the picture': stated('offByChoice', 'heard', CLIENT),
  'the client turned off the sound': stated('seen', 'muted', CLIENT),
  'the client turned off nothing': stated('seen', 'heard', CLIENT),
  'they talk by phone': heard('contact.byPhone'),
  'contact is ended': heard('contact.ended'),
};

test('[O1][O2][O6] what each state makes of what arrives and of what is said to be off', () => {
  expect(decisionTable(observationConcept, states, cells)).toMatchSnapshot();
});

test('[O3] only sound that is gone runs out, once', () => {
  const more: Readonly<Record<string, ChartState>> = {
    ...states,
    'seen and gone': observed('seen', 'gone', silence),
    'off by choice, and gone': observed('offByChoice', 'gone', silence),
  };
  const due: Cell = { message: { type: 'deadline.passed', deadline: 'sound', dueAtMs: 1000 } };
  expect(decisionTable(observationConcept, more, { 'it is due': due })).toMatchSnapshot();
});

const reports = (client: readonly Trouble[], practitioner: readonly Trouble[]): ChartState =>
  observed('seen', 'heard', { ...arrives('seen', 'heard'), reports: { client, practitioner } });
const said = (message: Command, by: Id): Cell => ({ message, by: actor(by) });
const told = (by: Id): Readonly<Record<string, Cell>> => ({
  ...Object.fromEntries(
    Trouble.options.map((what) => [
      `${what}, says ${by}`,
      said({ type: 'observation.report', client: CLIENT, what }, by),
    ]),
  ),
  [`it works, says ${by}`]: said({ type: 'observation.settle', client: CLIENT }, by),
});

test('[O5] what a person says stands for its side until somebody says that it works', () => {
  const more: Readonly<Record<string, ChartState>> = {
    'nobody says anything': reports([], []),
    'the client cannot see': reports(['cannotSee'], []),
    'the practitioner cannot hear': reports([], ['cannotHear']),
    'each cannot see or hear': reports(['cannotSee', 'cannotHear'], ['cannotHear', 'cannotSee']),
  };
  const all = {
    ...told(CLIENT),
    ...told('p1'),
    'they talk by phone': heard('contact.byPhone'),
    'contact is ended': heard('contact.ended'),
  };
  expect(decisionTable(observationConcept, more, all)).toMatchSnapshot();
});

test('[O1][O6] what arrives goes before what is off by choice, and nothing arrives before anybody says so', () => {
  const own = { picture: 'offByChoice', sound: 'muted' } as const;
  const on = { picture: 'seen', sound: 'heard' } as const;
  for (const picture of Picture.options) {
    const reaches = { picture, sound: 'heard' } as const;
    expect(pictureOf({ reaches, own: null })).toBe(picture);
    expect(pictureOf({ reaches, own: on })).toBe(picture);
    expect(pictureOf({ reaches, own })).toBe(
      picture === 'seen' || picture === 'poor' ? picture : 'offByChoice',
    );
  }
  for (const sound of Sound.options) {
    const reaches = { picture: 'seen', sound } as const;
    expect(soundOf({ reaches, own: null })).toBe(sound);
    expect(soundOf({ reaches, own: on })).toBe(sound);
    expect(soundOf({ reaches, own })).toBe(sound === 'heard' || sound === 'poor' ? sound : 'muted');
  }
  expect(pictureOf({ reaches: null, own })).toBe('notYet');
  expect(soundOf({ reaches: null, own })).toBe('notYet');
});

test('[O1] at first nothing is seen or heard, and nobody says anything', () => {
  expect(made).toEqual({
    value: { picture: 'notYet', sound: 'notYet', reports: 'kept' },
    context: {
      client: CLIENT,
      said: { reaches: null, own: null },
      picture: { is: 'notYet', sinceMs: null },
      sound: { is: 'notYet', sinceMs: null },
      reports: { client: [], practitioner: [] },
      deadlines: {},
    },
  });
});
