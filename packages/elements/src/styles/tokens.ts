import { css } from 'lit';

/**
 * What a host may theme, with defaults for light and dark. Every pair that carries text keeps 4.5:1, every border of a
 * control 3:1 (WCAG 1.4.3, 1.4.11); a host that changes one changes both.
 */
export const tokens = css`
  :host {
    --_paper: var(--holdfast-paper, #f4f6f4);
    --_surface: var(--holdfast-surface, #ffffff);
    --_ink: var(--holdfast-ink, #17262b);
    --_ink-soft: var(--holdfast-ink-soft, #4a5b60);
    --_line: var(--holdfast-line, #d5ddda);
    --_edge: var(--holdfast-edge, #6b7d82);
    --_accent: var(--holdfast-accent, #0b5c68);
    --_on-accent: var(--holdfast-on-accent, #ffffff);
    --_accent-soft: var(--holdfast-accent-soft, #e2f0f1);
    --_danger: var(--holdfast-danger, #a3212a);
    --_on-danger: var(--holdfast-on-danger, #ffffff);
    --_danger-soft: var(--holdfast-danger-soft, #fbe9e9);
    --_attention: var(--holdfast-attention, #7a4d00);
    --_attention-soft: var(--holdfast-attention-soft, #fdf1d8);
    --_good: var(--holdfast-good, #1d6238);
    --_night: var(--holdfast-night, #10191c);
    --_on-night: var(--holdfast-on-night, #f2f6f5);
    --_focus: var(--holdfast-focus, #1d4ed8);
    --_radius: var(--holdfast-radius, 0.75rem);
    --_font: var(--holdfast-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    color-scheme: light dark;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --_paper: var(--holdfast-paper, #131c1f);
      --_surface: var(--holdfast-surface, #1c272b);
      --_ink: var(--holdfast-ink, #edf3f2);
      --_ink-soft: var(--holdfast-ink-soft, #b3c2c3);
      --_line: var(--holdfast-line, #334247);
      --_edge: var(--holdfast-edge, #8da0a4);
      --_accent: var(--holdfast-accent, #86d3dc);
      --_on-accent: var(--holdfast-on-accent, #06262b);
      --_accent-soft: var(--holdfast-accent-soft, #1d3a3f);
      --_danger: var(--holdfast-danger, #ffb3b0);
      --_on-danger: var(--holdfast-on-danger, #410507);
      --_danger-soft: var(--holdfast-danger-soft, #45181b);
      --_attention: var(--holdfast-attention, #f6cf83);
      --_attention-soft: var(--holdfast-attention-soft, #3d2f12);
      --_good: var(--holdfast-good, #98dcb0);
      --_focus: var(--holdfast-focus, #9cc2ff);
    }
  }
`;
