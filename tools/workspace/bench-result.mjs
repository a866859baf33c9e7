const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);
const isText = (value) => typeof value === 'string' && value !== '';

const figureRules = [
  ['id', isText, 'a text'],
  ['unit', isText, 'a text'],
  ['ours', (value) => value === null || isNumber(value), 'a number or null'],
  [
    'peer',
    (value) => value === null || (isText(value?.name) && isNumber(value?.value)),
    '{ name, value } or null',
  ],
  ['goal', (value) => isText(value?.op) && isNumber(value?.value), '{ op, value }'],
  ['met', (value) => value === null || typeof value === 'boolean', 'true, false or null'],
  ['n', (value) => Number.isInteger(value) && value >= 0, 'a count'],
];

const resultRules = [
  ['bench', isText, 'a text'],
  ['machine', isText, 'a text'],
  ['takenAt', (value) => isText(value) && !Number.isNaN(Date.parse(value)), 'an ISO time'],
  ['figures', (value) => Array.isArray(value) && value.length > 0, 'a list that is not empty'],
];

const faults = (rules, object, where) =>
  rules
    .filter(([field, isRight]) => !isRight(object?.[field]))
    .map(([field, , what]) => `${where}${field} must be ${what}`);

/** What is wrong with the content of a `bench/results/NAME.json`; empty when nothing is. */
export function benchResultFaults(result) {
  const outer = faults(resultRules, result, '');
  const figures = Array.isArray(result?.figures) ? result.figures : [];
  return [...outer, ...figures.flatMap((figure, index) => faults(figureRules, figure, `figures[${index}].`))];
}
