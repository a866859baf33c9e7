import type { Beacon, Id, Instant, RedeemRequest, RefusalCode, Role } from '@holdfast/protocol';
import type { Links, Membership } from '../links/links.js';
import { hashOfSecret } from '../links/secret.js';
import type { SessionKey } from '../store/store.js';
import type { Charge } from './charge.js';
import type { Desk } from './desk.js';
import type { PresenceWatch } from './presence-watch.js';
import { Refusals } from './refusals.js';
import { actorOf, inputIdOf } from './seat.js';

export type Admitted =
  | {
      readonly ok: true;
      readonly member: Membership;
      readonly credential: string;
      readonly role: Role;
      readonly drill: boolean;
    }
  | { readonly ok: false; readonly code: RefusalCode };

/** Credentials that are known without the store. */
const MOST_MEMBERS = 10_000;

/** When this person last opened the session, or took it back, on any device. */
const openedAtMs = ({ seats }: Desk, person: Id): Instant =>
  Math.max(0, ...[...seats.values()].map((seat) => (seat.person.id === person ? seat.openedAtMs : 0)));

export interface AdmissionOptions {
  readonly links: Links;
  readonly charge: Charge;
  readonly presence: PresenceWatch;
  readonly nowMs: () => number;
  readonly deskOf: (key: SessionKey) => Promise<Desk | null>;
}

/** The door: links, credentials and last messages (design, "Who may do what"). */
export class Admission {
  readonly #options: AdmissionOptions;
  /** Who was not let in, in sessions that are known. */
  readonly refusals: Refusals;
  readonly #members = new Map<string, Membership>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.refusals = new Refusals(options);
  }

  /** Trades a link's token for a credential. Refusals leave one event a minute where the session is known. */
  async redeem(request: RedeemRequest, isOriginAllowed: boolean): Promise<Admitted> {
    if (!this.#options.charge.isInCharge) return { ok: false, code: 'not-in-charge' };
    try {
      const key = await this.#options.links.sessionOf(request.token);
      if (!isOriginAllowed) return await this.#refuse('wrong-origin', key, request.token);
      return await this.#redeemIn(request, key);
    } catch {
      return { ok: false, code: 'not-in-charge' };
    }
  }

  /** Who holds a credential. Known ones are answered from memory, also while the store is gone. */
  async memberOf(credential: string): Promise<Membership | null> {
    const hash = hashOfSecret(credential);
    const known = this.#members.get(hash);
    if (known !== undefined) return known;
    const member = await this.#options.links.memberOf(credential);
    if (member !== null) this.#remember(hash, member);
    return member;
  }

  /** The last message of a page; null when it was taken. */
  async takeBeacon({ id, credential, device, fact, saidAtMs }: Beacon): Promise<RefusalCode | null> {
    const member = await this.memberOf(credential).catch(() => null);
    if (member === null) return 'wrong-credential';
    const desk = await this.#options.deskOf(member).catch(() => null);
    const seat = member.device === device ? desk?.seats.get(device) : undefined;
    // The id of a device is no secret: the other side knows it. It speaks for its own person only.
    if (desk === null || seat === undefined || seat.person.id !== member.person) {
      const by = hashOfSecret(credential);
      await this.refusals.note({ key: member, code: 'wrong-credential', input: 'beacon', by });
      return 'wrong-credential';
    }
    if (!desk.live.record.isOpen) return 'session-closed';
    const { person } = member;
    const body = fact === 'device.unloading' ? { type: fact, person, device } : { type: fact, person };
    const taken = inputIdOf(person, id);
    const isRepeat = desk.live.knows(taken);
    // A browser goes on trying to deliver it, also after the person came back: who is here now has not left (P4).
    if (fact === 'person.left' && !isRepeat && saidAtMs < openedAtMs(desk, person)) {
      await this.refusals.note({ key: member, code: 'not-now', input: 'beacon', by: device });
      return 'not-now';
    }
    // The watch knows at once, so that the silence that follows is not taken for a lost network. A repeat that the
    // network delivers late must not take back that the person came again.
    if (!isRepeat) this.#options.presence.said(seat, fact);
    const work = {
      kind: 'input',
      id: taken,
      from: actorOf(seat),
      body,
      saidAtMs,
      vault: null,
      settles: [],
    } as const;
    void desk.live.take(work).catch(() => {});
    return null;
  }

  /** The newest are enough: any other is found in the store. */
  #remember(hash: string, member: Membership): void {
    this.#members.set(hash, member);
    if (this.#members.size <= MOST_MEMBERS) return;
    const [oldest] = this.#members.keys();
    if (oldest !== undefined) this.#members.delete(oldest);
  }

  async #redeemIn({ token, device }: RedeemRequest, key: SessionKey | null): Promise<Admitted> {
    const { links, nowMs, deskOf } = this.#options;
    const desk = key === null ? null : await deskOf(key);
    const wanted = await links.ownerOf(token);
    if (desk !== null && !desk.live.record.isOpen && (wanted === null || !desk.mayCome(wanted)))
      return this.#refuse('session-closed', key, token);
    // Nobody comes under the id of another person's device; the link is not used up by trying.
    const owner = desk?.seats.get(device)?.person.id;
    if (owner !== undefined && owner !== wanted) return this.#refuse('wrong-credential', key, token);
    const redeemed = await links.redeem(token, device, nowMs());
    if (!redeemed.ok) return this.#refuse(redeemed.code, redeemed.session, token);
    const { member, credential } = redeemed;
    const person = desk?.personOf(member.person);
    if (desk === null || person === undefined) return this.#refuse('unknown-session', null, token);
    this.#remember(hashOfSecret(credential), member);
    return { ok: true, member, credential, role: person.role, drill: desk.live.session.drill };
  }

  async #refuse(code: RefusalCode, key: SessionKey | null, token: string): Promise<Admitted> {
    if (key !== null) await this.refusals.note({ key, code, input: 'redeem', by: hashOfSecret(token) });
    return { ok: false, code };
  }
}
