import { expect, test } from 'vitest';
import { createTrafficCounters } from './traffic-counters.js';

const pair = (responsesReceived: number) => ({ type: 'candidate-pair', responsesReceived });
const sound = (packetsReceived: number) => ({ type: 'inbound-rtp', packetsReceived });
const none = { soundPackets: 0, lostSoundPackets: 0, pictureFrames: 0 };

test('sums only grow, although single statistics come and go', () => {
  const counters = createTrafficCounters();
  expect(
    counters.read([
      ['p1', pair(3)],
      ['s1', sound(10)],
      ['x', { type: 'codec' }],
    ]),
  ).toEqual({ ...none, linkAnswers: 3, receivedPackets: 10 });
  expect(counters.read([['p2', pair(1)]])).toEqual({ ...none, linkAnswers: 4, receivedPackets: 10 });
  expect(
    counters.read([
      ['p1', pair(3)],
      ['s1', sound(4)],
    ]),
  ).toEqual({ ...none, linkAnswers: 4, receivedPackets: 10 });
  expect(
    counters.read([
      ['p1', pair(5)],
      ['s1', sound(6)],
    ]),
  ).toEqual({ ...none, linkAnswers: 6, receivedPackets: 12 });
});

test('an answer that a browser does not report is no answer', () => {
  expect(createTrafficCounters().read([['p1', { type: 'candidate-pair' }]])).toEqual({
    linkAnswers: 0,
    ...none,
    receivedPackets: 0,
  });
});
