import { readFileSync } from 'node:fs'
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml'
import { suggestion } from '../base/suggestion.ts'
import { readingRules } from '../journeys/lint/reading-rules.ts'
import { rules } from '../journeys/lint/rules.ts'
import type { Allowance } from '../testing/project/project.ts'
import { shownPath } from '../testing/project/project.ts'
import type { LocatedFinding } from './located-finding.ts'

/** The allowances of a project, in the order of its file. */
export type Allowances = { file: string; allow: readonly Allowance[] }

/** The display names of nodes by id. */
export type NodeNames = ReadonlyMap<string, string>

/**
 * Takes out the findings that projects allow. Errors can't be allowed.
 * @returns the others, with a finding for each allowance that matches none, and the number of those taken out.
 */
export function withoutAllowed(
  findings: readonly LocatedFinding[],
  projects: readonly Allowances[],
  names: NodeNames,
): { findings: LocatedFinding[]; allowed: number } {
  const placed = projects.flatMap(({ file, allow }) =>
    allow.map((allowance, index) => ({ file, allowance, index })),
  )
  const isAllowed = (finding: LocatedFinding) =>
    finding.severity !== 'error' && placed.some(({ allowance }) => matches(allowance, finding, names))
  const kept = findings.filter((finding) => !isAllowed(finding))
  const unused = placed.filter(
    ({ allowance }) => !findings.some((each) => each.severity !== 'error' && matches(allowance, each, names)),
  )
  return {
    findings: [
      ...kept,
      ...unused.map(({ file, allowance, index }) => unusedFinding(file, allowance, index, findings, names)),
    ],
    allowed: findings.length - kept.length,
  }
}

function matches(
  { rule, journey, node, outcome }: Allowance,
  finding: LocatedFinding,
  names: NodeNames,
): boolean {
  const { nodeId = '' } = finding
  return (
    rule === finding.rule &&
    journey === finding.journey &&
    (node === undefined || node === nodeId || node === names.get(nodeId)) &&
    (outcome === undefined || outcome === finding.outcome)
  )
}

function unusedFinding(
  file: string,
  allowance: Allowance,
  index: number,
  findings: readonly LocatedFinding[],
  names: NodeNames,
): LocatedFinding {
  const { id, severity, remedy } = readingRules.unusedAllowance
  const known = rules.map((each) => each.id)
  const isError = findings.some((each) => matches(allowance, each, names))
  const why = isError
    ? 'an error cannot be allowed'
    : known.includes(allowance.rule)
      ? 'no finding matches it'
      : `rule '${allowance.rule}' is unknown${suggestion(allowance.rule, known)}`
  const about = [allowance.rule, allowance.journey, allowance.node, allowance.outcome]
    .filter(Boolean)
    .join(', ')
  return {
    rule: id,
    severity,
    message: `The allowance of ${about} has no use: ${why.replace(/\?$/, '')}${why.endsWith('?') ? '?' : '.'}`,
    remedy,
    journey: undefined,
    place: { file: shownPath(file), line: lineOf(file, index) },
  }
}

/** The line of an allowance. */
function lineOf(file: string, index: number): number {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines })
  const allow = document.getIn(['lint', 'allow'], true)
  const item = isSeq(allow) ? allow.items[index] : undefined
  return isMap(item) && item.range != null ? lines.linePos(item.range[0]).line : 1
}
