import { css } from 'lit';

/** One task: what is asked, why, the fields, the ways to settle it. */
export const taskStyles = css`
  holdfast-task,
  holdfast-task-fields,
  holdfast-quick-exit,
  holdfast-sound-level,
  holdfast-device-menu,
  holdfast-video {
    display: block;
  }

  .task[data-urgency='now'] {
    border: 2px solid var(--_accent);
    box-shadow: 0 0 0 4px var(--_accent-soft);
  }

  .task[data-urgency='done'] {
    padding-block: 0.85rem;
    background: transparent;
  }

  .task .why {
    color: var(--_ink-soft);
  }

  .task .due,
  .task .mark {
    font-size: 0.9375rem;
  }

  .check {
    display: grid;
    gap: 0.75rem;
  }

  meter {
    width: 100%;
    max-width: 22rem;
    height: 1.25rem;
  }

  .mark[data-mark='done'] {
    color: var(--_good);
    font-weight: 600;
  }

  .mark[data-mark='byHand'] {
    display: inline-block;
    padding: 0.3rem 0.75rem;
    border-radius: calc(var(--_radius) * 0.6);
    background: var(--_attention-soft);
    color: var(--_attention);
    font-weight: 700;
  }

  h2.fold button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin: -0.4rem;
    padding: 0.4rem;
    width: calc(100% + 0.8rem);
    border-color: transparent;
    background: transparent;
    font-weight: 700;
  }

  h2.fold button::after {
    content: '+';
    font-size: 1.5rem;
    line-height: 1;
    color: var(--_accent);
  }

  h2.fold button[aria-expanded='true']::after {
    content: '−';
  }

  :is(.done, .text) summary {
    min-height: 2.75rem;
    padding-block: 0.6rem;
    font-weight: 600;
    cursor: pointer;
  }

  .way + .way {
    margin-top: 1.25rem;
    padding-top: 1.25rem;
    border-top: 1px solid var(--_line);
  }

  .confirm {
    padding: 1rem;
    border-radius: calc(var(--_radius) * 0.8);
    border: 2px solid var(--_attention);
    background: var(--_attention-soft);
  }

  .confirm .buttons {
    margin-top: 0.75rem;
  }

  .decision {
    border: 3px solid var(--_attention);
  }

  .decision:focus {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  .decision h2 {
    font-size: 1.35rem;
  }
`;
