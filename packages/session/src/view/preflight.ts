import type { AnswerFlags } from '@holdfast/protocol';
import { present, say } from './say.js';
import type { DeviceState, Notice, Preflight, Stage } from './types.js';

const BEFORE: readonly Stage[] = ['setUp', 'waiting', 'settlingIn'];
/** A battery that runs out ends the session: that is said while they talk as well. */
const WITH_BATTERY: readonly Stage[] = [...BEFORE, 'live'];

/** What to do next about this device, in plain words (D07, E11). Of one's own device only. */
export function preflightNotices({ preflight }: DeviceState, stage: Stage): Notice[] {
  const { browser, connection, battery } = preflight;
  const note = (id: string, key: string): Notice => ({
    id: `preflight.${id}`,
    level: 'status',
    message: say(`preflight.${key}`),
  });
  return present([
    BEFORE.includes(stage) && browser === 'unsupported' && note('browser', 'browser.unsupported'),
    BEFORE.includes(stage) &&
      (connection === 'weak' || connection === 'bad') &&
      note('connection', `connection.${connection}`),
    WITH_BATTERY.includes(stage) && battery === 'low' && note('battery', 'battery.low'),
  ]);
}

/** The same as flags of the answer about the device: measured, not asked; what is not known is left out. */
export const measuredOf = ({ browser, connection, battery }: Preflight): AnswerFlags => ({
  isBrowserSupported: browser === 'ok',
  ...(connection === 'unknown'
    ? {}
    : { isConnectionWeak: connection === 'weak', isConnectionBad: connection === 'bad' }),
  isBatteryKnown: battery !== 'unknown',
  ...(battery === 'unknown' ? {} : { isBatteryLow: battery === 'low' }),
});
