import { css } from 'lit';

/** The picture of the other person large, one's own small, the controls under it. */
export const callStyles = css`
  .pictures {
    position: relative;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_night);
    color: var(--_on-night);
    aspect-ratio: 16 / 10;
    /* Whole, with what is said above and the bar under it: nobody's face is cut off. */
    max-height: max(12rem, min(70dvh, 100dvh - var(--_around, 17rem)));
    width: 100%;
  }

  .notices ~ .body {
    --_around: 22rem;
  }

  .notices:has(> :nth-child(2)) ~ .body {
    --_around: 25.5rem;
  }

  .pictures holdfast-video {
    position: absolute;
    inset: 0;
  }

  .pictures .own {
    position: absolute;
    inset: auto 0.75rem 0.75rem auto;
    width: clamp(5.5rem, 22%, 13rem);
    aspect-ratio: 4 / 3;
    overflow: hidden;
    border-radius: calc(var(--_radius) * 0.7);
    border: 2px solid var(--_on-night);
    background: var(--_night);
  }

  .pictures .thirds {
    position: absolute;
    inset: auto auto 0.75rem 0.75rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    width: 70%;
  }

  .pictures .thirds > div {
    position: relative;
    width: clamp(5rem, 24%, 11rem);
    aspect-ratio: 4 / 3;
    overflow: hidden;
    border-radius: calc(var(--_radius) * 0.7);
    border: 2px solid var(--_on-night);
    background: var(--_night);
  }

  .thirds .called {
    position: absolute;
    inset: auto 0 0;
    margin: 0;
    padding: 0.1rem 0.35rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.75rem;
    background: var(--_night);
    color: var(--_on-night);
  }

  .pictures[data-still] .remote {
    opacity: 0.45;
    filter: grayscale(1);
  }

  .pictures .still {
    position: absolute;
    inset: 0.75rem auto auto 0.75rem;
    max-width: calc(100% - 1.5rem);
    padding: 0.5rem 0.9rem;
    border-radius: calc(var(--_radius) * 0.7);
    background: var(--_night);
    color: var(--_on-night);
    border: 1px solid var(--_on-night);
    font-weight: 600;
  }

  .preview {
    position: relative;
    overflow: hidden;
    max-width: 22rem;
    aspect-ratio: 4 / 3;
    border-radius: var(--_radius);
    background: var(--_night);
    color: var(--_on-night);
  }

  .preview holdfast-video {
    position: absolute;
    inset: 0;
  }

  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }

  .own video,
  .preview video {
    object-fit: cover;
  }

  video[data-mirrored] {
    transform: scaleX(-1);
  }

  .own .off,
  .thirds .off,
  .preview .off,
  .remote .off {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: 0.5rem;
    text-align: center;
    background: var(--_night);
    color: var(--_on-night);
  }

  .own .off,
  .thirds .off {
    font-size: 0.875rem;
    line-height: 1.25;
  }

  .start-sound {
    position: absolute;
    inset: auto auto 0.75rem 0.75rem;
  }

  .control,
  holdfast-device-menu button {
    min-height: 3.75rem;
  }

  .control {
    display: inline-grid;
    justify-items: start;
    line-height: 1.2;
  }

  .control .state {
    font-size: 0.875rem;
    font-weight: 400;
  }

  .control[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }

  .control[aria-pressed='false'] {
    border-style: dashed;
  }

  .devices {
    margin-top: 0.75rem;
  }

  .trouble {
    color: var(--_attention);
    font-weight: 600;
  }
`;
