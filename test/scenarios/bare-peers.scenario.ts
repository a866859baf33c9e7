import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inboundSound, observed, waitForFrame } from './kit/observer.js';
import { pause } from './kit/processes.js';
import { scenario } from './kit/scenario.js';

/**
 * The stage itself, without the product: two bare peer connections on two hosts see each other, a
 * cut stops the pictures of both without touching anybody else's cable, and a heal brings them back.
 */
scenario('bare peers through a cut', { transports: ['webrtc'], ci: [] }, async (stage) => {
  const practitioner = (await stage.launch('practitioner')).page;
  const client = (await stage.launch('client')).page;
  await connect(practitioner, client);
  const startedAtMs = Date.now();
  expect(await waitForFrame(practitioner, startedAtMs, 10_000)).not.toBeNull();
  expect(await waitForFrame(client, startedAtMs, 10_000)).not.toBeNull();
  expect((await inboundSound(client)).packets).toBeGreaterThan(0);

  const cuts = [
    { kind: 'blackHole', raises: false },
    { kind: 'linkDown', raises: true },
  ] as const;
  for (const { kind, raises } of cuts) {
    const cutAtMs = stage.network[kind]('client');
    await pause(4000);
    // 500 ms: frames that were already in the jitter buffer.
    expect(await waitForFrame(practitioner, cutAtMs + 500, 0)).toBeNull();
    const heard = (await observed(client)).links.filter(({ atMs }) => atMs >= cutAtMs - 50);
    expect(heard.map((link) => link.kind)).toEqual(raises ? ['offline'] : []);
    expect((await observed(practitioner)).links).toEqual([]);
    const healedAtMs = stage.network.heal('client');
    const backAtMs = await waitForFrame(practitioner, healedAtMs, 10_000);
    expect(backAtMs).not.toBeNull();
    expect(await waitForFrame(client, healedAtMs, 10_000)).not.toBeNull();
    stage.artifacts.note(`${kind} healed`, healedAtMs, {
      firstFrameAfterMs: Math.round((backAtMs ?? 0) - healedAtMs),
    });
    await pause(2000);
  }
  await stage.artifacts.picture('together', stage.devices);
});

interface BareWindow extends Window {
  peer?: RTCPeerConnection;
}

async function connect(caller: Page, callee: Page): Promise<void> {
  for (const page of [caller, callee]) {
    await page.route('https://bare.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>bare</title><video autoplay playsinline muted></video>',
      }),
    );
    await page.goto('https://bare.test/');
  }
  const offer = await caller.evaluate(makePeer, null);
  const answer = await callee.evaluate(makePeer, offer);
  await caller.evaluate(async (sdp) => {
    await (window as BareWindow).peer?.setRemoteDescription({ type: 'answer', sdp });
  }, answer);
}

/** In the page: an offer, or the answer to one, with all candidates in it. */
async function makePeer(offer: string | null): Promise<string> {
  const peer = new RTCPeerConnection();
  (window as BareWindow).peer = peer;
  peer.addEventListener('track', (event) => {
    const video = document.querySelector('video');
    if (video && event.track.kind === 'video') video.srcObject = event.streams[0] ?? null;
  });
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  if (offer !== null) await peer.setRemoteDescription({ type: 'offer', sdp: offer });
  await peer.setLocalDescription();
  await new Promise<void>((resolve) => {
    if (peer.iceGatheringState === 'complete') return resolve();
    peer.addEventListener(
      'icegatheringstatechange',
      () => peer.iceGatheringState === 'complete' && resolve(),
    );
  });
  return peer.localDescription?.sdp ?? '';
}
