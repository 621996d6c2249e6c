// @ts-check
// One short, quiet sound: two soft notes, made here and not loaded. Knows not what it is for.

const NOTES = [659.26, 987.77]; // Hz: E5, B5
const APART = 0.09; // s
const LENGTH = 0.35; // s
const LOUDNESS = 0.08; // of 1

/** @type {AudioContext | null} */
let audio = null;

/** Play it, if the browser lets a page sound that somebody has touched. Returns whether it does. */
export function chime() {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return false;
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume().catch(() => {});
    const { currentTime } = audio;
    NOTES.forEach((pitch, at) => note(/** @type {AudioContext} */ (audio), pitch, currentTime + at * APART));
    return true;
  } catch {
    return false; // no sound on this machine
  }
}

/** A note that comes at once and dies away. @param {AudioContext} audio @param {number} pitch @param {number} at */
function note(audio, pitch, at) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
}
