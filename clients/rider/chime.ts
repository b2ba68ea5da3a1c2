/** Two short notes, and a buzz: heard through a helmet, over in half a second. */
const NOTES_HZ = [880, 1_175] as const
const NOTE_S = 0.16
const BUZZ_MS = [180, 80, 180]

let context: AudioContext | undefined

const play = async (): Promise<void> => {
  context ??= new AudioContext()
  await context.resume()
  for (const [i, hz] of NOTES_HZ.entries()) {
    const from = context.currentTime + i * NOTE_S
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0.3, from)
    gain.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S)
    const note = new OscillatorNode(context, { frequency: hz })
    note.connect(gain).connect(context.destination)
    note.start(from)
    note.stop(from + NOTE_S)
  }
}

/** Calls the rider to look. A browser lets a page make noise only after it was touched; before, nothing is tried. */
export const chime = ({ sound, buzz }: { readonly sound: boolean; readonly buzz: boolean }): void => {
  if (!navigator.userActivation?.hasBeenActive) return
  if (buzz && 'vibrate' in navigator) navigator.vibrate(BUZZ_MS)
  if (sound) void play().catch(() => undefined) // no loudspeaker: the card is there to be seen
}
