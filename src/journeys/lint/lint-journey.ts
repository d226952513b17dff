import { type Finding, severities } from './finding.ts'
import type { LintedRealm } from './linted-realm.ts'
import { rules } from './rules.ts'

/** The findings about a journey, most severe first; empty for an unknown journey. */
export function lintJourney(realm: LintedRealm, name: string): Finding[] {
  const journey = realm.journey(name)
  if (journey === undefined) return []
  const findings = rules.flatMap(({ id: rule, severity, remedy, check }) =>
    check(journey, realm).map(
      (complaint): Finding => ({ rule, severity, journey: name, remedy, ...complaint }),
    ),
  )
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}
