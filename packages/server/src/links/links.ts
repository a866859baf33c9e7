import type { Id, Instant, RefusalCode } from '@holdfast/protocol';
import type { CredentialRecord, SessionKey, Store } from '../store/store.js';
import { hashOfSecret, makeSecret } from './secret.js';

/** Whom a device speaks for. */
export interface Membership extends SessionKey {
  readonly person: Id;
  readonly device: Id;
}

export type Redeemed =
  | { readonly ok: true; readonly member: Membership; readonly credential: string }
  | { readonly ok: false; readonly code: RefusalCode; readonly session: SessionKey | null };

type LinkStore = Pick<Store, 'addLink' | 'findLink' | 'redeemLink' | 'findCredential'>;

/**
 * Join links and device credentials (design, "Who may do what"). A link is for one person in one session and is used
 * by one device; looking at it burns nothing. Tokens are stored as hashes and stand in no log and no request address.
 */
export interface Links {
  /** A new token for the person. */
  make(member: Omit<Membership, 'device'>, expiresAtMs: Instant): Promise<string>;
  /** A token that opens the device check for the person and nothing else, as often as they like (A43). */
  makeTest(member: Omit<Membership, 'device'>, expiresAtMs: Instant): Promise<string>;
  /** Whose test link this is; null for any other token, and for one that is too old. */
  testOf(token: string, nowMs: Instant): Promise<Omit<Membership, 'device'> | null>;
  /** The session that a token is for, used or not; burns nothing. */
  sessionOf(token: string): Promise<SessionKey | null>;
  /** The person whom a token is for; burns nothing. */
  ownerOf(token: string): Promise<Id | null>;
  redeem(token: string, device: Id, nowMs: Instant): Promise<Redeemed>;
  /** Who holds this credential, or null. */
  memberOf(credential: string): Promise<Membership | null>;
}

/**
 * A test link is a link that was used already, by a device of a name that no device can have (`Id` holds no blank): as a
 * join link it is refused as used, in every store, by what is there.
 */
const TEST_DEVICE = 'device check';

export function makeLinks(store: LinkStore): Links {
  const add = async (
    { tenant, session, person }: Omit<Membership, 'device'>,
    expiresAtMs: Instant,
    device: Id | null,
  ): Promise<string> => {
    const token = makeSecret();
    await store.addLink({ tokenHash: hashOfSecret(token), tenant, session, person, expiresAtMs, device });
    return token;
  };
  return {
    make: (member, expiresAtMs) => add(member, expiresAtMs, null),
    makeTest: (member, expiresAtMs) => add(member, expiresAtMs, TEST_DEVICE),
    async testOf(token, nowMs) {
      const link = await store.findLink(hashOfSecret(token));
      if (link?.device !== TEST_DEVICE || link.expiresAtMs <= nowMs) return null;
      const { tenant, session, person } = link;
      return { tenant, session, person };
    },
    async sessionOf(token) {
      const link = await store.findLink(hashOfSecret(token));
      return link === null ? null : { tenant: link.tenant, session: link.session };
    },
    ownerOf: async (token) => (await store.findLink(hashOfSecret(token)))?.person ?? null,
    async redeem(token, device, nowMs) {
      const tokenHash = hashOfSecret(token);
      const link = await store.findLink(tokenHash);
      if (link === null) return { ok: false, code: 'link-expired', session: null };
      const session = { tenant: link.tenant, session: link.session };
      if (link.expiresAtMs <= nowMs) return { ok: false, code: 'link-expired', session };
      if (link.device !== null && link.device !== device) return { ok: false, code: 'link-used', session };
      const credential = makeSecret();
      const record: CredentialRecord = {
        ...session,
        hash: hashOfSecret(credential),
        person: link.person,
        device,
        madeAtMs: nowMs,
      };
      if (!(await store.redeemLink(tokenHash, record))) return { ok: false, code: 'link-used', session };
      return { ok: true, member: { ...session, person: link.person, device }, credential };
    },
    async memberOf(credential) {
      const record = await store.findCredential(hashOfSecret(credential));
      if (record === null) return null;
      const { tenant, session, person, device } = record;
      return { tenant, session, person, device };
    },
  };
}
