import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, readText } from '../workspace/files.mjs';
import { root } from '../workspace/run.mjs';

const withoutCode = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchor that a renderer of markdown gives a heading. */
export function anchorOf(heading) {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function anchorsOf(text) {
  const seen = new Map();
  const headings = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  const anchors = [...headings].map(([, heading]) => {
    const anchor = anchorOf(heading);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
  const explicit = [...text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map(([, id]) => id);
  return new Set([...anchors, ...explicit]);
}

function linksOf(text) {
  const plain = withoutCode(text);
  const inline = [...plain.matchAll(/!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const definitions = [...plain.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...definitions]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

function problemOf(file, target) {
  const [relative, anchor] = target.split('#');
  const goal = relative === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(relative));
  if (relative.startsWith('/')) return `${file}: ${target} is absolute: write it relative to the file`;
  if (!existsSync(path.join(root, goal))) return `${file}: ${target} does not exist`;
  if (!anchor || !goal.endsWith('.md')) return undefined;
  return anchorsOf(readText(goal)).has(anchor) ? undefined : `${file}: ${target}: no such heading`;
}

/** Every relative link and anchor in the project's markdown leads somewhere. Makes no request. */
export async function check() {
  const files = (await projectFiles()).filter((file) => file.endsWith('.md'));
  const links = files.flatMap((file) => linksOf(readText(file)).map((target) => [file, target]));
  const problems = links
    .map(([file, target]) => problemOf(file, target))
    .filter((problem) => problem !== undefined);
  return { problems, seen: `${links.length} links in ${files.length} files` };
}
