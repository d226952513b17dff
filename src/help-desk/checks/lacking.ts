import type { Level } from '../../engine/level.ts'
import { neededFor, type Requirement } from './requirement.ts'

/** What an offered check can reach at best. */
export type Reach = {
  level: Level
  hasSecondAgent: boolean
}

/** What a check lacks for a requirement even at its best; empty for a check that suffices. */
export function lackingIn(reach: Reach, requirement: Requirement): ('tooWeak' | 'needsSecondAgent')[] {
  const needs = neededFor(requirement, reach)
  return [
    ...(reach.level < needs.level ? (['tooWeak'] as const) : []),
    ...(needs.secondAgent && !reach.hasSecondAgent ? (['needsSecondAgent'] as const) : []),
  ]
}
