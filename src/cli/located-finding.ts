import { counted } from '../base/counted.ts'
import type { Place } from '../journeys/exchange/places.ts'
import { type Finding, severities } from '../journeys/lint/finding.ts'

/** A finding about a journey or a file. */
export type LocatedFinding = Omit<Finding, 'journey'> & {
  /** Undefined if the finding is about a file. */
  journey: string | undefined
  /** Undefined for a journey of a server. */
  place: Place | undefined
}

/** Findings grouped by journey, followed by the counts of each severity. */
export function findingsText(findings: readonly LocatedFinding[]): string {
  if (findings.length === 0) return 'No findings.'
  const blocks = [...Map.groupBy(findings, ({ journey = 'Files' }) => journey)].map(([journey, found]) =>
    [`${journey}:`, ...found.map((each) => `  ${lineOf(each)}`)].join('\n'),
  )
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity))
  return [...blocks, `${counts.join(', ')}.`].join('\n\n')
}

/** Names in files can have line breaks, which could begin a command of a CI system. */
function lineOf({ severity, rule, message, remedy, place }: LocatedFinding): string {
  const at = place === undefined ? '' : `${place.file}:${place.line}: `
  return `${at}${severity} ${rule}: ${message} ${remedy}`.replaceAll(/\p{Cc}+/gu, ' ')
}
