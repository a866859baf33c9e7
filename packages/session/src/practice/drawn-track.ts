import type { Clock } from '../ports.js';

/** A track that stands for the other side, and its end. */
export interface DrawnTrack {
  /** To be shown or played. */
  readonly track: MediaStreamTrack;
  /** Called once, with the end of the connection. */
  readonly stop: () => void;
}

/** Makes the track of one kind that is shown for the other side. */
export type DrawTrack = (kind: 'audio' | 'video', clock: Clock) => DrawnTrack;

const WIDTH = 320;
const HEIGHT = 240;
const DRAW_EVERY_MS = 200;

/** A figure that breathes, drawn on this page, and a sound track without sound. Nothing of it comes over a network. */
export const drawnOnPage: DrawTrack = (kind, clock) => (kind === 'video' ? picture(clock) : silence());

/** For a device without a page: there is nobody to look. */
export const notDrawn = (kind: 'audio' | 'video'): DrawnTrack => ({
  track: { kind } as MediaStreamTrack,
  stop: () => undefined,
});

function picture(clock: Clock): DrawnTrack {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const brush = canvas.getContext('2d');
  let beats = 0;
  const draw = (): void => {
    beats += 1;
    if (brush !== null) drawFigure(brush, Math.sin(beats / 4));
  };
  draw();
  const cancel = clock.every(DRAW_EVERY_MS, draw);
  const [track] = canvas.captureStream().getVideoTracks();
  if (track === undefined) return notDrawn('video');
  return {
    track,
    stop: () => {
      cancel();
      track.stop();
    },
  };
}

/** Head and shoulders, plainly not a photograph. */
function drawFigure(brush: CanvasRenderingContext2D, breath: number): void {
  brush.fillStyle = '#d9e2ea';
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.fillStyle = '#5a7184';
  brush.beginPath();
  brush.arc(WIDTH / 2, 95 + breath, 42, 0, 2 * Math.PI);
  brush.fill();
  brush.beginPath();
  brush.ellipse(WIDTH / 2, HEIGHT + 12 + breath * 2, 92, 92, 0, Math.PI, 2 * Math.PI);
  brush.fill();
}

function silence(): DrawnTrack {
  const sound = new AudioContext();
  const [track] = sound.createMediaStreamDestination().stream.getAudioTracks();
  const stop = (): void => {
    track?.stop();
    void sound.close().catch(() => undefined);
  };
  return track === undefined ? notDrawn('audio') : { track, stop };
}
