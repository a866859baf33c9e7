import { referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aWalk, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { say } from '../say.js';

const { lateAfterMs } = referencePolicy.durations;
const pass: Command = { type: 'gate.override', reason: 'technicalFault' };
const passed = (): Walk =>
  aWalk({ appointment: { startsAtMs: 0 } })
    .join(PRACTITIONER)
    .say(PRACTITIONER, pass);
const live = (): Walk => passed().say(PRACTITIONER, pass).say(PRACTITIONER, { type: 'session.goLive' });

test.each([
  ['settingUp', passed],
  ['live', live],
])(
  '[N1][N2][G4] a client whom the gate was passed for and who never came: late, and missed, in %s',
  (stage, from) => {
    const walk = from();
    const shown = () => screenOf(walk, PRACTITIONER);
    const noShow = () => shown().tasks.find(({ id }) => id === 'noShow');
    const late = { id: 'late.client', level: 'status', message: say('notice.clientLate', { startsAtMs: 0 }) };
    expect(walk.value('lifecycle:session')).toBe(stage);
    walk.to(lateAfterMs - 1);
    expect(shown().notices).not.toContainEqual(late);
    expect(noShow()).toBeUndefined();
    walk.to(lateAfterMs);
    expect(shown().notices).toContainEqual(late);
    expect(noShow()).toMatchObject({ why: say('staff.noShow.late') });
    const open: Command = { type: 'attendance.openNoShow', client: CLIENT };
    expect(noShow()?.choices.map(({ command }) => command)).toEqual([open]);
    expect(walk.say(PRACTITIONER, open).lastRefusal).toBeNull();
    expect(shown().tasks.map(({ id }) => id)).toContain('decide');
  },
);
