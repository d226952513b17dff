import type { CallerProgress } from './view.ts'

/** The caller's progress. Stored in the window's history entry, so that it survives a reload. */
export function storedProgress(): CallerProgress {
  const { isAnswered, isBegun, isElsewhere } = history.state ?? {}
  return { isAnswered: isAnswered === true, isBegun: isBegun === true, isElsewhere: isElsewhere === true }
}

export function storeProgress(progress: Partial<CallerProgress>): void {
  history.replaceState({ ...history.state, ...progress }, '')
}
