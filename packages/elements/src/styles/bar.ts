import { css } from 'lit';

/**
 * The bar at the foot of the page: call controls, then what can be done in one action from anywhere. It lies on the
 * edge of the window with nothing showing under it, one row high; where it would need more rows and the window is not
 * high, it stands at the end of the page instead of covering what is on it.
 */
export const barStyles = css`
  .bar {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
    margin: auto calc(-1 * var(--_pad)) calc(-1 * var(--_pad-block));
    padding: 0.5rem var(--_pad);
    border-top: 1px solid var(--_line);
    background: var(--_surface);
  }

  .bar .buttons {
    gap: 0.4rem;
  }

  .bar > .buttons:last-of-type {
    margin-inline-start: auto;
  }

  .bar :is(button, .more summary) {
    min-height: 3.25rem;
    padding: 0.3rem 0.6rem;
    font-size: 0.9375rem;
    font-weight: 600;
  }

  .bar .more summary {
    align-content: center;
    cursor: pointer;
  }

  .bar .confirm {
    margin-top: 0.5rem;
  }

  @container (max-width: 30rem) {
    .bar {
      position: relative;
    }
  }

  @container (max-width: 58rem) {
    @media (max-height: 50rem) {
      .bar {
        position: relative;
      }
    }
  }

  @media (max-height: 34rem) {
    .bar {
      position: relative;
    }
  }

  /* What a press opens stands above the bar, which stays as it is. */
  @container (min-width: 40rem) {
    .bar :is(holdfast-device-menu, .more) {
      position: relative;
    }

    .bar :is(.confirm, .devices, .more > .buttons) {
      position: absolute;
      bottom: calc(100% + 0.9rem);
      width: max-content;
      max-width: 24rem;
      box-shadow: 0 0.25rem 1.25rem rgb(0 0 0 / 18%);
    }

    /* In the corner of the bar, wherever its button stands in it: never beyond the edge of the window. */
    .bar .confirm {
      inset-inline-end: var(--_pad);
    }

    .bar .more > .buttons {
      inset-inline-end: 0;
    }

    .bar :is(.devices, .more > .buttons) {
      padding: 1rem;
      border: 1px solid var(--_line);
      border-radius: var(--_radius);
      background: var(--_surface);
    }

    .bar .more > .buttons {
      flex-direction: column;
    }

    .bar .more .confirm {
      position: static;
      max-width: 20rem;
      box-shadow: none;
    }
  }
`;
