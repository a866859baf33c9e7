import type { GrantRequest, Room, VideoServer } from '../video/video-server.js';

/** What was asked of the fake, in order. */
export type VideoServerCall =
  | { readonly call: 'openRoom' | 'closeRoom'; readonly room: string }
  | { readonly call: 'removePerson'; readonly room: string; readonly person: string }
  | {
      readonly call: 'grant';
      readonly room: string;
      readonly person: string;
      readonly device: string;
      readonly peerDevice: string | null;
    };

/** A video server that keeps what it was asked. */
export interface FakeVideoServer extends VideoServer {
  /** In order. */
  readonly calls: readonly VideoServerCall[];
  /** From now on every call fails, or works again. */
  setFailing(isFailing: boolean): void;
}

/** A video server without video: keeps what it was asked. */
export function fakeVideoServer(): FakeVideoServer {
  const calls: VideoServerCall[] = [];
  let failing = false;
  const note = async (call: VideoServerCall): Promise<void> => {
    if (failing) throw new Error('the fake video server was told to fail');
    calls.push(call);
  };
  return {
    transport: 'fake',
    mostPeople: 6,
    calls,
    setFailing: (isFailing) => void (failing = isFailing),
    refuses: () => null,
    openRoom: ({ room }: Room) => note({ call: 'openRoom', room }),
    closeRoom: ({ room }: Room) => note({ call: 'closeRoom', room }),
    removePerson: ({ room, person }) => note({ call: 'removePerson', room, person }),
    async grant({ room, person, device, peerDevice }: GrantRequest) {
      await note({ call: 'grant', room, person, device, peerDevice });
      return { transport: 'fake', room };
    },
    close: async () => {},
  };
}
