import type { Instant } from '@holdfast/protocol';
import type { StaffProjection } from '../project/projection.js';
import type { ReviewProjection } from '../project/review-projection.js';
import { lineNotices, lineOf } from './line.js';
import { choice, say, task } from './say.js';
import { isReviewOwed } from '../machines/supervision/walked.js';
import { isSupervised } from '../machines/supervision/pathways.js';
import { giveRationale } from './tasks/follow-ups.js';
import { grantTasks } from './tasks/recording.js';
import { reportTasks } from './tasks/reports.js';
import type { DeviceState, Message, ShownFact, Task, View } from './types.js';
import { watchdogNotices } from './watchdog-notices.js';

type Walked = NonNullable<ReviewProjection['walked']>[number];

const fact = (id: string, label: Message, note: Message): ShownFact => ({
  id,
  label,
  value: null,
  note,
  isCaution: false,
  href: null,
});

/** What was walked and when (F7): codes and instants, nobody's words. */
const walkedFact = ({ id, pathway, openedAtMs, endedAtMs }: Walked): ShownFact =>
  fact(
    `walked.${id}`,
    say(`pathway.${pathway}`),
    openedAtMs === null
      ? say('review.walkedUntil', { endedAtMs })
      : say('review.walked', { openedAtMs, endedAtMs }),
  );

const settleTask = ({ id, pathway, review }: Walked): Task => {
  const title = say(`pathway.${pathway}`);
  if (review !== null) return task(`supervision.${id}`, title, [], { urgency: 'done' });
  return task(
    `supervision.${id}`,
    title,
    [
      choice(
        'settle',
        say('supervision.settle'),
        { type: 'supervision.settle', pathway: id, rationaleRef: 'none' },
        { fields: ['rationaleRef'], weight: 'main' },
      ),
    ],
    {
      why: say('supervision.why'),
      fields: [{ kind: 'reference', name: 'rationaleRef', label: say('supervision.ref'), required: true }],
    },
  );
};

/** F9: what was handed over at the close is given by whoever looks back. */
const rationaleTask = ({ id, pathway }: Walked): Task => {
  const { choice: give, field } = giveRationale(id);
  return task(`rationale.${id}`, say(`pathway.${pathway}`), [give], {
    why: say('rationale.why'),
    fields: [field],
  });
};

const lookedBackTasks = ({ walked, isClosed }: ReviewProjection): Task[] => [
  ...(walked ?? []).filter(({ pathway }) => isSupervised(pathway)).map(settleTask),
  ...(walked ?? []).filter(({ rationaleRef }) => isClosed && rationaleRef === null).map(rationaleTask),
];

function factsOf({ walked, nearMisses, issues }: ReviewProjection): ShownFact[] {
  return [
    ...(walked ?? []).map(walkedFact),
    ...nearMisses.map(({ kind, atMs }, index) =>
      fact(`nearMiss.${index}`, say(`nearMiss.kind.${kind}`), say('review.nearMissAt', { atMs })),
    ),
    ...(issues ?? []).map(({ kind, atMs }, index) =>
      fact(`issue.${index}`, say(`issue.kind.${kind}`), say('review.issueAt', { atMs })),
    ),
  ];
}

/** The page of those who look back (F7): reading, and for the supervisor to settle what is theirs. Nothing is urgent. */
export function reviewView(
  p: StaffProjection,
  review: ReviewProjection,
  device: DeviceState,
  nowMs: Instant,
): View {
  const line = lineOf(device, nowMs);
  const facts = factsOf(review);
  const isOpen = (review.walked ?? []).some(
    (one) => isReviewOwed(one) || (review.isClosed && one.rationaleRef === null),
  );
  const what = isOpen ? 'open' : facts.length > 0 ? 'read' : 'nothing';
  return {
    role: p.role,
    person: p.person,
    client: p.client,
    stage: 'review',
    drill: p.drill,
    headline: say(`review.${what}.headline`),
    explanation: [say(`review.${what}.what`)],
    whoActs: 'nobody',
    notices: [...lineNotices('staff', line), ...watchdogNotices('duty', device)],
    tasks: [...grantTasks(p.recording), ...lookedBackTasks(review)],
    deadlines: [],
    facts,
    cannot: [],
    people: [],
    actions: [],
    reports: reportTasks(true),
    showsVideo: false,
    adjustments: null,
    line,
  };
}
