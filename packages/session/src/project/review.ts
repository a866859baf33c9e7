import { rolesOf, type Person } from '@holdfast/protocol';
import type { ReportContext } from '../machines/report/report.machine.js';
import type { SupervisionContext } from '../machines/supervision/walked.js';
import { circumstances } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import type { ReviewProjection } from './review-projection.js';

/**
 * F7: what a supervisor or the management holds of a session; null for everybody else. A person on several of the
 * policy's lists has what belongs to each. Who acted in the session does not look back at it here.
 */
export function projectReview(session: Session, { id, role }: Person): ReviewProjection | null {
  const roles = rolesOf(session.policy, id, role);
  const [isSupervisor, isManagement] = [roles.includes('supervisor'), roles.includes('management')];
  if (
    (!isSupervisor && !isManagement) ||
    role === 'client' ||
    role === 'practitioner' ||
    role === 'colleague'
  )
    return null;
  const past = session.charts['supervision:session']?.context as SupervisionContext | undefined;
  const reports = session.charts['report:session']?.context as ReportContext | undefined;
  return {
    isClosed: circumstances(session).stage === 'closed',
    walked: isSupervisor ? [...(past?.walked ?? [])] : null,
    nearMisses: [...(reports?.nearMisses ?? [])],
    issues: isManagement ? [...(reports?.issues ?? [])] : null,
  };
}
