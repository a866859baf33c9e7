import { configure, within } from '@testing-library/dom';
import type { LitElement } from 'lit';
import type { HoldfastSession } from '../session/holdfast-session.js';
import type { FakeJoinedSession } from './fake-session.js';

// Without this a query that finds nothing in a shadow root dies of another error (testing-library/dom).
configure({
  getElementError: (message, container) =>
    new Error(
      `${message ?? ''}\n${container instanceof ShadowRoot ? container.innerHTML : container.outerHTML}`,
    ),
});

/** Waits until a screen and all its parts are drawn. */
export async function settled(element: LitElement): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await element.updateComplete;
    const parts = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
    await Promise.all(parts.map((part) => ('updateComplete' in part ? part.updateComplete : null)));
    await Promise.resolve();
  }
}

export interface Shown {
  readonly element: HoldfastSession;
  readonly session: FakeJoinedSession;
  readonly root: ShadowRoot;
  /** Queries by role and name inside the element. */
  readonly screen: ReturnType<typeof within>;
  readonly sounds: readonly string[];
  readonly settle: () => Promise<void>;
}

/** Puts a session on the page. */
export async function showSession(session: FakeJoinedSession): Promise<Shown> {
  const element = document.createElement('holdfast-session') as HoldfastSession;
  const sounds: string[] = [];
  element.attentionSound = () => void sounds.push(session.view.stage);
  element.session = session;
  document.body.append(element);
  await settled(element);
  const root = element.shadowRoot;
  if (root === null) throw new TypeError('the element has no shadow root');
  return {
    element,
    session,
    root,
    screen: within(root as unknown as HTMLElement),
    sounds,
    settle: () => settled(element),
  };
}
