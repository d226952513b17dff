import type { Place } from '../../journeys/exchange/places.ts'
import type { Severity } from '../../journeys/lint/finding.ts'

/** A problem that exploring has found. */
export type Finding = {
  severity: Severity
  rule: 'dead-end' | 'script-throws' | 'error-end' | 'invariant' | 'no-credential' | 'unreached'
  journey: string
  message: string
  place: Place | undefined
  /** How to get there. */
  after?: string
}
