// The view of every role, for hosts that draw it themselves and for tests. A page that joins needs only the entry `.`.

// For applications.
export { view } from './view.js';

// For adapter authors.
export { ClientProjection } from '../project/client-projection.js';
export { PractitionerProjection, Projection, StaffProjection } from '../project/projection.js';
export type {
  AlertProjection,
  Care,
  ItemProjection,
  LateReportProjection,
  RunProjection,
} from '../project/projection.js';
export type { ClosingProjection } from '../project/closing-projection.js';
export type { AlternativeProjection, SetUpProjection } from '../project/set-up-shape.js';
export type { ReviewProjection } from '../project/review-projection.js';
export type { Nearness } from '../project/client-projection.js';
