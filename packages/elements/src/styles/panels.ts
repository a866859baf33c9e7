import { css } from 'lit';

/** Cards beside and under the call: facts, people, deadlines, what cannot be done yet; and what must not be overlooked. */
export const panels = css`
  .card {
    padding: 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .card > * + * {
    margin-top: 0.75rem;
  }

  .panel,
  .tasks,
  .main {
    display: grid;
    gap: 1rem;
    align-content: start;
    min-width: 0;
  }

  .narrow {
    width: 100%;
    max-width: 46rem;
  }

  /* Alone on its page: nothing above it that it would have to stand under. */
  .narrow:only-child {
    margin-inline: auto;
  }

  .facts {
    display: grid;
    gap: 0.75rem;
  }

  .facts dt {
    color: var(--_ink-soft);
    font-size: 0.9375rem;
  }

  .facts dd {
    font-weight: 600;
    white-space: pre-line;
  }

  .facts .note {
    font-weight: 400;
  }

  .facts .note[data-caution] {
    color: var(--_attention);
    font-weight: 600;
  }

  .facts a {
    color: var(--_accent);
  }

  .facts[data-large] dd.value {
    font-size: 1.35rem;
  }

  .people li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.6rem;
    padding-block: 0.3rem;
  }

  .people span {
    color: var(--_ink-soft);
  }

  .dues {
    display: grid;
    gap: 0.5rem;
  }

  .dues time,
  .due time {
    font-variant-numeric: tabular-nums;
    font-weight: 700;
    white-space: nowrap;
  }

  .left {
    color: var(--_ink-soft);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .cannot li + li {
    margin-top: 0.35rem;
  }

  .cannot ul {
    list-style: disc;
    padding-inline-start: 1.25rem;
  }

  .loud {
    border-block: 4px solid var(--_danger);
    background: var(--_danger-soft);
  }

  .loud h1 {
    color: var(--_danger);
  }
`;
