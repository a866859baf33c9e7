import { isSignal, mayCommand } from '@holdfast/protocol';
import type { Desk } from './desk.js';
import { actorOf, inputIdOf, type Seat } from './seat.js';

/**
 * A heartbeat whose note signals: taken as the client's command, once a note, and tried again with the next heartbeat
 * until it is stored (rule Q3). Nothing is answered: the echo went before this, and is the same for every heartbeat.
 */
export function hearNote(desk: Desk, seat: Seat, note: string | undefined): void {
  const { client, live } = desk;
  if (note === undefined || note === seat.signalNote || !isSignal(note)) return;
  if (client === undefined || !live.record.isOpen || !mayCommand(seat.person.role, 'privacy.signal')) return;
  seat.signalNote = note;
  const work = {
    kind: 'input',
    id: inputIdOf(seat.person.id, note),
    from: actorOf(seat),
    body: { type: 'privacy.signal', client: client.id },
    saidAtMs: null,
    vault: null,
    settles: [],
  } as const;
  live.take(work).catch(() => {
    if (seat.signalNote === note) seat.signalNote = null;
  });
}
