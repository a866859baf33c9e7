import { css } from 'lit';

/** Buttons, fields and what is said beside them. Targets are 44 px and more: crisis controls are among them. */
export const controls = css`
  * {
    box-sizing: border-box;
  }

  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }

  button {
    min-height: 2.75rem;
    min-width: 2.75rem;
    padding: 0.6rem 1.1rem;
    border: 2px solid var(--_edge);
    border-radius: calc(var(--_radius) * 0.8);
    background: var(--_surface);
    color: var(--_ink);
    font-weight: 600;
    line-height: 1.25;
    text-align: start;
    cursor: pointer;
  }

  button:hover {
    background: var(--_accent-soft);
  }

  button[data-weight='main'] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button[data-weight='main']:hover {
    filter: brightness(1.08);
  }

  button[data-weight='danger'] {
    border-color: var(--_danger);
    color: var(--_danger);
  }

  button[data-weight='danger']:hover {
    background: var(--_danger-soft);
  }

  button[data-weight='quiet'] {
    border-color: transparent;
    background: transparent;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  h1:focus,
  h2:focus,
  [tabindex='-1']:focus {
    outline: none;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }

  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  legend,
  .label {
    display: block;
    padding: 0;
    font-weight: 600;
    margin-bottom: 0.35rem;
  }

  .field {
    margin-block: 1rem;
  }

  .field input:not([type='radio']),
  .field select {
    display: block;
    width: 100%;
    max-width: 28rem;
    min-height: 2.75rem;
    padding: 0.5rem 0.75rem;
    border: 2px solid var(--_edge);
    border-radius: calc(var(--_radius) * 0.6);
    background: var(--_surface);
    color: var(--_ink);
  }

  .radios {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.5rem;
  }

  .radios[data-many] {
    flex-direction: column;
  }

  .radios label {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 2.75rem;
    padding-inline-end: 0.5rem;
    cursor: pointer;
  }

  .radios input {
    flex: none;
    width: 1.35rem;
    height: 1.35rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .optional {
    color: var(--_ink-soft);
    font-weight: 400;
  }

  .wrong {
    margin: 0.35rem 0 0;
    color: var(--_danger);
    font-weight: 600;
  }

  .wrong::before {
    content: '! ';
  }

  .field[data-wrong] {
    padding-inline-start: 0.9rem;
    border-inline-start: 4px solid var(--_danger);
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
`;
