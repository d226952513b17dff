import { counted } from '../base/counted.ts'
import type { Project } from '../testing/project/project.ts'
import { shownPath } from '../testing/project/project.ts'
import type { Problem } from '../testing/project/yaml-file.ts'
import { failureText, headline } from '../testing/report/failure-text.ts'
import type { Selection, TestRun } from '../testing/run-tests.ts'
import type { WalkResult } from '../testing/run-walk.ts'
import { annotationLine, isInGitHubActions } from './annotations.ts'
import type { Terminal } from './target.ts'
import { UsageError } from './usage-error.ts'

/** Exit statuses of `sidegate test`. */
export const passed = 0
export const failed = 1
const broken = 2

/** Prints the walks that failed, and on GitHub an annotation for each. */
export function printFailures({ results, problems }: TestRun, project: Project, terminal: Terminal): void {
  const bad = results.filter(isBad).map((result) => ({ result, text: failureText(result, project) }))
  for (const problem of problems) terminal.print(`BROKEN  ${problemText(problem)}\n`)
  for (const { text } of bad) terminal.print(`${text}\n`)
  if (!isInGitHubActions(terminal.environment)) return
  for (const { file, line, message } of problems) {
    const annotation = { level: 'error', place: { file, line }, title: 'Walk file', message } as const
    terminal.print(annotationLine(annotation, terminal.environment))
  }
  for (const { result, text } of bad) {
    const message = text.slice(text.indexOf('\n') + 1)
    const annotation = { level: 'error', place: result, title: headline(result), message } as const
    terminal.print(annotationLine(annotation, terminal.environment))
  }
}

function isBad({ status }: WalkResult): boolean {
  return status === 'failed' || status === 'broken'
}

function problemText({ file, line, message }: Problem): string {
  return `${shownPath(file)}:${line}  ${message}`
}

/** The result in one line. */
export function summary({ results, problems, waiting = 0 }: TestRun, milliseconds: number): string {
  const of = (status: WalkResult['status']) => results.filter((result) => result.status === status).length
  const parts = (['passed', 'failed', 'broken', 'skipped'] as const)
    .map((status) => ({ status, count: of(status) }))
    .filter(({ status, count }) => count > 0 || status === 'passed')
    .map(({ status, count }) => `${count} ${status}`)
  const inFiles = problems.length === 0 ? '' : `, ${problems.length} problems in walk files`
  const more = waiting === 0 ? '' : `, ${waiting} more did not run`
  return `${counted(results.length, 'walk')}: ${parts.join(', ')}${inFiles}${more}  (${(milliseconds / 1000).toFixed(1)} s)`
}

export function statusOf({ results, problems }: TestRun): number {
  if (problems.length > 0 || results.some(({ status }) => status === 'broken')) return broken
  return results.some(({ status }) => status === 'failed') ? failed : passed
}

export const emptyOption = { 'pass-with-no-tests': { type: 'boolean', default: false } } as const

/** @throws UsageError for a selection without walks, such as a misspelt title, unless it may be empty. */
export function refuseEmpty(
  { results, problems }: { results: readonly unknown[]; problems: readonly Problem[] },
  { named, shard, keys }: Selection,
  { 'pass-with-no-tests': mayBeEmpty }: { 'pass-with-no-tests': boolean },
): void {
  if (mayBeEmpty || results.length > 0 || problems.length > 0) return
  const chosen = [
    named && `-t '${named}'`,
    shard && `--shard ${shard.part}/${shard.of}`,
    keys && '--last-failed',
  ]
  const by = chosen.filter(Boolean).join(' and ')
  throw new UsageError(`No walk was selected${by && ` by ${by}`}. --pass-with-no-tests allows it.`)
}
