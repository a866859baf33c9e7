/** Plays one short sound, for staff who look elsewhere (H33). Well under the 3 s of WCAG 1.4.2. */
export type AttentionSound = () => void;

const TONES = [
  { atS: 0, hertz: 660 },
  { atS: 0.35, hertz: 880 },
  { atS: 0.7, hertz: 660 },
];
const TONE_S = 0.25;

/** Three soft tones, about a second. Silent where the page may not play sound yet. */
export const playAttentionSound: AttentionSound = () => {
  if (typeof AudioContext === 'undefined') return;
  const audio = new AudioContext();
  const loudness = audio.createGain();
  loudness.gain.value = 0.2;
  loudness.connect(audio.destination);
  for (const { atS, hertz } of TONES) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(loudness);
    tone.start(audio.currentTime + atS);
    tone.stop(audio.currentTime + atS + TONE_S);
    if (atS === TONES.at(-1)?.atS) tone.onended = () => void audio.close();
  }
};
