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
 * `sidegate lint [JOURNEY…]`: prints what is wrong with journeys.
 * @returns whether there is no error among it; warnings and hints are for reading.
 * @throws OperationError that names a journey which is not there.
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

/** Findings below the names of their journeys, and how many there are of each severity. */
function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing was found.'
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
