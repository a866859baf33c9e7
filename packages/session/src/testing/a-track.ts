/** A track as far as the runtime looks at it. */
export function aTrack(kind: 'audio' | 'video', id: string): MediaStreamTrack {
  const track = {
    kind,
    id,
    enabled: true,
    readyState: 'live',
    stop: () => void (track.readyState = 'ended'),
    addEventListener: () => undefined,
  };
  return track as unknown as MediaStreamTrack;
}

/** A browser's devices, whichever is asked for. */
export const devicesThatGive = (track: MediaStreamTrack): MediaDevices =>
  ({
    getUserMedia: async () => ({ getTracks: () => [track] }),
    enumerateDevices: async () => [],
  }) as unknown as MediaDevices;
