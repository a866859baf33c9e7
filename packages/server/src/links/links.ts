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
  /** The session that a token is for, used or not; burns nothing. */
  sessionOf(token: string): Promise<SessionKey | null>;
  /** The person whom a token is for; burns nothing. */
  ownerOf(token: string): Promise<Id | null>;
  redeem(token: string, device: Id, nowMs: Instant): Promise<Redeemed>;
  /** Who holds this credential, or null. */
  memberOf(credential: string): Promise<Membership | null>;
}

export function makeLinks(store: LinkStore): Links {
  return {
    async make({ tenant, session, person }, expiresAtMs) {
      const token = makeSecret();
      await store.addLink({
        tokenHash: hashOfSecret(token),
        tenant,
        session,
        person,
        expiresAtMs,
        device: null,
      });
      return token;
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
