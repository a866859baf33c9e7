export { clockTime, say } from './say.js';
export type { Catalogue, Words } from './say.js';
export { englishWords } from './english.js';
