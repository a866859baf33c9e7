// Runs in the browser: draws one stage after another from the views that the package brings for looking at a theme.
import '@holdfast/elements';
import type { HoldfastSession } from '@holdfast/elements';
import { FakeJoinedSession, stageViews } from '@holdfast/elements/testing';

declare global {
  interface Window {
    stages: readonly string[];
    showStage: (name: string) => Promise<void>;
  }
}

/** A moving picture without any camera. */
function picture(colour: string): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  if (brush === null) throw new TypeError('this browser draws nothing');
  brush.fillStyle = colour;
  setInterval(() => brush.fillRect(0, 0, canvas.width, canvas.height), 200);
  const [track] = canvas.captureStream(5).getVideoTracks();
  if (track === undefined) throw new TypeError('this browser captures nothing');
  return track;
}

/** Until everything on the page is drawn. */
async function drawn(root: ParentNode): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    const parts = [...root.querySelectorAll('*')];
    await Promise.all(parts.map((part) => ('updateComplete' in part ? part.updateComplete : null)));
  }
}

window.stages = ['join', ...Object.keys(stageViews)];
window.showStage = async (name) => {
  const element = document.createElement('holdfast-session') as HoldfastSession;
  element.isQuiet = true;
  const view = stageViews[name];
  if (view === undefined) element.link = 'https://host.example/join#token';
  else {
    const session = new FakeJoinedSession(view);
    session.clockMs = Date.UTC(2026, 0, 5, 12, 0, 0);
    if (view.showsVideo) {
      const remoteTracks = [
        { id: 'r', kind: 'video', track: picture('#456'), isMuted: false, from: null },
      ] as const;
      session.showMedia({ microphone: 'on', camera: 'denied', localTracks: [picture('#365')], remoteTracks });
    }
    element.session = session;
  }
  document.querySelector('main')?.replaceChildren(element);
  await element.updateComplete;
  if (element.shadowRoot) await drawn(element.shadowRoot);
};
