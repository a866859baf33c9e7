import type { DevOptions } from '@holdfast/cli';

/** What the person at the terminal needs: two links and where the record is. With `--open` the links are opened too. */
export function printLinks(
  dev: DevOptions,
  { practitioner, client, record }: Readonly<Record<'practitioner' | 'client' | 'record', string>>,
): void {
  for (const remark of dev.remarks) console.log(remark);
  console.log(`\nOpen these two links, each in a window of its own:\n`);
  console.log(`  practitioner  ${practitioner}\n  client        ${client}\n`);
  console.log(`Each link works on one device. The record: npx holdfast verify ${record}`);
  dev.open([practitioner, client]);
}
