import { usualAppointment, type Id } from '@holdfast/protocol';
import type { StateValue } from 'xstate';
import * as z from 'zod/mini';
import type { ContactContext } from '../machines/contact/contact-state.js';
import type { ClosingContext } from '../machines/closing/closing.machine.js';
import type { CrisisContext } from '../machines/crisis/crisis-state.js';
import { createSession } from '../step/create-session.js';
import type { ChartContext, ChartKey, ChartState, Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import { policyFromV1, PolicyV1 } from './policy-v1.js';

const Chart = z.object({
  value: z.union([z.string(), z.record(z.string(), z.unknown())]),
  context: z.looseObject({ deadlines: z.record(z.string(), z.number()) }),
});

/** A session as the store of version 1 held it: whole, its policy inside. */
export const SessionV1 = z.object({
  version: z.literal(1),
  id: z.string(),
  tenant: z.string(),
  drill: z.boolean(),
  policy: PolicyV1,
  policyHash: z.string(),
  people: z.array(z.object({ id: z.string(), role: z.enum(['practitioner', 'client', 'duty']) })),
  createdAtMs: z.number(),
  heldUntilMs: z.nullable(z.number()),
  charts: z.record(z.string(), Chart),
});
/** What the schema {@link SessionV1} lets through. */
export type SessionV1 = z.infer<typeof SessionV1>;

type Charts = Readonly<Record<ChartKey, ChartState>>;

/** The parts of a crisis that version 1 did not have begin as in every crisis: place and number are asked again (C9). */
function crisisValue(value: StateValue): StateValue {
  if (typeof value === 'string') return value;
  const escalation = value['open'] === 'accepted' ? { accepted: 'owned' } : (value['open'] ?? 'alone');
  return { open: { enquiry: 'going', location: 'asked', callBackNumber: 'asked', escalation } };
}

function crisis({ value, context }: ChartState): ChartState {
  const old = context as CrisisContext;
  const kept: CrisisContext = {
    ...old,
    owner: old.acceptedBy ?? old.openedBy,
    joinedBy: old.acceptedBy,
    offers: old.offeredBy === null ? 0 : 1,
  };
  return { value: crisisValue(value), context: kept };
}

/** Nothing in version 1 settled a follow-up. */
function closing({ value, context }: ChartState): ChartState {
  const old = context as ClosingContext;
  const kept: ClosingContext = {
    ...old,
    followUps: old.followUps.map((followUp) => ({ ...followUp, state: 'open' })),
  };
  return { value, context: kept };
}

/** Version 1 kept no instant at which the client came: what is shown of it is the longest that it can have been. */
function attendance(chart: ChartState, client: Id, charts: Charts, createdAtMs: number): ChartState {
  const contact = charts[`contact:${client}`]?.context as ContactContext | undefined;
  const hasCome =
    (charts[`presence:${client}`]?.value ?? 'notYet') !== 'notYet' || contact?.lastContactMs != null;
  const isOver = ['closing', 'closed'].includes(stateName(charts['lifecycle:session']?.value ?? 'none'));
  return {
    value: isOver ? 'over' : hasCome ? 'arrived' : chart.value,
    context: { ...chart.context, ...(hasCome ? { arrivedAtMs: createdAtMs } : {}) },
  };
}

/** I18: the local route of help is asked for while risk is active. */
const asked = ({ context }: ChartState): ChartState => ({
  value: 'open',
  context: { ...context, notApplicable: null } as ChartContext,
});

/**
 * The session in the shape of version 2: every chart of version 1 where it was, with its deadlines; what came since in its
 * first state. Pure. It settles nothing and it ends nothing: what is to be asked again is asked by the start that follows
 * (R8), which stands in the record.
 *
 * `policyHash` stays: it is the hash of the document that the host gave.
 */
export function sessionFromV1(old: SessionV1): Session {
  const policy = policyFromV1(old.policy);
  const { id, tenant, drill, policyHash, people, createdAtMs } = old;
  const made = createSession({
    id,
    tenant,
    drill,
    appointment: usualAppointment,
    policy,
    policyHash,
    people,
    atMs: createdAtMs,
  });
  const charts: Record<ChartKey, ChartState> = { ...made.charts };
  for (const [name, chart] of Object.entries(old.charts)) {
    const key = name as ChartKey;
    charts[key] = {
      value: chart.value as StateValue,
      context: { ...charts[key]?.context, ...chart.context },
    };
  }
  return { ...made, people, heldUntilMs: old.heldUntilMs, charts: changed(charts, people, createdAtMs) };
}

function changed(charts: Charts, people: SessionV1['people'], createdAtMs: number): Session['charts'] {
  const result: Record<ChartKey, ChartState> = { ...charts };
  const change = (key: ChartKey, by: (chart: ChartState) => ChartState): void => {
    const chart = result[key];
    if (chart !== undefined) result[key] = by(chart);
  };
  change('closing:session', closing);
  for (const { id } of people.filter(({ role }) => role === 'client')) {
    change(`crisis:${id}`, crisis);
    change(`attendance:${id}`, (chart) => attendance(chart, id, charts, createdAtMs));
    if (charts[`risk:${id}`]?.value === 'active') change('item:localRoute', asked);
  }
  return result;
}
