import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperationError } from '../base/errors.ts'
import { changedNodes, uncoveredChanges } from '../testing/coverage/changed-nodes.ts'
import type { CoverageReport } from '../testing/coverage/coverage-report.ts'
import { coverageText } from '../testing/coverage/coverage-text.ts'
import { writeCoverageHtml } from '../testing/coverage/html/coverage-html.ts'
import { lcovText, scriptFilesIn } from '../testing/coverage/lcov.ts'
import {
  checkedThresholds,
  missedThresholds,
  readThresholds,
  type Thresholds,
} from '../testing/coverage/thresholds.ts'
import { openProject, type Project } from '../testing/project/project.ts'
import type { Terminal } from './target.ts'
import { UsageError } from './usage-error.ts'

/** Options of `sidegate test` about coverage. */
export const coverageOptions = {
  coverage: { type: 'boolean', default: false },
  min: { type: 'string' },
  lcov: { type: 'string' },
  'coverage-json': { type: 'string' },
  html: { type: 'string' },
  changed: { type: 'string' },
} as const

export type CoverageValues = {
  coverage: boolean
  min?: string
  lcov?: string
  'coverage-json'?: string
  html?: string
  changed?: string
}

/** What to require of the coverage. */
type Requirements = { thresholds: Thresholds; before: Project | undefined }

/**
 * Reads what the options ask for, before any walk runs.
 * @returns undefined if coverage isn't measured.
 * @throws UsageError for thresholds that can't be read, OperationError for a revision that git doesn't have.
 */
export function coverageRequirements(values: CoverageValues, project: Project): Requirements | undefined {
  const { min, changed, lcov, html, 'coverage-json': json } = values
  if (!values.coverage && [min, changed, lcov, html, json].every((value) => value === undefined))
    return undefined
  const thresholds = min === undefined ? checkedThresholds(project.settings.coverage) : readThresholds(min)
  if (typeof thresholds === 'string')
    throw new UsageError(`${min === undefined ? 'coverage' : '--min'}: ${thresholds}`)
  return { thresholds, before: changed === undefined ? undefined : projectAt(changed, project) }
}

/**
 * Prints the coverage and writes its reports.
 * @returns whether it is enough.
 */
export function reportCoverage(
  report: CoverageReport,
  { thresholds, before }: Requirements,
  values: CoverageValues,
  { project, terminal }: { project: Project; terminal: Terminal },
): boolean {
  terminal.print(`${coverageText(report)}\n`)
  if (values.lcov !== undefined) writeFileSync(values.lcov, lcovText(report, scriptFilesIn(project.places)))
  const { 'coverage-json': json } = values
  if (values.html !== undefined) writeCoverageHtml(values.html, report, project.bundle)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
  const missed = [
    ...missedThresholds(report, thresholds).map((text) => `Coverage of ${text}.`),
    ...changesWithoutTests(report, before, project),
  ]
  for (const line of missed) terminal.print(line)
  return missed.length === 0
}

function changesWithoutTests(
  { outcomes }: CoverageReport,
  before: Project | undefined,
  now: Project,
): string[] {
  if (before === undefined) return []
  return uncoveredChanges(outcomes, changedNodes(before.bundle, now.bundle)).map(
    ({ journey, node, outcome, words }) =>
      `Changed without a test: ${journey}  ${node} → ${outcome}  (${words.join('; ')})`,
  )
}

/** The project as git has it at a revision. @throws OperationError for a revision that git doesn't have. */
export function projectAt(revision: string, { folder }: Project): Project {
  const copy = mkdtempSync(join(tmpdir(), 'sidegate-revision-'))
  try {
    const prefix = git(folder, 'rev-parse', '--show-prefix').toString().trim()
    const archive = git(folder, 'archive', '--format=tar', `${revision}:${prefix.replace(/\/$/, '')}`)
    execFileSync('tar', ['-x', '-C', copy], { input: archive })
    return openProject(copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function git(folder: string, ...args: string[]): Buffer {
  try {
    return execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n')[0] : ''
    throw new OperationError(`git ${args.join(' ')} failed: ${said}`, { cause })
  }
}
