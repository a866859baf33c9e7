import type { ItemName } from '@holdfast/protocol';
import type { ItemProjection } from '../project/projection.js';
import { adjustmentFacts } from './adjustment-facts.js';
import { present, say } from './say.js';
import type { Scene } from './scene.js';
import type { Message, ShownFact } from './types.js';

const fact = (id: string, value: string | null, note: Message | null, isCaution = false): ShownFact => ({
  id,
  label: say(`fact.${id}`),
  value,
  note,
  isCaution,
  href: null,
});

const settled = ({ care }: Scene, name: ItemName): ItemProjection | null => {
  const item = care.items.find((known) => known.item === name);
  return item?.answer === 'confirmed' || item?.answer === 'no' ? item : null;
};

/** The agreed word, gesture or sign: on the staff's screens only, never on the client's (A11, C16). */
function signalFacts(scene: Scene): ShownFact[] {
  const flags = settled(scene, 'signal')?.flags;
  if (flags === undefined) return [];
  return present([
    flags.hasSafeWord === true && fact('safeWord', scene.words.safeWord ?? null, say('fact.safeWord.agreed')),
    flags.hasGesture === true && fact('gesture', null, say('fact.gesture.agreed')),
    flags.hasSoftwareSignal === true && fact('softwareSignal', null, say('fact.softwareSignal.agreed')),
  ]);
}

/** What the client's device measured of itself when they answered (D07, E11). */
function deviceFacts(scene: Scene): ShownFact[] {
  const flags = settled(scene, 'device')?.flags;
  if (flags === undefined) return [];
  const strength = flags.isConnectionBad === true ? 'bad' : 'weak';
  return present([
    flags.isBrowserSupported === false &&
      fact('clientBrowser', null, say('fact.clientBrowser.unsupported'), true),
    (flags.isConnectionBad === true || flags.isConnectionWeak === true) &&
      fact('clientConnection', null, say(`fact.clientConnection.${strength}`), true),
    flags.isBatteryLow === true && fact('clientBattery', null, say('fact.clientBattery.low'), true),
  ]);
}

/** The plan in front of whoever acts: when it was last looked at, and what it lacks (C04, C06, C08). */
function planFacts({ care }: Scene): ShownFact[] {
  const { plan } = care;
  if (plan === null) return [];
  const { reviewedOn, prompt, missing } = plan;
  const when = reviewedOn === null ? say('fact.plan.none') : say('fact.plan.reviewed', { date: reviewedOn });
  return [
    fact('plan', plan.planRef, when, reviewedOn === null || prompt === 'stale'),
    ...(missing ?? []).map((group) => ({
      ...fact('planMissing', null, say(`plan.group.${group}`), true),
      id: `planMissing.${group}`,
    })),
  ];
}

/** How the client would rather meet, as the host knows it (D06). */
function preferenceFacts({ care }: Scene): ShownFact[] {
  if (care.preference === null) return [];
  return [
    fact(
      'preference',
      null,
      say('fact.preference.until', {
        way: `way.${care.preference.way}`,
        date: care.preference.reviewOn,
      }),
    ),
  ];
}

/** Near by agreement, unless they may be the danger: then it is not private (J12, H30). */
function guardianFacts(scene: Scene): ShownFact[] {
  if (settled(scene, 'clientPrivacy')?.flags.isGuardianNearby !== true) return [];
  const isDanger = scene.care.safeguarding.isGuardianException;
  return [
    fact('guardianNearby', null, say(`fact.guardianNearby.${isDanger ? 'danger' : 'agreed'}`), isDanger),
  ];
}

/** What set-up and the host have put in front of the staff, beside numbers and places. */
export const setUpFacts = (scene: Scene): ShownFact[] => [
  ...signalFacts(scene),
  ...guardianFacts(scene),
  ...deviceFacts(scene),
  ...planFacts(scene),
  ...preferenceFacts(scene),
  ...adjustmentFacts(scene.care.adjustments),
];
