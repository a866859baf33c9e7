import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';

const client = CLIENT;

/** Places in a session: each stage until it is closed, each pathway, the ladder at each part. */
export const PLACES: Readonly<Record<string, () => Walk>> = {
  'nobody came yet': () => aWalk(),
  waiting: () => aWaitingSession(),
  'setting up': () =>
    aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: CLIENT }).heal().by(5000),
  live: () => aLiveSession(),
  'live, consent passed over': () =>
    aLiveSession()
      .say(PRACTITIONER, { type: 'item.reopen', item: 'consent' })
      .say(PRACTITIONER, { type: 'item.override', item: 'consent', reason: 'crisis' }),
  paused: () => aLiveSession().say(CLIENT, { type: 'pause.start', client, reason: 'overwhelmed' }),
  'privacy broken': () => aLiveSession().say(PRACTITIONER, { type: 'privacy.open', client }),
  'a signal nobody saw': () => aLiveSession().say(CLIENT, { type: 'privacy.signal', client }),
  'a no-show': () => aWalk().join(PRACTITIONER).say(PRACTITIONER, { type: 'attendance.openNoShow', client }),
  reconnecting: () => aLiveSession().cut().by(20_000),
  phoning: () => aLiveSession().cut().by(310_000),
  'by phone': () => aLiveSession().cut().by(310_000).recordCall('reachedByName').by(5000),
  deciding: () => aLiveSession().cut().by(480_000),
  'the list used up': () => aLiveSession().cut().by(720_000),
  'risk active': () => aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client }).cut().by(2000),
  'a crisis that is offered': () =>
    aLiveSession()
      .say(PRACTITIONER, { type: 'crisis.open', client })
      .say(PRACTITIONER, { type: 'crisis.offerEscalation', client }),
  safeguarding: () => aLiveSession().say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' }),
  'the practitioner gone': () => aLiveSession().silent(PRACTITIONER).by(90_000),
  'the client asks for someone': () => aLiveSession().say(CLIENT, { type: 'help.ask', client }),
  closing: () => aLiveSession().say(PRACTITIONER, { type: 'session.end' }),
};
