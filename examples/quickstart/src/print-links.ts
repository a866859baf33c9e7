import type { DevOptions } from '@holdfast/cli';

interface Links extends Readonly<Record<'practitioner' | 'client' | 'record', string>> {
  /** Of `--with`: role and link. */
  readonly others: readonly (readonly [role: string, link: string])[];
}

/** What the person at the terminal needs: the links and where the record is. With `--open` the links are opened too. */
export function printLinks(dev: DevOptions, { practitioner, client, others, record }: Links): void {
  for (const remark of dev.remarks) console.log(remark);
  console.log(`\nOpen these ${others.length === 0 ? 'two ' : ''}links, each in a window of its own:\n`);
  const lines = [['practitioner', practitioner], ['client', client], ...others] as const;
  console.log(`${lines.map(([role, link]) => `  ${role.padEnd(14)}${link}`).join('\n')}\n`);
  console.log(`Each link works on one device. The record: npx holdfast verify ${record}`);
  dev.open(lines.map(([, link]) => link));
}
