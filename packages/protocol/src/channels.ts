/** How client and practitioner meet: what was chosen, not only what failed (A15, D01, D09). */
export const CHANNELS = ['video', 'audioOnly', 'phone', 'text', 'faceToFace'] as const;
/** One of {@link CHANNELS}. */
export type Channel = (typeof CHANNELS)[number];

/** Why somebody changes the channel. Staff who move a client off video give one (B10). */
export const CHANNEL_REASONS = [
  'clientWish',
  'saveData',
  'badConnection',
  'deviceTrouble',
  'accessNeed',
  'notPrivate',
  'remoteNotSuitable',
  'clinicalJudgement',
] as const;
/** One of {@link CHANNEL_REASONS}. */
export type ChannelReason = (typeof CHANNEL_REASONS)[number];
