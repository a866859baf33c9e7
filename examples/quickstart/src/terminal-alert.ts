import type { Alert } from '@holdfast/server';

/** Prints an alert to the duty role. A real host pages somebody here: `webhookAlert` calls its own service. */
export const terminalAlert: Alert = {
  name: 'terminal',
  send: async ({ kind, drill, person, cause, joinLink }) => {
    const drillFirst = drill ? 'DRILL: ' : '';
    if (kind === 'stoodDown') return console.log(`\n${drillFirst}${person} is no longer needed.`);
    const act =
      joinLink === null
        ? 'The store is gone and there is no link now: ring the practitioner.'
        : `Open this link to act:\n\n  ${person}        ${joinLink}\n`;
    console.log(`\n${drillFirst}ALERT for ${person} (${cause}). ${act}`);
  },
  // A real host's own test reaches as far as the pager of whoever is on duty.
  test: async () => {
    if (!process.stdout.writable) throw new Error('the terminal is closed');
  },
  close: async () => undefined,
};
