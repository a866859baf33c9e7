import type { Alert } from '@holdfast/server';

/** Prints an alert to the duty role. A real host pages somebody here: `webhookAlert` calls its own service. */
export const terminalAlert: Alert = {
  name: 'terminal',
  send: async ({ kind, person, cause, joinLink }) => {
    if (kind === 'stoodDown') return console.log(`\n${person} is no longer needed.`);
    console.log(
      `\nALERT for ${person} (${cause}). Open this link to act:\n\n  ${person}        ${joinLink}\n`,
    );
  },
  close: async () => undefined,
};
