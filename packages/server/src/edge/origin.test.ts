import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { isOriginAllowed } from './origin.js';

const from = (origin: string | undefined, host = 'app.example'): IncomingMessage =>
  ({ headers: { host, ...(origin === undefined ? {} : { origin }) } }) as IncomingMessage;

test('pages of the same host and of named origins may connect, others may not', () => {
  const allowed = ['https://other.example'];
  expect(isOriginAllowed(from('https://app.example'), allowed)).toBe(true);
  expect(isOriginAllowed(from('https://other.example'), allowed)).toBe(true);
  expect(isOriginAllowed(from(undefined), allowed)).toBe(true);
  expect(isOriginAllowed(from('https://app.example.evil'), allowed)).toBe(false);
  expect(isOriginAllowed(from('http://other.example'), allowed)).toBe(false);
  expect(isOriginAllowed(from('null'), allowed)).toBe(false);
});
