import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, CLIENT, DUTY, PRACTITIONER } from '../../testing/a-session.js';
import { say } from '../say.js';

const client = CLIENT;

test('[F9][G8] of the reasons that hold back the close only those are named that nobody gave or handed over', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.resolve', client, exit: 'helpOnScene' })
    .say(PRACTITIONER, { type: 'risk.lower', client, reason: 'clientSafe' })
    .cut()
    .by(310_000)
    .heal()
    .by(5000)
    .say(PRACTITIONER, { type: 'ladder.confirmTogether', client, run: 'c1.r1' })
    .say(PRACTITIONER, { type: 'session.end' })
    .say(PRACTITIONER, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  const missing = () => screenOf(walk, PRACTITIONER).cannot.map((one) => one.missing);
  expect(missing()).toEqual([[say('pathway.crisis'), say('pathway.run')]]);
  walk.say(PRACTITIONER, { type: 'closing.handOverFollowUp', followUp: 'why.crisis1', to: DUTY[0] });
  expect(missing()).toEqual([[say('pathway.run')]]);
  walk.say(PRACTITIONER, { type: 'session.close' });
  expect(walk.lastRefusal).toMatchObject({ code: 'rationale-missing', missing: ['c1.r1'] });
});
