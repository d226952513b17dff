import type { Severity } from './finding.ts'
import type { LintedJourney } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** What a rule says about one place of a journey. */
export type Complaint = {
  nodeId?: string
  message: string
  /** In place of the rule's own, where more can be said. */
  remedy?: string
}

/** Something that can be wrong with a journey. `what`, `why` and `remedy` are sentences of the reference page. */
export type Rule = {
  id: string
  severity: Severity
  what: string
  why: string
  remedy: string
  check(journey: LintedJourney, realm: LintedRealm): readonly Complaint[]
}
