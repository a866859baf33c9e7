import { ConsultOutcome, DISCLOSURE_CATEGORIES, DisclosureRecipient, TOLD_STEPS } from '@holdfast/protocol';
import type { Care } from '../../project/projection.js';
import { choice, oneOf, present, say, severalOf, task } from '../say.js';
import { nameOf, type Scene } from '../scene.js';
import type { Field, Task } from '../types.js';

/** A pathway or a run is open: then colleagues, disclosures and words to the client are at hand (C20, A33, C21). */
const isSomethingOpen = ({ run, openPathways }: Care): boolean => run !== null || openPathways.length > 0;

/** Asking is always offered and never asked for; what came of it is said by a person (C20). */
function consultTask(scene: Scene): Task | null {
  const { p, care, me } = scene;
  const { state, person, takenBy, staff } = care.consult;
  if (state !== 'none') {
    const who = (state === 'taken' ? takenBy : person) ?? me;
    const name = nameOf(scene, who);
    const isMe = who === me;
    const choices = ConsultOutcome.options.map((outcome) =>
      choice(outcome, say(`consult.outcome.${outcome}`), { type: 'consult.end', client: p.client, outcome }),
    );
    return task('consult', say(`consult.${state}.${isMe ? 'you' : 'title'}`, { name }), choices, {
      why: say(`consult.${isMe ? 'taken' : state}.why`),
    });
  }
  const others = staff.filter((one) => one !== me);
  const [first] = others;
  if (first === undefined || !isSomethingOpen(care)) return null;
  const whom: Field = {
    kind: 'choice',
    name: 'person',
    label: say('consult.person'),
    options: others.map((one) => ({ value: one, label: say('person.name', { name: nameOf(scene, one) }) })),
    required: true,
  };
  const ask = choice(
    'ask',
    say('consult.ask.send'),
    { type: 'consult.ask', client: p.client, person: first },
    { fields: ['person'] },
  );
  return task('consult', say('consult.ask.title'), [ask], { why: say('consult.ask.why'), fields: [whom] });
}

/** What was told to whom: recorded in kinds, with where the reasons are (A33). */
function disclosureTasks(scene: Scene): Task[] {
  const { p, care } = scene;
  const made = care.disclosures.map(({ to, by, atMs, categories }, index) =>
    task(`disclosure.${index + 1}`, say(`disclosure.to.${to}`), [], {
      why: say('disclosure.made', {
        name: by === null ? '' : nameOf(scene, by),
        atMs,
        count: categories.length,
      }),
      urgency: 'done',
    }),
  );
  if (!isSomethingOpen(care)) return made;
  const record = choice(
    'record',
    say('disclosure.send'),
    {
      type: 'disclosure.record',
      client: p.client,
      to: 'emergencyServices',
      categories: ['place'],
      rationaleRef: 'none',
    },
    { fields: ['to', 'categories', 'rationaleRef'] },
  );
  const fields: Field[] = [
    oneOf('to', 'disclosure.to', DisclosureRecipient.options),
    severalOf('categories', 'disclosure.category', DISCLOSURE_CATEGORIES),
    { kind: 'reference', name: 'rationaleRef', label: say('rationaleRef.label'), required: true },
  ];
  return [
    task(`disclosure.${made.length + 1}`, say('disclosure.title'), [record], {
      why: say('disclosure.why'),
      fields,
    }),
    ...made,
  ];
}

/** One sentence on the client's screen, when a person chooses so (A30, C21). */
function tellTask({ p, care }: Scene): Task | null {
  const { told } = care;
  if (told === null && !isSomethingOpen(care)) return null;
  const [first] = TOLD_STEPS.filter((step) => step !== told);
  if (first === undefined) return null;
  const tell = choice(
    'tell',
    say('tell.send'),
    { type: 'client.tell', client: p.client, step: first },
    { fields: ['step'] },
  );
  const stop = choice('stop', say('tell.stop'), { type: 'client.tell', client: p.client, step: null });
  const options = TOLD_STEPS.filter((step) => step !== told);
  return task('tell', say('tell.title'), present([tell, told !== null && stop]), {
    why: say(told === null ? 'tell.why' : `tell.shown.${told}`),
    fields: [oneOf('step', 'tell.step', options)],
  });
}

/** A note to the colleagues: the client neither sees nor hears it (A31). */
function noteTask({ p, care, me }: Scene): Task | null {
  if (!isSomethingOpen(care) && care.consult.state === 'none') return null;
  const send = choice(
    'send',
    say('staffNote.send'),
    { type: 'staffNote.send', client: p.client },
    { fields: ['staffNote'] },
  );
  const words: Field = {
    kind: 'personal',
    name: 'staffNote',
    label: say('staffNote.label'),
    required: true,
    input: 'text',
    current: null,
  };
  // A task of its own for each note: what was written does not stay in the field.
  const count = care.notes.find(({ by }) => by === me)?.count ?? 0;
  return task(`staffNote.${count + 1}`, say('staffNote.title'), [send], {
    why: say('staffNote.why'),
    fields: [words],
  });
}

/** Whom a run is only offered to takes it first, and does nothing else before. */
const isOnlyOffered = ({ p, me, isOwner, care: { run, openPathways } }: Scene): boolean =>
  p.role !== 'practitioner' &&
  run !== null &&
  !isOwner &&
  !run.helpers.includes(me) &&
  openPathways.length === 0;

/** What stands beside every open pathway and run, whatever it is. */
export function colleagueTasks(scene: Scene): Task[] {
  if (scene.care.stage === 'closed' || isOnlyOffered(scene)) return [];
  return present([consultTask(scene), noteTask(scene), tellTask(scene), ...disclosureTasks(scene)]);
}
