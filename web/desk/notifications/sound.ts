import { create } from 'zustand'

export type Tone = 'good' | 'bad' | 'info'

const settingKey = 'sidegate-desk-sound'
const rungKey = 'sidegate-desk-rung'

/** Off until the agent switches it on: several agents share a room. */
export const useSound = create<{ isSoundOn: boolean; toggleSound(): void }>()((set, get) => ({
  isSoundOn: stored(settingKey) === 'on',
  toggleSound() {
    const isSoundOn = !get().isSoundOn
    store(settingKey, isSoundOn ? 'on' : 'off')
    set({ isSoundOn })
    if (isSoundOn) void play('good')
  },
}))

/** Frequencies in hertz, one after the other. Bad news fall, and are longer. */
const melodies: Readonly<Record<Tone, { notes: readonly number[]; seconds: number; shape: OscillatorType }>> =
  {
    good: { notes: [659, 988], seconds: 0.12, shape: 'sine' },
    info: { notes: [784], seconds: 0.14, shape: 'sine' },
    bad: { notes: [523, 392, 523, 392], seconds: 0.2, shape: 'triangle' },
  }

/** Time in which an audio context starts if the browser lets it, in milliseconds. */
const startMs = 1_000

/** Rings once for each key, even if several windows of the agent learn of it. */
export async function ring(key: string, tone: Tone): Promise<void> {
  if (!useSound.getState().isSoundOn) return
  const ringOnce = async () => {
    const rung = (stored(rungKey) ?? '').split('\n')
    if (rung.includes(key)) return
    // Otherwise another window of the agent may be able to ring.
    if (await play(tone)) store(rungKey, [...rung.slice(-20), key].join('\n'))
  }
  // Web Locks exist in secure contexts only.
  if (navigator.locks === undefined) await ringOnce()
  else await navigator.locks.request(rungKey, ringOnce)
}

/** @returns false if the browser plays nothing, because the agent has not used this window yet. */
async function play(tone: Tone): Promise<boolean> {
  const audio = new AudioContext()
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, startMs))])
  if (audio.state === 'running') playMelody(audio, tone)
  else await audio.close()
  return audio.state === 'running'
}

function playMelody(audio: AudioContext, tone: Tone): void {
  const { notes, seconds, shape } = melodies[tone]
  const volume = audio.createGain()
  volume.gain.value = 0.08
  volume.connect(audio.destination)
  notes.forEach((frequency, index) => {
    const note = audio.createOscillator()
    note.type = shape
    note.frequency.value = frequency
    note.connect(volume)
    note.start(audio.currentTime + index * seconds)
    note.stop(audio.currentTime + (index + 0.9) * seconds)
    if (index === notes.length - 1) note.onended = () => void audio.close()
  })
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // The browser stores nothing: the setting lasts as long as the window.
  }
}
