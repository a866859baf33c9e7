import type { Code, Id } from '@holdfast/protocol';
import type {
  CredentialRecord,
  DeviceRecord,
  EffectJob,
  InputOutcome,
  LinkRecord,
  PlacedEvent,
  SessionKey,
  SessionRecord,
  Store,
} from './store.js';

interface StoredJob extends EffectJob {
  readonly leasedUntilMs: number;
}

interface Tables {
  readonly sessions: Map<string, SessionRecord>;
  readonly events: PlacedEvent[];
  readonly jobs: Map<string, StoredJob>;
  readonly inputs: Map<string, InputOutcome>;
}

const keyOf = ({ tenant, session }: SessionKey, ...rest: readonly string[]): string =>
  [tenant, session, ...rest].join('/');
const jobKey = (job: SessionKey & { readonly id: Id }): string => keyOf(job, job.id);
const copy = <T>(value: T): T => structuredClone(value);
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** A store that forgets everything with the process: for tests and for trying things out, never for real sessions. */
export function memoryStore(): Store {
  const tables: Tables = { sessions: new Map(), events: [], jobs: new Map(), inputs: new Map() };
  return { ...sessionsIn(tables), ...deliveriesIn(tables), ...members(), close: async () => {} };
}

function sessionsIn({
  sessions,
  events,
  jobs,
  inputs,
}: Tables): Pick<Store, 'load' | 'commit' | 'openSessions' | 'due' | 'lastAtMs' | 'inputOutcome' | 'events'> {
  const open = (): SessionRecord[] => [...sessions.values()].filter((record) => record.isOpen);
  return {
    load: async (key) => copy(sessions.get(keyOf(key)) ?? null),
    async commit({ record, expectedRevision, ...added }) {
      const key = keyOf(record);
      if ((sessions.get(key)?.revision ?? 0) !== expectedRevision) return 'conflict';
      sessions.set(key, copy(record));
      for (const event of added.events) events.push({ position: events.length + 1, event: copy(event) });
      for (const job of added.effects)
        if (!jobs.has(jobKey(job))) jobs.set(jobKey(job), { ...copy(job), leasedUntilMs: 0 });
      for (const input of added.inputs) inputs.set(keyOf(record, input.id), copy(input));
      for (const id of added.settledEffects) settle(jobs, keyOf(record, id));
      return 'committed';
    },
    openSessions: async () => open().map(({ tenant, session }) => ({ tenant, session })),
    due: async (nowMs, limit) =>
      open()
        .filter((record) => record.nextDeadlineMs !== null && record.nextDeadlineMs <= nowMs)
        .sort((a, b) => (a.nextDeadlineMs ?? 0) - (b.nextDeadlineMs ?? 0))
        .slice(0, limit)
        .map(({ tenant, session }) => ({ tenant, session })),
    async lastAtMs() {
      const all = [...sessions.values()].map((record) => record.lastAtMs);
      return all.length === 0 ? null : Math.max(...all);
    },
    inputOutcome: async (key, id) => copy(inputs.get(keyOf(key, id)) ?? null),
    events: async (key, afterSequence, limit) =>
      copy(
        events
          .map((placed) => placed.event)
          .filter((event) => keyOf(event) === keyOf(key) && event.sequence > afterSequence)
          .slice(0, limit),
      ),
  };
}

/** A done job stays, so that the same id is never taken up again. */
function settle(jobs: Tables['jobs'], key: string): void {
  const job = jobs.get(key);
  if (job !== undefined) jobs.set(key, { ...job, notBeforeMs: NEVER_MS });
}

function deliveriesIn({
  events,
  jobs,
}: Tables): Pick<
  Store,
  'takeEffects' | 'postponeEffect' | 'settleEffect' | 'eventsAfter' | 'cursor' | 'moveCursor'
> {
  const cursors = new Map<Code, number>();
  return {
    async takeEffects({ nowMs, leaseUntilMs, limit }) {
      const isReady = (job: StoredJob): boolean => job.notBeforeMs <= nowMs && job.leasedUntilMs <= nowMs;
      const ready = [...jobs.values()].filter(isReady).slice(0, limit);
      for (const job of ready)
        jobs.set(jobKey(job), { ...job, leasedUntilMs: leaseUntilMs, attempts: job.attempts + 1 });
      return copy(ready.map(({ leasedUntilMs: _, ...job }) => job));
    },
    async postponeEffect(job, notBeforeMs) {
      const stored = jobs.get(jobKey(job));
      if (stored === undefined || stored.notBeforeMs === NEVER_MS) return;
      jobs.set(jobKey(job), { ...stored, notBeforeMs, leasedUntilMs: 0 });
    },
    settleEffect: async (job) => settle(jobs, jobKey(job)),
    eventsAfter: async (position, limit) => copy(events.slice(position, position + limit)),
    cursor: async (sink) => cursors.get(sink) ?? 0,
    moveCursor: async (sink, position) => void cursors.set(sink, position),
  };
}

function members(): Pick<
  Store,
  'addLink' | 'findLink' | 'redeemLink' | 'findCredential' | 'recordDevices' | 'devices'
> {
  const links = new Map<string, LinkRecord>();
  const credentials = new Map<string, CredentialRecord>();
  const devices = new Map<string, DeviceRecord>();
  return {
    addLink: async (link) => void links.set(link.tokenHash, copy(link)),
    findLink: async (tokenHash) => copy(links.get(tokenHash) ?? null),
    async redeemLink(tokenHash, credential) {
      const link = links.get(tokenHash);
      if (link === undefined || (link.device !== null && link.device !== credential.device)) return false;
      links.set(tokenHash, { ...link, device: credential.device });
      credentials.set(credential.hash, copy(credential));
      return true;
    },
    findCredential: async (hash) => copy(credentials.get(hash) ?? null),
    async recordDevices(all) {
      for (const device of all) {
        const key = keyOf(device, device.person, device.device);
        const lastHeardAtMs = Math.max(device.lastHeardAtMs, devices.get(key)?.lastHeardAtMs ?? 0);
        devices.set(key, { ...device, lastHeardAtMs });
      }
    },
    devices: async (key) => copy([...devices.values()].filter((device) => keyOf(device) === keyOf(key))),
  };
}
