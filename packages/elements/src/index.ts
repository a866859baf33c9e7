// For applications. Importing this module registers the elements.
import './define.js';

export { HoldfastSession } from './session/holdfast-session.js';
export { HoldfastJoin } from './join/holdfast-join.js';
export type { Join } from './join/holdfast-join.js';
export { englishWords } from './words/index.js';
export type { Catalogue, Words } from './words/index.js';

// For adapter authors: screens of one's own with the same words.
export { say } from './words/index.js';
export type { AttentionSound } from './session/attention-sound.js';
