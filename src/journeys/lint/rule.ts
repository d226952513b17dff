import type { Finding, Severity } from './finding.ts'
import type { LintedJourney } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** A finding of a rule at one place of a journey. */
export type Complaint = Pick<
  Finding,
  'nodeId' | 'setting' | 'outcome' | 'scriptId' | 'line' | 'message' | 'turnOn'
> & {
  /** Replaces the rule's own remedy. */
  remedy?: string
}

/** A rule on the reference page. `what`, `why` and `remedy` are sentences. */
export type RuleText = { id: string; severity: Severity; what: string; why: string; remedy: string }

/** A lint rule. */
export type Rule = RuleText & {
  /** Whether it needs something of a realm that exports lack. It is then not checked in files. */
  needsRealm?: true
  check(journey: LintedJourney, realm: LintedRealm): readonly Complaint[]
}
