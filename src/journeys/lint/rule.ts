import type { Finding, Severity } from './finding.ts'
import type { LintedJourney } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** A finding of a rule at one place of a journey. */
export type Complaint = Pick<Finding, 'nodeId' | 'setting' | 'outcome' | 'scriptId' | 'line' | 'message'> & {
  /** Replaces the rule's own remedy. */
  remedy?: string
}

/** A lint rule. `what`, `why` and `remedy` are sentences of the reference page. */
export type Rule = {
  id: string
  severity: Severity
  what: string
  why: string
  remedy: string
  check(journey: LintedJourney, realm: LintedRealm): readonly Complaint[]
}
