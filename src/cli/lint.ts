import { parseArgs } from 'node:util'
import { type Finding, severities } from '../journeys/lint/finding.ts'
import { openTarget } from './open-target.ts'
import type { Terminal } from './target.ts'
import { parsing } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  data: { type: 'string' },
} as const

/**
 * `sidegate lint [JOURNEY…]`: prints the findings of journeys.
 * @returns false if one of the findings is an error.
 * @throws OperationError naming a journey that does not exist.
 */
export async function lintCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const target = await openTarget(values, terminal.environment)
  try {
    const findings = await target.lint(positionals)
    terminal.print(findingsText(findings))
    return findings.every(({ severity }) => severity !== 'error')
  } finally {
    await target.close()
  }
}

/** Findings grouped by journey, followed by the counts of each severity. */
function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No findings.'
  const blocks = [...Map.groupBy(findings, ({ journey }) => journey)].map(([journey, found]) =>
    [`${journey}:`, ...found.map(line)].join('\n'),
  )
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`)
  return [...blocks, `${counts.join(', ')}.`].join('\n\n')
}

function line({ severity, rule, message, remedy }: Finding): string {
  return `  ${severity} ${rule}: ${message} ${remedy}`
}
