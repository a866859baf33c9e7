import type { CSSResult } from 'lit';
import { barStyles } from './bar.js';
import { callStyles } from './call.js';
import { controls } from './controls.js';
import { frame } from './frame.js';
import { modes } from './modes.js';
import { panels } from './panels.js';
import { taskStyles } from './task.js';
import { tokens } from './tokens.js';

/** All styles of a screen, as adopted style sheets: no style element, no style attribute, clean under a strict CSP. */
export const screenStyles: CSSResult[] = [
  tokens,
  controls,
  frame,
  panels,
  taskStyles,
  callStyles,
  barStyles,
  modes,
];
