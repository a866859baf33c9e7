import { css } from 'lit';

/** High contrast, less motion, more contrast: the reader's settings win over the looks. */
export const modes = css`
  @media (forced-colors: active) {
    button,
    .card,
    .notice,
    .who,
    .bar,
    .drill,
    .confirm {
      border-color: CanvasText;
    }

    .control[aria-pressed='true'] {
      border-width: 4px;
    }

    button[data-weight='main'] {
      border-width: 4px;
    }

    .task[data-urgency='now'],
    .decision,
    .loud {
      border: 4px solid Highlight;
    }

    .pictures,
    .preview {
      border: 1px solid CanvasText;
    }

    .pictures .still,
    .pictures .off,
    .preview .off {
      background: Canvas;
      color: CanvasText;
    }

    :focus-visible {
      outline-color: Highlight;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: background-color 120ms ease-out;
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_ink-soft: var(--_ink);
      --_line: var(--_edge);
    }
  }

  @media print {
    :host {
      display: none;
    }
  }
`;
