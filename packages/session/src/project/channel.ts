import { CHANNELS, Id, Instant, type Channel } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { ChannelContext } from '../machines/channel/channel.machine.js';
import type { Session } from '../step/session.js';

/** How they meet, for staff. */
export const ChannelProjection = z.strictObject({
  is: z.enum(CHANNELS),
  /** Who chose it; null as long as it is as it began. */
  by: z.nullable(Id),
  because: z.nullable(z.string()),
  sinceMs: z.nullable(Instant),
  /** By phone or text: somebody still has to reach the client by name. */
  isAsked: z.boolean(),
  /** What may be used by choice. */
  mayCall: z.boolean(),
  mayWrite: z.boolean(),
});
/** What the schema {@link ChannelProjection} lets through. */
export type ChannelProjection = z.infer<typeof ChannelProjection>;

const contextOf = (session: Session, client: Id): ChannelContext | undefined =>
  session.charts[`channel:${client}`]?.context as ChannelContext | undefined;

/** The channel alone, as both sides see it. */
export const channelOf = (session: Session, client: Id): Channel =>
  contextOf(session, client)?.channel ?? 'video';

export function projectChannel(
  session: Session,
  client: Id,
  may: Pick<ChannelProjection, 'mayCall' | 'mayWrite'>,
): ChannelProjection {
  const { by = null, because = null, atMs = null, talk } = contextOf(session, client) ?? {};
  return {
    is: channelOf(session, client),
    by,
    because,
    sinceMs: atMs,
    isAsked: talk === 'asked' || talk === 'cut',
    mayCall: may.mayCall,
    mayWrite: may.mayWrite,
  };
}
