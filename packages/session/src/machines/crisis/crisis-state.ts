import type { CrisisFact, CrisisHarm, Id, Instant } from '@holdfast/protocol';
import type { Heard, Said } from '../../step/concept.js';

/** When something that a crisis asks again was checked, and by whom; nulls until then. */
export interface Checked {
  readonly atMs: Instant | null;
  readonly by: Id | null;
}

export interface CrisisContext {
  readonly client: Id;
  /** Counts the crises of this session, so that each has an id of its own. */
  readonly count: number;
  readonly openedAtMs: Instant | null;
  readonly openedBy: Id | null;
  /** Whose crisis it is: who opened it, then the named person who accepted it. Nobody else's silence moves it. */
  readonly owner: Id | null;
  /** Who may come to harm, as a person said it. */
  readonly harm: CrisisHarm;
  /** What was asked again, by item (A28). */
  readonly checked: Readonly<Record<CrisisFact, Checked>>;
  /** How often the escalation was offered: each offer walks the list of staff anew. */
  readonly offers: number;
  /** Who asked for the escalation: they are not the one who is asked to take it (A1). */
  readonly offeredBy: Id | null;
  /** Who came to take it over. */
  readonly joinedBy: Id | null;
  /** Who came before and was not waited for any longer: asked last. */
  readonly waitedFor: Id | null;
  /** The named person who took it over last. */
  readonly acceptedBy: Id | null;
  readonly exit: string | null;
  readonly reason: string | null;
  readonly rationaleRef: Id | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

export type CrisisEvent =
  | Said<
      | 'crisis.open'
      | 'crisis.setHarm'
      | 'crisis.confirmFact'
      | 'crisis.offerEscalation'
      | 'crisis.joinEscalation'
      | 'crisis.briefEscalation'
      | 'crisis.acceptEscalation'
      | 'crisis.introduceClient'
      | 'crisis.releaseSender'
      | 'crisis.resolve'
    >
  | Heard<'alert.accepted' | 'item.answered' | 'item.reopened' | 'lead.changed'>;

export const unchecked: CrisisContext['checked'] = {
  location: { atMs: null, by: null },
  callBackNumber: { atMs: null, by: null },
};

/** What every crisis begins with: nothing is left of the one before. */
export const fresh = {
  openedAtMs: null,
  openedBy: null,
  owner: null,
  harm: 'unknown',
  checked: unchecked,
  offers: 0,
  offeredBy: null,
  joinedBy: null,
  waitedFor: null,
  acceptedBy: null,
  exit: null,
  reason: null,
  rationaleRef: null,
} as const satisfies Partial<CrisisContext>;

export const subjectOf = ({ client }: CrisisContext) => ({ kind: 'client', id: client }) as const;

/** The crisis itself, in its events: `c1.crisis1`. */
export const crisisId = (context: Pick<CrisisContext, 'client' | 'count'>): Id =>
  `${context.client}.crisis${context.count}`;

/** What the alerts of an offer are about: `c1.crisis1`, then `c1.crisis1.o2`. */
export const alertAbout = (context: CrisisContext): Id =>
  context.offers > 1 ? `${crisisId(context)}.o${context.offers}` : crisisId(context);
