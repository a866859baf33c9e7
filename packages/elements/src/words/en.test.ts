import { PARTICIPANT_ROLES, readableKeys, referencePolicy, StepOutcome } from '@holdfast/protocol';
import type { Message, View } from '@holdfast/session';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER, screenOf } from '@holdfast/session/testing';
import { view } from '@holdfast/session/view';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDevice, anyProjection, NOW_MS } from '../testing/any-projection.js';
import { en } from './en.js';

/** Every sentence of a view, wherever it is. */
function messagesIn(value: unknown): Message[] {
  if (Array.isArray(value)) return value.flatMap(messagesIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'key' in value && typeof value.key === 'string' ? [value as Message] : [];
  return [...own, ...Object.values(value).flatMap(messagesIn)];
}

/** Enough of them that every branch of the view is taken, the same ones each time. */
const views: readonly View[] = fc
  .sample(fc.tuple(anyProjection, anyDevice), { numRuns: 24_000, seed: 20_250_101 })
  .map(([held, own]) => view(held, own, NOW_MS));
const used = new Map(views.flatMap((one) => messagesIn(one)).map((message) => [message.key, message]));
/** Of the host's own list of help: the host has the words for its codes (A54). */
const isOfHost = (key: string): boolean => key.startsWith('referral.');
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

test('every key that a view asks for is in the catalogue', () => {
  expect([...used.keys()].filter((key) => !Object.hasOwn(en, key) && !isOfHost(key)).sort()).toEqual([]);
});

test('the catalogue holds no sentence that no view asks for', () => {
  expect(
    Object.keys(en)
      // The words of the service's lists go with the policy, wherever a list is shown.
      .filter((key) => !used.has(key) && !key.startsWith('checklist.'))
      .sort(),
  ).toEqual([]);
});

test('[T1][A30][A44][B06] every step of the reference policy has its words, and no others are there', () => {
  const lists = Object.entries(referencePolicy.checklists);
  const keys = [
    ...StepOutcome.options.map((outcome) => `checklist.outcome.${outcome}`),
    ...lists.map(([list]) => `checklist.why.${list}`),
    ...lists.flatMap(([, steps]) => steps.map((step) => `checklist.step.${step}`)),
  ];
  expect(
    Object.keys(en)
      .filter((key) => key.startsWith('checklist.'))
      .sort(),
  ).toEqual([...new Set(keys)].sort());
});

test('[F4][B09] what is asked after a near miss blames nobody and asks for no name', () => {
  const words = Object.entries(en).flatMap(([key, text]) => (key.startsWith('nearMiss.') ? [text] : []));
  expect(words.length).toBeGreaterThan(5);
  expect(
    words.filter((text) => /\b(fault|mistake|error|failed|failure|who did|guilty|wrongly)\b/i.test(text)),
  ).toEqual([]);
});

test('every placeholder is filled by the message that asks for the sentence', () => {
  const missing = [...used].flatMap(([key, message]) =>
    placeholders((en as Record<string, string>)[key] ?? '')
      .filter((name) => message.params?.[name] === undefined)
      .map((name) => `${key}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('sentences have at most 20 words', () => {
  const long = Object.entries(en).filter(([, text]) =>
    text.split(/[.?!:;]\s/).some((sentence) => sentence.split(/\s+/).length > 20),
  );
  expect(long).toEqual([]);
});

test('[H23] no client ever has a deadline, and no sentence of theirs shows a time', () => {
  const clients = views.filter((one) => one.role === 'client');
  expect(clients.length).toBeGreaterThan(1000);
  for (const one of clients) {
    expect(one.deadlines).toEqual([]);
    expect(one.tasks.every((task) => task.dueAtMs === null)).toBe(true);
  }
  const shown = clients
    .flatMap((one) => messagesIn(one))
    .map((message) => (en as Record<string, string>)[message.key] ?? '');
  expect(shown.filter((text) => /Ms\}/.test(text))).toEqual([]);
});

test('[H05 H16] no sentence of the client names what their screen must not say', () => {
  const shown = new Set(
    views
      .filter((one) => one.role === 'client')
      .flatMap((one) => messagesIn(one))
      .map((message) => message.key),
  );
  const staff = [...shown].filter((key) =>
    /^(staff|practitioner|duty|run|decision|alert|crisis|deadline|verdict|fact|cannot|consult|disclosure|tell|staffNote|notice)\./.test(
      key,
    ),
  );
  expect(staff).toEqual([]);
});

test('[J7][H26] no sentence of another participant is one of staff or of the client, and none shows a time', () => {
  const theirs = views.filter(({ role }) => PARTICIPANT_ROLES.some((known) => known === role));
  expect(theirs.length).toBeGreaterThan(500);
  expect(theirs.every(({ deadlines: due, facts }) => due.length + facts.length === 0)).toBe(true);
  const keys = new Set(theirs.flatMap((one) => messagesIn(one)).map(({ key }) => key));
  const own = /^(participant|line|presence|preflight|report|nearMiss|issue)\./;
  expect([...keys].filter((key) => !own.test(key))).toEqual([]);
  expect([...keys].filter((key) => /Ms\}/.test((en as Record<string, string>)[key] ?? ''))).toEqual([]);
});

test('[H31] the words never claim that the software rings somebody', () => {
  const claims = Object.values(en).filter((text) =>
    /\b(we are ringing|we have called|has been called|calling now|is being called)\b/i.test(text),
  );
  expect(claims.every((text) => text.includes('Nobody has been called'))).toBe(true);
});

test('[H03 H05] a number that must not be rung is never a link, and an unsafe contact shows no number', () => {
  for (const one of views) {
    for (const fact of one.facts) {
      if (fact.note?.key === 'fact.number.mustNotRing') expect(fact.href).toBeNull();
      if (fact.note?.key === 'fact.contact.notSafe') expect(fact.value).toBeNull();
    }
    if (one.facts.some((fact) => fact.note?.key === 'fact.contact.notSafe')) {
      expect(one.facts.some((fact) => fact.id === 'contactNumber')).toBe(false);
      expect(
        one.tasks.flatMap((task) => task.choices).some((choice) => choice.id === 'ringEmergencyContact'),
      ).toBe(false);
    }
  }
});

test('[H18] the words of the vault that a client may read are their own', () => {
  expect(
    readableKeys({ id: 'c1', role: 'client', isAlerted: false }, { id: 'c1', role: 'client' }),
  ).not.toContain('contactNumber');
});

test('[Z4][P6][E3] why a run stands open is true whoever went: of a practitioner who left with risk active nobody reads that the client did', () => {
  const [FIRST] = DUTY;
  const why = (person: string): string | undefined => {
    const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT }).leave(person);
    const { explanation } = screenOf(walk, FIRST);
    return explanation.map(({ key }) => key).find((key) => key.startsWith('run.cause.'));
  };
  expect([why(CLIENT), why(PRACTITIONER)]).toEqual(['run.cause.leftAtRisk', 'run.cause.leftAtRisk']);
  expect(en['run.cause.leftAtRisk']).not.toMatch(/client|practitioner/i);
});
