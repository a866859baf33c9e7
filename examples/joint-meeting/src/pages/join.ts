import { HoldfastSession } from '@holdfast/elements';
import { LiveKitVideo } from '@holdfast/livekit';

// A client's link names one session, the practitioner's one for each client: `?sessions=a,b#token-a&token-b`.
const names = (new URL(location.href).searchParams.get('sessions') ?? '').split(',');
const tokens = location.hash.slice(1).split('&');
const main = document.querySelector('main');
// One for the page: sessions that are in the same room share its connection.
const video = [new LiveKitVideo()];

names.forEach((name, index) => {
  const screen = new HoldfastSession();
  screen.video = video;
  // After a reload there is no token: each session goes on by its name.
  screen.keepAs = name;
  screen.link = `${location.origin}${location.pathname}${location.search}#${tokens[index] ?? ''}`;
  const section = document.createElement('section');
  if (names.length > 1) {
    const heading = document.createElement('h2');
    heading.textContent = `Client ${index + 1}`;
    section.append(heading);
  }
  section.append(screen);
  main?.append(section);
});
