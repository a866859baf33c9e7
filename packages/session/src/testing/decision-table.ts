import type { Actor } from '@holdfast/protocol';
import type { Circumstances, Concept, Message } from '../step/concept.js';
import { isSameJson } from '../step/same-json.js';
import type { ChartState } from '../step/session.js';
import { deliver } from './deliver.js';

/** A message as it reaches a chart: from whom, and in which circumstances when not in calm ones. */
export interface Cell {
  readonly message: Message;
  readonly by?: Actor;
  readonly now?: Partial<Circumstances>;
}

/** What is other afterwards, by name: `clientSays="agrees"`. */
function changed(before: ChartState, after: ChartState): readonly string[] {
  const keys = [...new Set([...Object.keys(before.context), ...Object.keys(after.context)])];
  const values = keys.map(
    (key) => [key, Reflect.get(before.context, key), Reflect.get(after.context, key)] as const,
  );
  return values
    .filter(([, was, is]) => !isSameJson(was, is))
    .map(([key, , is]) => `${key}=${JSON.stringify(is)}`);
}

/**
 * What each state of a chart does with each message: `waiting, admitted by the practitioner: > admitted | participant.admitted [J2]`.
 * A pair of which nothing comes, neither a change nor a record nor a refusal, has no line: a line that appears is as much a
 * change of the rules as one that goes.
 */
export function decisionTable(
  concept: Concept,
  states: Readonly<Record<string, ChartState>>,
  cells: Readonly<Record<string, Cell>>,
): string {
  const lines = Object.entries(states).flatMap(([state, chart]) =>
    Object.entries(cells).map(([name, { message, ...rest }]) => {
      const { chart: after, emitted, refused } = deliver(concept, chart, message, rest);
      const parts = [
        ...(isSameJson(after.value, chart.value)
          ? []
          : [`> ${JSON.stringify(after.value).replaceAll('"', '')}`]),
        ...changed(chart, after),
        ...emitted.map(({ type, rules, outcome, details = {} }) =>
          [
            type,
            `[${rules.join(' ')}]`,
            outcome ?? '',
            Object.keys(details).length > 0 ? JSON.stringify(details) : '',
          ]
            .filter((part) => part !== '')
            .join(' '),
        ),
        ...(refused === null ? [] : [`refused: ${refused.code}`]),
      ];
      return parts.length === 0 ? '' : `${state}, ${name}: ${parts.join(' | ')}`;
    }),
  );
  return `\n${lines.filter((line) => line !== '').join('\n')}\n`;
}
