// For applications.
export { createSessionServer } from './session-server.js';
export type { Health } from './health.js';
export type { SessionChoice, SessionServer, SessionServerEvents } from './session-server.js';
export type { NewMeetingOptions } from './new-meeting.js';
export type { NewPerson, NewSessionOptions } from './new-session.js';
export type { Joining, JoiningOptions, JoiningText } from './joining.js';
export type { SessionServerOptions } from './options.js';
export { PRACTICE_SCRIPTS } from './practice/scripts.js';
export type { PracticeScriptInfo, PracticeScriptName } from './practice/scripts.js';
export type { PracticeRoom, PracticeRoomOptions } from './practice/practice-options.js';
export type { JoinLink, Problem } from './authority/authority.js';
export { ServerError } from './errors.js';
export type { ServerErrorCode } from './errors.js';
export { memoryStore } from './store/memory-store.js';
export { sqliteStore } from './store/sqlite/sqlite-store.js';
export type { SqliteStoreOptions } from './store/sqlite/sqlite-store.js';
export { callbackSink } from './sinks/callback-sink.js';
export { attentionSink } from './sinks/attention-sink.js';
export type { AttentionCause, AttentionNote } from './sinks/attention-sink.js';
export { schedulingSink } from './scheduling/scheduling-sink.js';
export type { SchedulingChange, SchedulingNote } from './scheduling/scheduling-sink.js';
export { eventFile, jsonLinesSink } from './sinks/json-lines-sink.js';
export type { EventFileOptions, JsonLinesSinkOptions } from './sinks/json-lines-sink.js';
export type { SinkHealth } from './sinks/sink-feeder.js';
export { webhookSink } from './sinks/webhook-sink.js';
export type { WebhookSinkOptions } from './sinks/webhook-sink.js';
export { logAlert } from './alerts/log-alert.js';
export type { LogAlertOptions } from './alerts/log-alert.js';
export { webhookAlert } from './alerts/webhook-alert.js';
export type { WebhookAlertOptions } from './alerts/webhook-alert.js';
export { verifyWebhook } from './webhook/signature.js';
export { directVideo } from './video/direct-video.js';
export type { DirectVideoOptions, TurnOptions } from './video/direct-video.js';
export type { VaultEntries } from './vault/sealer.js';
export type { SessionSummary } from '@holdfast/session/authority';

// For adapter authors.
export type { Alert, AlertNotice } from './alerts/alert.js';
export type { Recorder, RecordingRequest } from './recording/recorder.js';
export type { Sink } from './sinks/sink.js';
export type { GrantRequest, Room, VideoServer } from './video/video-server.js';
export { systemClock } from './system-clock.js';
export type { MachineClock } from './system-clock.js';
export type {
  Change,
  CredentialRecord,
  DeviceRecord,
  EffectJob,
  InputOutcome,
  LinkRecord,
  PlacedEvent,
  SessionKey,
  SessionRecord,
  Store,
} from './store/store.js';
