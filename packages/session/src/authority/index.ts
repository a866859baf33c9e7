// For applications that decide: a session server, or a tab in solo mode.
export { createSession } from '../step/create-session.js';
export type { NewSession } from '../step/create-session.js';
export { packSession, unpackSession } from '../step/pack-session.js';
export type { PackedChart, PackedSession } from '../step/pack-session.js';
export { readSession } from '../migrate/read-session.js';
export type { ReadSession } from '../migrate/read-session.js';
export { writeSession } from '../step/session-text.js';
export { nextDeadline, step } from '../step/step.js';
export { isAlerted } from '../project/care.js';
export { isMediaAllowed } from '../project/media-allowed.js';
export { fellowReport, mayBeInMeeting } from '../project/meeting.js';
export { project } from '../project/project.js';
export type { Projection } from '../project/projection.js';
export { summaryOf } from '../project/summary.js';
export type { SessionSummary, SummaryItem } from '../project/summary.js';
export type { FollowUp } from '../machines/closing/follow-ups.js';
export type { PathwayName } from '../machines/supervision/pathways.js';
export type { Decided, Walked } from '../machines/supervision/walked.js';

// For adapter authors.
export { stateName } from '../step/state-name.js';
export { leadOf, roleOf } from '../machines/lead/lead-state.js';
export type { LeadContext } from '../machines/lead/lead-state.js';
export { clientOf, practitionerOf } from '../step/circumstances.js';
export { meetingOf } from '../machines/meeting/meeting-state.js';
export type { Fellow, MeetingContext } from '../machines/meeting/meeting-state.js';
export { participantOf } from '../machines/participant/participant-state.js';
export type { ParticipantContext, ParticipantState } from '../machines/participant/participant-state.js';
export { runOf } from '../machines/run/run-state.js';
export type { RunParts, RunState } from '../machines/run/run-state.js';
export type {
  ChartContext,
  ChartKey,
  ChartState,
  ConceptName,
  Session,
  StepResult,
} from '../step/session.js';
