import { Room, RoomEvent } from 'livekit-client';

/** A bare livekit-client page: default options, one button, the words of its own events. */
const query = new URLSearchParams(location.search);
const required = (name: string): string => query.get(name) ?? '';
const status = document.createElement('p');
const join = document.createElement('button');
join.textContent = 'Join';
document.body.append(status, join);

const room = new Room();
room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
room.on(RoomEvent.TrackUnsubscribed, (track) => track.detach().forEach((element) => element.remove()));
room.on(
  RoomEvent.ParticipantDisconnected,
  (participant) => (status.textContent = `${participant.identity} left`),
);
room.on(
  RoomEvent.ParticipantConnected,
  (participant) => (status.textContent = `${participant.identity} joined`),
);
room.on(RoomEvent.SignalReconnecting, () => (status.textContent = 'Reconnecting'));
room.on(RoomEvent.Reconnecting, () => (status.textContent = 'Reconnecting'));
room.on(RoomEvent.Reconnected, () => (status.textContent = 'Connected'));
room.on(RoomEvent.Disconnected, () => (status.textContent = 'Disconnected'));

async function enter(): Promise<void> {
  await room.connect(required('url'), required('token'));
  status.textContent = 'Connected';
  await room.localParticipant.enableCameraAndMicrophone();
  status.textContent = 'Connected and publishing';
}
join.addEventListener('click', () => void enter());
