import { css } from 'lit';

/** The page: headline, what happens now, the call, the panel beside it, the bar that never moves. */
export const frame = css`
  :host {
    display: block;
    container-type: inline-size;
    background: var(--_paper);
    color: var(--_ink);
    font: 1.0625rem/1.5 var(--_font);
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h1 {
    font-size: 1.75rem;
    line-height: 1.2;
    letter-spacing: -0.01em;
    font-weight: 700;
    text-wrap: balance;
    /* Three taps on it are the client's signal: they must not leave it marked (Q3). */
    -webkit-user-select: none;
    user-select: none;
  }

  h2 {
    font-size: 1.2rem;
    line-height: 1.3;
    font-weight: 700;
  }

  h3 {
    font-size: 1rem;
    font-weight: 700;
  }

  .frame {
    --_pad: 1rem;
    --_pad-block: 1rem;
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    min-height: var(--holdfast-min-height, 100dvh);
    padding: var(--_pad-block) var(--_pad);
    max-width: 84rem;
    margin-inline: auto;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 1rem;
  }

  .drill {
    padding: 0.55rem 1rem;
    border: 2px dashed var(--_attention);
    border-radius: var(--_radius);
    background: var(--_attention-soft);
    color: var(--_attention);
    font-weight: 700;
    text-align: center;
  }

  holdfast-quick-exit {
    position: sticky;
    top: 0.5rem;
    z-index: 2;
    align-self: flex-end;
    display: grid;
    justify-items: end;
  }

  holdfast-quick-exit button {
    box-shadow: 0 0 0 4px var(--_paper);
  }

  .exit-hint {
    background: var(--_paper);
    box-shadow: 0 0 0 4px var(--_paper);
    font-size: 0.875rem;
    color: var(--_ink-soft);
  }

  .said {
    margin-top: -0.75rem;
    color: var(--_ink-soft);
    max-width: 44rem;
  }

  .said p + p {
    margin-top: 0.25rem;
  }

  .who {
    padding: 0.15rem 0.7rem;
    border-radius: 999px;
    border: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_ink-soft);
    font-size: 0.9375rem;
    font-weight: 600;
  }

  .who[data-who='you'] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .notices {
    display: grid;
    gap: 0.6rem;
  }

  .notice {
    padding: 0.7rem 1rem;
    border-radius: var(--_radius);
    border: 1px solid var(--_line);
    border-inline-start: 5px solid var(--_accent);
    background: var(--_surface);
  }

  .notice[data-level='alert'] {
    border-inline-start-color: var(--_danger);
    background: var(--_danger-soft);
    font-weight: 600;
  }

  .body {
    display: grid;
    gap: 1.25rem;
    flex: 1;
    align-content: start;
  }

  /* Focus never ends up under the bar or under the headline (WCAG 2.4.11). */
  .body :is(button, input, select, a, summary, [tabindex]) {
    scroll-margin-block: 6rem 9rem;
  }

  /* Where something has to be done by hand, the headline does not scroll away. */
  @media (min-height: 24rem) {
    [data-role]:not([data-role='client']):is(
        [data-stage='reconnecting'],
        [data-stage='phone'],
        [data-stage='deciding'],
        [data-stage='exhausted'],
        [data-stage='alerted']
      ) {
      --_head: 4.5rem;

      > .top {
        position: sticky;
        top: 0;
        z-index: 1;
        margin: calc(-0.5 * var(--_pad-block)) calc(-1 * var(--_pad)) -0.5rem;
        padding: calc(0.5 * var(--_pad-block)) var(--_pad) 0.5rem;
        background: var(--_paper);
      }

      > .top.loud {
        margin-block: calc(-1 * var(--_pad-block)) 0.25rem;
        padding-block: 0.75rem;
        background: var(--_danger-soft);
      }

      /* Not over what stands before it: the banner of a drill, a refusal. */
      > * + .top.loud {
        margin-block-start: 0;
      }
    }
  }

  @container (min-width: 40rem) {
    [data-role='client'] holdfast-quick-exit {
      /* Beside the headline: it takes no row of its own. */
      margin-bottom: -5.25rem;
    }

    [data-role='client'] .top {
      min-height: 4.25rem;
      align-content: start;
    }

    [data-role='client'] :is(.top, .said) {
      max-width: min(44rem, 100% - 17rem);
    }
  }

  @container (min-width: 62rem) {
    .frame {
      --_pad: 2rem;
      --_pad-block: 1.5rem;
    }

    .body[data-sides='two'] {
      grid-template-columns: minmax(0, 1.75fr) minmax(20rem, 1fr);
    }

    /* The other person stays in sight while the panel beside is read. */
    .body[data-sides='two'] > .main:has(> .pictures) {
      position: sticky;
      top: var(--_head, 1rem);
      align-self: start;
    }
  }

  @container (max-width: 30rem) {
    h1 {
      font-size: 1.4rem;
    }

    .frame {
      --_pad: 0.75rem;
      --_pad-block: 0.75rem;
      gap: 1rem;
    }

    .card {
      padding: 1rem;
    }
  }
`;
