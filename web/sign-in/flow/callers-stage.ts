import type { CallerStage } from './view.ts'

/** How far the caller is, as this window's history keeps it over a reload. */
export function keptStage(): CallerStage {
  const { isAnswered, isBegun, isElsewhere } = history.state ?? {}
  return { isAnswered: isAnswered === true, isBegun: isBegun === true, isElsewhere: isElsewhere === true }
}

export function keepStage(stage: Partial<CallerStage>): void {
  history.replaceState({ ...history.state, ...stage }, '')
}
