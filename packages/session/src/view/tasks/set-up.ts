import { AlternativeKind, AlternativeRoute } from '@holdfast/protocol';
import type { ItemProjection } from '../../project/projection.js';
import { choice, oneOf, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Choice, Message, Notice, Task } from '../types.js';
import { cannotClose } from './closing.js';

/** The newest test of a route that was reached. */
const reachedAtMs = ({ care }: Scene): number | null => {
  const reached = care.setUp.routes.filter(({ outcome }) => outcome === 'reached');
  return reached.length === 0 ? null : Math.max(...reached.map(({ asOfMs }) => asOfMs));
};

const ABOUT_STATE: Readonly<Record<string, string>> = {
  'suitability.declined': 'item.suitability.notSuitable',
  'identity.uncertain': 'item.identity.doubt',
  'identity.declined': 'item.identity.doubt',
  'guardianConsent.declined': 'item.guardianConsent.none',
  'escalationRoute.declined': 'item.escalationRoute.dead',
};

/** Why an item stands as it does, where more is to be said than its state; null: the usual sentence. */
export function whyOf(scene: Scene, { item, state }: ItemProjection): Message | null {
  const { setUp } = scene.care;
  if (state === 'notApplicable') return say('item.state.notApplicable');
  if (item === 'suitability' && state === 'open' && setUp.isFirst) return say('item.suitability.first');
  if (item === 'competency' && state === 'open')
    return say('item.competency.missing', { claims: setUp.missingClaims.join(', ') });
  const atMs = reachedAtMs(scene);
  if (item === 'escalationRoute' && state === 'confirmed' && atMs !== null)
    return say('item.escalationRoute.reached', { atMs });
  const key = ABOUT_STATE[`${item}.${state}`];
  return key === undefined ? null : say(key);
}

/** With doubt about who it is, or when video is not right, stopping is always one of the ways (A09, A53). */
export function stopChoices(scene: Scene, { item, state }: ItemProjection): Choice[] {
  const isStop =
    (item === 'identity' && ['uncertain', 'declined'].includes(state)) ||
    (item === 'suitability' && state === 'declined');
  if (!isStop || cannotClose(scene).length > 0) return [];
  const end = { type: 'session.end' } as const;
  return [
    choice('stop', say('item.stop'), end, { weight: 'danger', confirm: say('staff.action.end.confirm') }),
  ];
}

/** Nobody answers these: they are tested, or asserted by the host. While a test is on its way there is nothing to do. */
export const isWaitedFor = ({ item, state }: ItemProjection): boolean =>
  item === 'escalationRoute' && state === 'open';

/** The number is read back once both can talk (H20). */
export function readBackTask({ care, words }: Scene): Task | null {
  const number = care.items.find(({ item }) => item === 'callBackNumber');
  if (number?.state !== 'confirmed' || number.answer !== 'confirmed' || number.flags.wasReadBack === true)
    return null;
  const right = choice(
    'right',
    say('readBack.right'),
    {
      type: 'item.answer',
      item: 'callBackNumber',
      answer: 'confirmed',
      flags: { ...number.flags, wasReadBack: true },
    },
    { weight: 'main' },
  );
  const wrong = choice('wrong', say('readBack.wrong'), { type: 'item.reopen', item: 'callBackNumber' });
  return task('readBack', say('readBack.title'), [right, wrong], {
    why:
      words.callBackNumber === undefined
        ? say('readBack.why')
        : say('readBack.is', { number: words.callBackNumber }),
  });
}

const SET_UP_STAGES: readonly string[] = ['gathering', 'settingUp'];

/**
 * Something as good instead of video, with a date and whom to turn to until then (A53): urgent once it is owed, within
 * reach in all of set-up, and what was offered can be changed until the session is closed.
 */
export function alternativeTasks({ p, care }: Scene): Task[] {
  const { isAlternativeOwed, alternative } = care.setUp;
  if (care.stage === 'closed') return [];
  const isWithinReach = p.role === 'practitioner' && SET_UP_STAGES.includes(care.stage);
  if (!isAlternativeOwed && alternative === null && !isWithinReach) return [];
  const offer = choice(
    'offer',
    say('alternative.send'),
    {
      type: 'suitability.offerAlternative',
      client: p.client,
      kind: 'faceToFace',
      dueOn: '2000-01-01',
      route: 'serviceDutyLine',
    },
    { fields: ['kind', 'dueOn', 'route'], weight: isAlternativeOwed ? 'main' : 'other' },
  );
  const offered =
    alternative === null
      ? null
      : say(`alternative.offered.${alternative.kind}`, { dueOn: alternative.dueOn });
  return [
    task('alternative', say('alternative.title'), [offer], {
      why: offered ?? say(isAlternativeOwed ? 'alternative.owed' : 'alternative.why'),
      fields: [
        oneOf('kind', 'alternative.kind', AlternativeKind.options),
        { kind: 'date', name: 'dueOn', label: say('alternative.dueOn'), required: true },
        oneOf('route', 'alternative.route', AlternativeRoute.options),
      ],
      urgency: isAlternativeOwed ? 'now' : alternative === null ? 'normal' : 'done',
    }),
  ];
}

/** A route that was not reached is said loudly and by name, with the instant of its test (A17, D11, H22). */
export function routeNotices({ care }: Scene): Notice[] {
  const { routes } = care.setUp;
  if (care.stage === 'closed') return [];
  const isDead = routes.length > 0 && routes.every(({ outcome }) => outcome !== 'reached');
  const none: Notice = { id: 'routes', level: 'alert', message: say('notice.route.none') };
  return [
    ...(isDead ? [none] : []),
    ...routes
      .filter(({ outcome }) => outcome !== 'reached')
      .map(({ route, outcome, asOfMs }): Notice => ({
        id: `route.${route}`,
        level: outcome === 'failed' ? 'alert' : 'status',
        message: say(`notice.route.${outcome}`, { name: route, asOfMs }),
      })),
  ];
}
