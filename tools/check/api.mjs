import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../workspace/build.mjs';
import { packageEntries } from '../workspace/entries.mjs';
import { root } from '../workspace/run.mjs';

const reportFolder = path.join(root, 'docs/api');

/** Reports hold the shape of the public API only; what is said about it in docblocks may change freely. */
const configOf = ({ folder, types, name }, workFolder) => ({
  projectFolder: path.join(root, folder),
  mainEntryPointFilePath: path.join(root, folder, types),
  newlineKind: 'lf',
  compiler: {
    overrideTsconfig: {
      compilerOptions: {
        target: 'ES2022',
        module: 'nodenext',
        moduleResolution: 'nodenext',
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        types: ['node'],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
      files: [path.join(root, folder, types)],
    },
  },
  apiReport: {
    enabled: true,
    reportFileName: `${name}.api.md`,
    reportFolder,
    reportTempFolder: workFolder,
  },
  docModel: { enabled: false },
  dtsRollup: { enabled: false },
  tsdocMetadata: { enabled: false },
  messages: {
    compilerMessageReporting: { default: { logLevel: 'error' } },
    extractorMessageReporting: {
      default: { logLevel: 'none', addToApiReportFile: false },
      'ae-forgotten-export': { logLevel: 'none', addToApiReportFile: true },
    },
    tsdocMessageReporting: { default: { logLevel: 'none' } },
  },
});

/** A public name without a docblock: the reader of a hover learns nothing. The report marks it and says the name next. */
function undocumentedIn(file, entry) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .map((line, index) => (line.includes('(undocumented)') ? lines[index + 1].trim() : undefined))
    .filter((name) => name !== undefined)
    .map((name) => `${entry.id}: no docblock says what this is: ${name}`);
}

async function report(entry, isUpdate) {
  const { Extractor, ExtractorConfig, ExtractorLogLevel } = await import('@microsoft/api-extractor');
  const workFolder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-api-'));
  const problems = [];
  const extractorConfig = ExtractorConfig.prepare({
    configObject: configOf(entry, workFolder),
    configObjectFullPath: path.join(root, entry.folder, 'api-extractor.json'),
    packageJsonFullPath: path.join(root, entry.folder, 'package.json'),
  });
  const { apiReportChanged } = Extractor.invoke(extractorConfig, {
    localBuild: isUpdate,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(`${entry.id}: ${message.text}`);
      message.handled = true;
    },
  });
  problems.push(...undocumentedIn(path.join(workFolder, `${entry.name}.api.md`), entry));
  rmSync(workFolder, { recursive: true, force: true });
  if (apiReportChanged && !isUpdate) {
    problems.push(`${entry.id}: docs/api/${entry.name}.api.md differs. Run: npm run check -- api --update`);
  }
  return problems;
}

/** The public API of every entry is a committed file, so that a change of it is seen in review; each name has a docblock. */
export async function check({ isUpdate }) {
  if ((await ensureBuilt()) !== 0) return { problems: ['the build failed'], seen: '' };
  mkdirSync(reportFolder, { recursive: true });
  const entries = packageEntries();
  const problems = [];
  for (const entry of entries) problems.push(...(await report(entry, isUpdate)));
  const expected = new Set(entries.map(({ name }) => `${name}.api.md`));
  const leftOver = readdirSync(reportFolder).filter(
    (file) => file.endsWith('.api.md') && !expected.has(file),
  );
  problems.push(...leftOver.map((file) => `docs/api/${file} belongs to no entry`));
  if (entries.length === 0 || !existsSync(reportFolder)) problems.push('no entry was looked at');
  return { problems, seen: `${entries.length} entries` };
}
