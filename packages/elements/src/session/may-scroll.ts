import { isTextTarget } from '../exit/shift-presses.js';

/**
 * Whether a session's element may bring itself into view: not while somebody writes, wherever on the page, and not while
 * they are at another session of it.
 */
export function mayScroll(element: HTMLElement): boolean {
  let focused = element.ownerDocument.activeElement;
  while (focused !== null) {
    const isOther = focused !== element && focused.localName === element.localName;
    if (isOther || isTextTarget(focused)) return false;
    focused = focused.shadowRoot?.activeElement ?? null;
  }
  return true;
}
