import type { Spot } from './forks.ts'
import type { Start, TriedMock, TriedStep, TriedStub, Try } from './tried.ts'

/** A way through a journey, from its start. */
export type Trail = {
  journey: string
  start: Start
  tries: readonly Try[]
  http: readonly TriedMock[]
  stub: Readonly<Record<string, TriedStub>>
  spot: Spot
}

export function stepsOf({ tries }: Pick<Trail, 'tries'>): TriedStep[] {
  return tries.flatMap(({ steps }) => steps)
}
