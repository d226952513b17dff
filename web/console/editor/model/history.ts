type Entry<T> = { state: T; label: string }

/** Undo history. */
export type History<T> = {
  past: readonly Entry<T>[]
  present: T
  future: readonly Entry<T>[]
  /** The gesture that made the last change. Further changes of it join that undo step. */
  gesture: string | undefined
}

const limit = 200

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], gesture: undefined }
}

/**
 * Adds an undo step. Changes of one gesture, such as typing in a field, share a step.
 * @param label shown by undo: "Move Page".
 */
export function record<T>(history: History<T>, state: T, label: string, gesture?: string): History<T> {
  if (state === history.present) return history
  if (gesture !== undefined && gesture === history.gesture) return { ...history, present: state, future: [] }
  const past = [...history.past, { state: history.present, label }].slice(-limit)
  return { past, present: state, future: [], gesture }
}

/** Starts a new undo step with the next change. */
export function endGesture<T>(history: History<T>): History<T> {
  return history.gesture === undefined ? history : { ...history, gesture: undefined }
}

export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (last === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: last.state,
    future: [{ state: history.present, label: last.label }, ...history.future],
    gesture: undefined,
  }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return {
    past: [...history.past, { state: history.present, label: next.label }],
    present: next.state,
    future,
    gesture: undefined,
  }
}
