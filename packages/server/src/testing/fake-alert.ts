import type { Alert, AlertNotice } from '../alerts/alert.js';

/** An alert channel that keeps what it was given. */
export interface FakeAlert extends Alert {
  /** Everything that was taken, in order; a repeated id is taken once. */
  readonly notices: readonly AlertNotice[];
  /** From now on every notice and every test is rejected, or taken again. */
  setFailing(isFailing: boolean): void;
}

/** An alert channel in memory. */
export function fakeAlert(name = 'fake'): FakeAlert {
  const notices: AlertNotice[] = [];
  let failing = false;
  return {
    name,
    notices,
    setFailing: (isFailing) => void (failing = isFailing),
    async send(notice) {
      if (failing) throw new Error('the fake alert was told to fail');
      if (!notices.some((taken) => taken.id === notice.id)) notices.push(notice);
    },
    test: async () => {
      if (failing) throw new Error('the fake alert was told to fail');
    },
    close: async () => {},
  };
}
