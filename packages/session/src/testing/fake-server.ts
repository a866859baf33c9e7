import {
  DeviceMessage,
  type Beacon,
  type Id,
  type MediaGrant,
  type RedeemAnswer,
  type Role,
  type ServerMessage,
} from '@holdfast/protocol';
import { staffScreens } from '../view/staff-screens.js';
import { joinOn } from '../device/join-session.js';
import type { LineSocket } from '../device/line.js';
import type { Page } from '../device/page-intents.js';
import type { Platform } from '../device/platform.js';
import type { SessionStore } from '../device/redeem.js';
import type { JoinedSession, JoinOptions } from '../device/types.js';
import { isMediaAllowed } from '../device/projected.js';
import type { Clock, VideoPort } from '../ports.js';
import type { Projection } from '../project/projection.js';

/** A page for tests: what the runtime did to it, and its events by hand. */
export interface FakePage extends Page {
  /** What the page sent while it went away. */
  readonly beacons: readonly Beacon[];
  /** What the runtime did to the page, in words and in order. */
  readonly done: readonly string[];
  /** The page goes away. */
  unload(): void;
  /** The browser says that the network is there, or not. */
  network(isOnline: boolean): void;
}

/** A page that is visible and online. */
export function fakePage(): FakePage {
  const beacons: Beacon[] = [];
  const done: string[] = [];
  const unloading = new Set<() => void>();
  const network = new Set<(isOnline: boolean) => void>();
  const listen = <L>(listeners: Set<L>, listener: L) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    beacons,
    done,
    isVisible: true,
    onUnloading: (call) => listen(unloading, call),
    onReturned: () => () => undefined,
    onVisible: () => () => undefined,
    onNetwork: (call) => listen(network, call),
    claim: () => () => undefined,
    beacon: (_address, message) => {
      beacons.push(message);
      done.push(`beacon ${message.fact}`);
    },
    forgetLink: () => void done.push('forget link'),
    blank: () => void done.push('blank'),
    goTo: (address) => void done.push(`go to ${address}`),
    unload: () => unloading.forEach((call) => call()),
    network: (isOnline) => network.forEach((call) => call(isOnline)),
  };
}

/** Storage of one tab. */
export function fakeStorage(): SessionStore & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** How the fake session server behaves. */
export interface FakeServerOptions {
  /** The devices' clock. */
  readonly clock: Clock;
  /** What each person's devices are shown. */
  readonly projections: Readonly<Record<Id, Projection>>;
  /** The session that it holds. Default `s1`. */
  readonly session?: Id;
  /** This server's clock minus the devices'. Default 0. */
  readonly aheadMs?: number;
  /** What a device gets when it asks for media. Default: room `r1` of the fake transport. */
  readonly grant?: (device: Id) => MediaGrant;
}

/**
 * A session server that decides nothing: it welcomes, echoes, settles every input, shows the projections that the test
 * sets, gives a grant where those allow media, and hands signals on. For tests of the device runtime and of screens; the real one is in `@holdfast/server`.
 */
export class FakeServer {
  readonly #options: FakeServerOptions;
  readonly #lines = new Set<FakeLine>();
  readonly #cut = new Set<Id>();
  readonly #projections: Record<Id, Projection>;
  readonly #takers = new Map<Id, Id>();
  readonly #granted = new Set<Id>();
  #sequence = 1;
  #ids = 0;
  #epoch = 'e1';
  /** False after `kill`. */
  isUp = true;
  /** Grants are given where the projection allows media; false: only to a device that asks. */
  givesGrants = true;
  /** Everything that devices said, heartbeats left out. */
  readonly heard: { readonly device: Id; readonly message: DeviceMessage }[] = [];
  /** Every heartbeat that arrived. */
  readonly beats: { readonly device: Id; readonly message: Extract<DeviceMessage, { type: 'beat' }> }[] = [];
  /** Answers to inputs; default: accepted. */
  settle: (
    message: Extract<DeviceMessage, { type: 'input' }>,
  ) => Partial<Extract<ServerMessage, { type: 'settled' }>> = () => ({});

  constructor(options: FakeServerOptions) {
    this.#options = options;
    this.#projections = { ...options.projections };
  }

  /** Its own clock, in milliseconds. */
  get nowMs(): number {
    return Math.round(this.#options.clock.nowMs() + (this.#options.aheadMs ?? 0));
  }

  /** A device of a person, joined over this server. */
  join(
    person: Id,
    device: Id,
    video: VideoPort,
    more: Partial<JoinOptions & Platform> = {},
  ): Promise<JoinedSession> {
    const platform: Platform = {
      clock: this.#options.clock,
      page: fakePage(),
      storage: fakeStorage(),
      devices: undefined,
      ask: async () => ({ ok: true, json: async () => this.#redeem(person) }),
      openSocket: () => this.#open(person, device),
      staffScreens: async () => staffScreens,
      preflight: () => ({ browser: 'ok', connection: 'ok', battery: 'ok' }),
      measureLink: async () => undefined,
      newId: () => `${device}-${++this.#ids}`,
      end: () => undefined,
      ...more,
    };
    return joinOn(platform, { link: `https://host.example/session#${person}`, video, device, ...more });
  }

  /** From now on this person is shown that projection; devices that are there get it at once. */
  show(person: Id, projection: Projection): void {
    this.#projections[person] = projection;
    this.#sequence += 1;
    for (const line of this.#lines) if (line.person === person) this.#update(line);
  }

  /** To the devices of one person. */
  tell(person: Id, message: ServerMessage): void {
    for (const line of this.#lines) if (line.person === person) line.deliver(message);
  }

  /** Every packet of that device is dropped: nothing closes. */
  cut(device: Id): void {
    this.#cut.add(device);
  }

  /** Packets of that device arrive again; what was said on a line that is still open arrives late, in its order, as by TCP. */
  heal(device: Id): void {
    this.#cut.delete(device);
    for (const line of Array.from(this.#lines)) if (line.device === device) line.deliverLate();
  }

  /** As `kill -9`: sockets close, nobody listens. */
  kill(): void {
    this.isUp = false;
    for (const line of Array.from(this.#lines)) line.end();
  }

  /** As a start after `kill`: a new epoch, sequences begin anew. */
  restart(): void {
    this.isUp = true;
    this.#epoch = `${this.#epoch}x`;
    this.#sequence = 1;
  }

  /** Whether packets of that device arrive; its lines ask. */
  reaches(device: Id): boolean {
    return !this.#cut.has(device);
  }

  /** A message of a device arrives; its line calls this. */
  take(line: FakeLine, message: DeviceMessage): void {
    const { person, device } = line;
    if (message.type === 'beat') this.beats.push({ device, message });
    else this.heard.push({ device, message });
    if (message.type === 'hello') return this.#welcome(line, message);
    if (message.type === 'beat')
      return line.deliver({ type: 'beat', count: message.count, serverNowMs: this.nowMs });
    if (message.type === 'grant.request') return this.#giveGrant(line, message.id);
    if (message.type === 'input')
      return line.deliver({ type: 'settled', id: message.id, outcome: 'accepted', ...this.settle(message) });
    for (const other of this.#lines)
      if (other.device === message.to && other.person !== person)
        other.deliver({ type: 'signal', from: device, data: message.data });
  }

  /** A line is closed; the line calls this. */
  gone(line: FakeLine): void {
    this.#lines.delete(line);
  }

  #redeem(person: Id): RedeemAnswer {
    return {
      credential: `credential-of-${person}-for-tests`,
      session: this.#options.session ?? 's1',
      person,
      role: this.#roleOf(person),
      socket: '/holdfast/socket',
      drill: false,
    };
  }

  #roleOf(person: Id): Role {
    return this.#projections[person]?.role ?? 'client';
  }

  #open(person: Id, device: Id): LineSocket {
    const line = new FakeLine(person, device, this, this.#options.clock);
    this.#lines.add(line);
    return line;
  }

  #welcome(line: FakeLine, { takesMedia }: Extract<DeviceMessage, { type: 'hello' }>): void {
    const { person } = line;
    const holder = this.#takers.get(person);
    if (takesMedia || holder === undefined) this.#takers.set(person, line.device);
    if (takesMedia) this.#granted.delete(line.device);
    line.deliver({
      type: 'welcome',
      version: 1,
      session: this.#options.session ?? 's1',
      person,
      role: this.#roleOf(person),
      epoch: this.#epoch,
      serverNowMs: this.nowMs,
      policyHash: '0',
      drill: false,
    });
    this.#update(line);
    for (const other of this.#lines) {
      if (other.person !== person || other.device === this.#takers.get(person)) continue;
      other.deliver({
        type: 'refused',
        code: 'opened-elsewhere',
        sentence: 'The session was opened on another device.',
      });
    }
  }

  #update(line: FakeLine): void {
    const projection = this.#projections[line.person];
    line.deliver({ type: 'update', sequence: this.#sequence, projection });
    const isAllowed = projection !== undefined && isMediaAllowed(projection);
    if (!isAllowed) this.#granted.delete(line.device);
    else if (this.givesGrants && !this.#granted.has(line.device)) this.#giveGrant(line, null);
  }

  #giveGrant(line: FakeLine, id: Id | null): void {
    if (this.#takers.get(line.person) !== line.device) return;
    this.#granted.add(line.device);
    const grant = this.#options.grant?.(line.device) ?? { transport: 'fake', room: 'r1' };
    line.deliver({ type: 'grant', id, grant });
  }
}

const DELAY_MS = 10;

class FakeLine implements LineSocket {
  readonly person: Id;
  readonly device: Id;
  readonly #server: FakeServer;
  readonly #clock: Clock;
  #isEnded = false;
  #late: (() => unknown)[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(person: Id, device: Id, server: FakeServer, clock: Clock) {
    this.person = person;
    this.device = device;
    this.#server = server;
    this.#clock = clock;
    this.#knock(0);
  }

  /** As TCP does: what is not answered is asked again after 1, 3 and 7 s. */
  #knock(tries: number): void {
    const again = this.#clock.after(
      (1000 << tries) + DELAY_MS,
      () => !this.#isEnded && tries < 3 && this.#knock(tries + 1),
    );
    if (!this.#isReached) return;
    this.#clock.after(DELAY_MS, () => {
      if (this.#isEnded || !this.#isReached) return;
      again();
      if (this.#server.isUp) this.onopen?.();
      else this.end();
    });
  }

  send(text: string): void {
    this.#later(() => this.#server.isUp && this.#server.take(this, DeviceMessage.parse(JSON.parse(text))));
  }

  deliver(message: ServerMessage): void {
    const text = JSON.stringify(message);
    this.#later(() => this.onmessage?.({ data: text }));
  }

  close(): void {
    this.#isEnded = true;
    this.#server.gone(this);
  }

  end(): void {
    if (this.#isEnded) return;
    this.close();
    this.onclose?.();
  }

  /** What waited for the network. */
  deliverLate(): void {
    const late = this.#late;
    this.#late = [];
    for (const call of late) this.#later(call);
  }

  get #isReached(): boolean {
    return this.#server.reaches(this.device);
  }

  /** Waits while the device is cut off when it leaves or when it arrives. */
  #later(call: () => unknown): void {
    if (!this.#isReached) return void this.#late.push(call);
    this.#clock.after(DELAY_MS, () => {
      if (this.#isEnded) return;
      if (this.#isReached) call();
      else this.#late.push(call);
    });
  }
}
