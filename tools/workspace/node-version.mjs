/** The oldest Node that runs this repository; the same figure as `engines` in package.json. */
const oldest = [20, 19];

/** Ends the process with one sentence when Node is too old, before anything else can fail on it. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(`Holdfast needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
