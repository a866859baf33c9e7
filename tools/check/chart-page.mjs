/**
 * A machine's page in docs/charts: a Mermaid picture of what moves, and a table of everything that it hears. Both are made
 * from the machine's own config, in its own order, so that the same machine always gives the same page.
 */

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const isMoving = ({ target }) => target !== null;

/** `isSafe`, `not isSafe`, `isSafe and isKnown`, `in none`: a guard in words, as the machine names it. */
export function guardName(guard) {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object') return guard.type;
  const inner = list(guard.guards).map((part) =>
    typeof part === 'function' && (part.guards?.length ?? 0) > 1 ? `(${guardName(part)})` : guardName(part),
  );
  if (inner.length === 0) return `in ${String(guard.stateValue).replace(/^#/, '')}`;
  return inner.length === 1 && guard.name === 'not' ? `not ${inner[0]}` : inner.join(` ${guard.name} `);
}

const actionNames = (actions) =>
  list(actions).map((action) => (typeof action === 'string' ? action : (action.type ?? action.name)));

/** Every state below a node, in order: `{ path, config, inner }`. The machine itself has an empty path. */
function statesOf(config, own = []) {
  const inner = Object.entries(config.states ?? {}).map(([name, state]) => statesOf(state, [...own, name]));
  return { path: own, config, inner };
}

const flat = (state) => [state, ...state.inner.flatMap(flat)];

/** `.child`, `sibling`, `#machine.path`: the path that a target means, seen from the state that it stands in. */
function targetPath(machineId, from, target) {
  if (target === undefined) return null;
  if (target.startsWith('#')) {
    const [id, ...rest] = target.slice(1).split('.');
    return id === machineId ? rest : [id, ...rest];
  }
  if (target.startsWith('.')) return [...from, ...target.slice(1).split('.')];
  return [...from.slice(0, -1), ...target.split('.')];
}

function transitionsOf(machineId, { path, config }) {
  const heard = [...Object.entries(config.on ?? {}), ...(config.always ? [['always', config.always]] : [])];
  return heard.flatMap(([event, transitions]) =>
    list(transitions).map((one) => {
      const transition = typeof one === 'string' ? { target: one } : one;
      return {
        from: path,
        event: event === '*' ? 'anything else' : event,
        guard: guardName(transition.guard),
        target: targetPath(machineId, path, transition.target),
        actions: actionNames(transition.actions),
      };
    }),
  );
}

const idOf = (path) => (path.length === 0 ? 'machine' : path.join('_'));
const anyOf = (path) => `${idOf(path)}_any`;
const startsWith = (path, other) => other.every((part, index) => path[index] === part);

/**
 * Mermaid draws no arrow into or out of the inside of another state: an arrow goes from the part of the nearest state that
 * holds both. From a state to its own inside it starts at "any".
 */
function arrowOf({ from, target, event, guard }) {
  const label = guard === '' ? event : `${event} [${guard}]`;
  if (startsWith(target, from) && target.length > from.length)
    return { within: from, line: `${anyOf(from)} --> ${idOf(target.slice(0, from.length + 1))}: ${label}` };
  let shared = 0;
  while (shared < from.length - 1 && shared < target.length - 1 && from[shared] === target[shared])
    shared += 1;
  const [start, end] = [from.slice(0, shared + 1), target.slice(0, shared + 1)];
  return { within: start.slice(0, -1), line: `${idOf(start)} --> ${idOf(end)}: ${label}` };
}

function picture(state, arrows, indent) {
  const own = arrows.filter(({ within }) => idOf(within) === idOf(state.path)).map(({ line }) => line);
  const isParallel = state.config.type === 'parallel';
  const usesAny = own.some((line) => line.startsWith(`${anyOf(state.path)} `));
  const lines = [];
  state.inner.forEach((inner, index) => {
    if (isParallel && index > 0) lines.push(`${indent}--`);
    const name = inner.path.at(-1);
    lines.push(`${indent}state "${name}" as ${idOf(inner.path)}`);
    if (inner.inner.length > 0)
      lines.push(
        `${indent}state ${idOf(inner.path)} {`,
        ...picture(inner, arrows, `${indent}  `),
        `${indent}}`,
      );
  });
  if (usesAny) lines.push(`${indent}state "any of these" as ${anyOf(state.path)}`);
  if (state.config.initial !== undefined)
    lines.push(`${indent}[*] --> ${idOf([...state.path, state.config.initial])}`);
  return [...lines, ...[...new Set(own)].map((line) => `${indent}${line}`)];
}

const named = (path) => (path.length === 0 ? 'any' : path.join('.'));
const code = (text) => (text === '' ? '' : `\`${text}\``);

function row({ from, event, guard, target, actions }) {
  const goal = target === null ? 'stays' : code(named(target));
  const cells = [code(named(from)), code(event), code(guard), goal, actions.map(code).join(', ')];
  return `| ${cells.join(' | ')} |`;
}

function entryRows(states) {
  return states
    .filter(({ config }) => config.entry !== undefined || config.exit !== undefined)
    .map(({ path, config }) => {
      const cells = [config.entry, config.exit].map((actions) => actionNames(actions).map(code).join(', '));
      return `| ${code(named(path))} | ${cells.join(' | ')} |`;
    });
}

/** The whole page of one machine. */
export function chartPage(name, config) {
  const top = statesOf(config);
  const states = flat(top);
  const transitions = states.flatMap((state) => transitionsOf(config.id ?? name, state));
  const arrows = transitions.filter(isMoving).map(arrowOf);
  const entries = entryRows(states);
  return `${[
    `# The chart of ${name}`,
    '',
    'Made from the machine itself by `npm run check -- charts --update`; the check fails when it differs. The rules are in',
    '[safety-protocol.md](../safety-protocol.md). An arrow that leads out of the inside of a state starts at that state.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...picture(top, arrows, '  '),
    '```',
    '',
    ...(transitions.length === 0
      ? ['It hears nothing.']
      : [
          'For each event the first row whose guard holds counts, the rows of an inner state before those of the outer.',
          '',
          '| in | hears | when | goes to | does |',
          '|---|---|---|---|---|',
          ...transitions.map(row),
        ]),
    ...(entries.length === 0 ? [] : ['', '| state | on entry | on exit |', '|---|---|---|', ...entries]),
  ].join('\n')}\n`;
}
