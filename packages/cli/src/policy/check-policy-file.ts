import { readFileSync } from 'node:fs';
import { parse, type DocumentNode, type ValueNode } from '@humanwhocodes/momoa';
import { checkPolicy } from '@holdfast/protocol';

/** What `holdfast policy check` says, and its exit code: 0 the policy can be used, 1 it cannot. */
export interface PolicyFileCheck {
  readonly exitCode: 0 | 1;
  /** One sentence, or one line a fault, each with `file:line`. */
  readonly lines: readonly string[];
}

const refused = (...lines: readonly string[]): PolicyFileCheck => ({ exitCode: 1, lines });

/**
 * Checks a policy document and explains every fault by its line (H25): what is wrong, the bound, and the reason for it.
 *
 * @param file A JSON file. No comments: what is checked is what a session server reads.
 */
export function checkPolicyFile(file: string): PolicyFileCheck {
  const text = read(file);
  if (text === null) return refused(`${file} cannot be read. Is there such a file?`);
  const parsed = parsedOf(text);
  if ('line' in parsed) return refused(`${file}:${parsed.line}: ${parsed.sentence}`);
  const check = checkPolicy(parsed.value);
  if (check.ok) {
    const { id, version, kind, reviewOn } = check.policy;
    return {
      exitCode: 0,
      lines: [`${file}: ${id} ${version} (${kind}) can be used. It is to be reviewed by ${reviewOn}.`],
    };
  }
  const faults = check.faults.map(({ path, sentence }) => ({
    line: lineOf(parsed.root, path),
    path,
    sentence,
  }));
  return refused(
    ...faults
      .sort((a, b) => a.line - b.line)
      .map(({ line, path, sentence }) => `${file}:${line}: ${path === '' ? '' : `${path}: `}${sentence}`),
    `${faults.length} fault${faults.length === 1 ? '' : 's'}: this policy cannot be used.`,
  );
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

type Parsed =
  | { readonly root: ValueNode; readonly value: unknown }
  | { readonly line: number; readonly sentence: string };

function parsedOf(text: string): Parsed {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (cause) {
    const line = cause instanceof Error && 'line' in cause ? Number(cause.line) : 1;
    return { line, sentence: 'this is not JSON from here on. Is a comma, a quote or a bracket missing?' };
  }
  return { root: document.body, value: JSON.parse(text) as unknown };
}

/** The line of what a path names; where it names something that is missing, the line of what should hold it. */
function lineOf(root: ValueNode, path: string): number {
  let node: ValueNode = root;
  let { line } = root.loc.start;
  for (const name of path === '' ? [] : path.split('.')) {
    const found = memberOf(node, name);
    if (found === null) return line;
    ({ line } = found);
    node = found.value;
  }
  return line;
}

function memberOf(
  node: ValueNode,
  name: string,
): { readonly line: number; readonly value: ValueNode } | null {
  if (node.type === 'Object') {
    const member = node.members.find(
      ({ name: key }) => (key.type === 'String' ? key.value : key.name) === name,
    );
    return member === undefined ? null : { line: member.loc.start.line, value: member.value };
  }
  const element = node.type === 'Array' ? node.elements[Number(name)] : undefined;
  return element === undefined ? null : { line: element.loc.start.line, value: element.value };
}
