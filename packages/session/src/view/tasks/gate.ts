import { ITEM_RULES, ITEMS, OverrideReason, type ItemName } from '@holdfast/protocol';
import { choice, oneOf, present, say, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Cannot, Message, Task } from '../types.js';
import { itemTask } from './items.js';
import { isWaitedFor, readBackTask, stopChoices, whyOf } from './set-up.js';

const missing = ({ care }: Scene, before: 'media' | 'live'): Message[] =>
  care.items
    .filter(
      ({ item, isSettled, settledBefore }) =>
        !isSettled &&
        ITEM_RULES[item].isUncounted !== true &&
        (before === 'live' || settledBefore === 'media'),
    )
    .flatMap(({ item }) => [
      say(`item.${item}`),
      // I15: the claims that are missing are named.
      ...(item === 'competency' ? care.setUp.missingClaims.map((claim) => say('item.claim', { claim })) : []),
    ]);

const isHere = ({ care, p }: Scene): boolean =>
  care.people.some(
    ({ id, presence }) => id === p.client && (presence === 'alive' || presence === 'suspected'),
  );

/** A named person is let in, with both names on the screen (H19). */
function admitTask(scene: Scene): Task {
  const { p } = scene;
  const admit = choice(
    'admit',
    say('practitioner.admit.send'),
    { type: 'person.admit', person: p.client },
    { weight: 'main' },
  );
  return task('admit', say('practitioner.admit.title', { name: nameOf(scene, p.client) }), [admit], {
    why: say('practitioner.admit.why'),
    urgency: 'now',
  });
}

/** The emergency override: for both thresholds the same, with a reason (A19, H14). */
function overrideTask(threshold: 'media' | 'live'): Task {
  const pass = choice(
    'override',
    say(`practitioner.override.${threshold}`),
    { type: 'gate.override', reason: 'crisis' },
    { fields: ['reason'], weight: 'danger', confirm: say('practitioner.override.confirm') },
  );
  return task('override', say('practitioner.override.title'), [pass], {
    why: say('practitioner.override.why'),
    fields: [oneOf('reason', 'reason', OverrideReason.options)],
  });
}

const goLiveTask = (): Task =>
  task(
    'goLive',
    say('practitioner.goLive.title'),
    [choice('goLive', say('practitioner.goLive.send'), { type: 'session.goLive' }, { weight: 'main' })],
    {
      why: say('practitioner.goLive.why'),
      urgency: 'now',
    },
  );

/** Passing over one check, with a reason, when it cannot be settled. */
const passOver = (item: ItemName): Pick<Task, 'fields' | 'choices'> => ({
  fields: [oneOf('reason', 'reason', OverrideReason.options)],
  choices: [
    choice(
      'override',
      say('item.override'),
      { type: 'item.override', item, reason: 'clinicalJudgement' },
      { fields: ['reason'], confirm: say('item.override.confirm') },
    ),
  ],
});

function itemTasks(scene: Scene): Task[] {
  const { p, care, words } = scene;
  const isGathering = care.stage === 'gathering';
  return ITEMS.flatMap((name) => {
    const item = care.items.find((known) => known.item === name);
    const { answeredBy, isUncounted = false } = ITEM_RULES[name];
    if (item === undefined || (isGathering && item.settledBefore === 'live' && !isUncounted)) return [];
    const isOwn = !answeredBy.includes('client') && !isWaitedFor(item);
    const texts: Partial<Record<ItemName, string>> = p.texts;
    const made = itemTask({
      item: name,
      teller: 'practitioner',
      isSettled: item.isSettled,
      urgency: item.movedAtMs !== null || isOwn ? 'now' : 'normal',
      text: texts[name],
      asksOfGuardians: p.isMinor || care.safeguarding.isGuardianException,
      words,
      scene,
      isFixed: item.state === 'notApplicable' || answeredBy.length === 0,
    });
    // Q12: somebody may still be near while privacy is broken.
    const isQuiet = name === 'clientPrivacy' && care.privacy.step !== 'none';
    const own = whyOf(scene, item);
    if (item.isSettled)
      return [
        item.state === 'overridden'
          ? { ...made, why: say('item.state.overridden') }
          : { ...made, why: own ?? made.why },
      ];
    const { fields, choices } = passOver(name);
    const why = own ?? (item.state === 'open' ? made.why : say(`item.state.${item.state}`));
    return [
      {
        ...made,
        why,
        isQuiet,
        fields: [...made.fields, ...fields],
        choices: [...made.choices, ...stopChoices(scene, item), ...choices],
      },
    ];
  });
}

/** Tasks of set-up: admission, items, the two thresholds. Live keeps only what came open again. */
export function gateTasks(scene: Scene): Task[] {
  const { care } = scene;
  const { stage, isAdmitted, gate } = care;
  if (stage === 'closing' || stage === 'closed') return [];
  const items = itemTasks(scene);
  const readBack = stage === 'gathering' ? null : readBackTask(scene);
  if (stage === 'live') return present([...items.filter((item) => item.urgency !== 'done'), readBack]);
  const threshold = stage === 'gathering' ? 'media' : 'live';
  return present([
    stage === 'gathering' && !isAdmitted && isHere(scene) && admitTask(scene),
    stage === 'settingUp' && gate.live !== 'open' && goLiveTask(),
    ...items,
    readBack,
    gate[threshold] === 'open' && overrideTask(threshold),
  ]);
}

export function cannotPass(scene: Scene): Cannot[] {
  const { stage, gate, isAdmitted } = scene.care;
  return present([
    stage === 'gathering' &&
      !isAdmitted &&
      !isHere(scene) && { command: 'person.admit', because: say('cannot.admit.notHere'), missing: [] },
    stage === 'gathering' &&
      gate.media === 'open' && {
        command: 'session.goLive',
        because: say('cannot.media'),
        missing: missing(scene, 'media'),
      },
    stage === 'settingUp' &&
      gate.live === 'open' && {
        command: 'session.goLive',
        because: say('cannot.live'),
        missing: missing(scene, 'live'),
      },
  ]);
}
