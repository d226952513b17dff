import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Coverage } from '../testing/coverage/coverage.ts'
import { openProject, projectFolderOf, shownPath, walkFilesIn } from '../testing/project/project.ts'
import type { Problem } from '../testing/project/walk-files.ts'
import { failureText, headline } from '../testing/report/failure-text.ts'
import { junitXml } from '../testing/report/junit.ts'
import { runTests, type TestRun } from '../testing/run-tests.ts'
import type { WalkResult } from '../testing/run-walk.ts'
import { annotationLine, isInGitHubActions } from './annotations.ts'
import { coverageOptions, coverageRequirements, reportCoverage } from './coverage-output.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  named: { type: 'string', short: 't' },
  shard: { type: 'string' },
  junit: { type: 'string' },
  ...coverageOptions,
} as const

/** Exit statuses of `sidegate test`. */
const passed = 0
const failed = 1
const broken = 2

/**
 * `sidegate test [PATH…]`: runs walks of journeys inside this process.
 * @returns the exit status: 1 if a walk failed or the coverage is too low, 2 for walks or files that can't be read.
 * @throws OperationError if no walk could be run.
 */
export async function testCommand(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const project = openProject(projectFolderOf(positionals[0] ?? '.'))
  const files = walkFilesIn(project, positionals)
  if (files.length === 0) throw new UsageError(noWalks(project.folder))
  const required = coverageRequirements(values, project)
  const coverage = required && new Coverage(project.bundle)
  const startedAt = performance.now()
  try {
    const run = await runTests(project, files, {
      coverage,
      environment: terminal.environment,
      named: values.named,
      shard: shardOf(values.shard),
    })
    const textOf = (result: WalkResult) => failureText(result, project)
    report(run, textOf, terminal)
    if (values.junit !== undefined) writeFileSync(values.junit, junitXml(run.results, textOf))
    const isCovered =
      required === undefined ||
      coverage === undefined ||
      reportCoverage(await coverage.report(), required, values, { project, terminal })
    terminal.print(summary(run, performance.now() - startedAt))
    return Math.max(statusOf(run), isCovered ? passed : failed)
  } finally {
    await coverage?.close()
  }
}

function noWalks(folder: string): string {
  return `${shownPath(folder)} has no walk files. Write one named *.walk.yaml, or let \`sidegate init\` write the first ones.`
}

function shardOf(text: string | undefined): { part: number; of: number } | undefined {
  if (text === undefined) return undefined
  const [part = 0, of = 0] = text.split('/').map(Number)
  if (Number.isInteger(part) && Number.isInteger(of) && part >= 1 && part <= of) return { part, of }
  throw new UsageError(`--shard must be such as 1/4, not '${text}'`)
}

function report(
  { results, problems }: TestRun,
  textOf: (result: WalkResult) => string,
  terminal: Terminal,
): void {
  for (const problem of problems) terminal.print(`BROKEN  ${problemText(problem)}\n`)
  for (const result of results.filter(isBad)) terminal.print(`${textOf(result)}\n`)
  if (!isInGitHubActions(terminal.environment)) return
  for (const { file, line, message } of problems) {
    terminal.print(
      annotationLine(
        { level: 'error', place: { file, line }, title: 'Walk file', message },
        terminal.environment,
      ),
    )
  }
  for (const result of results.filter(isBad)) {
    const [, ...message] = textOf(result).split('\n')
    const annotation = {
      level: 'error',
      place: result,
      title: headline(result),
      message: message.join('\n'),
    } as const
    terminal.print(annotationLine(annotation, terminal.environment))
  }
}

function isBad({ status }: WalkResult): boolean {
  return status === 'failed' || status === 'broken'
}

function problemText({ file, line, message }: Problem): string {
  return `${shownPath(file)}:${line}  ${message}`
}

function summary({ results, problems }: TestRun, milliseconds: number): string {
  const of = (status: WalkResult['status']) => results.filter((result) => result.status === status).length
  const parts = (['passed', 'failed', 'broken', 'skipped'] as const)
    .map((status) => ({ status, count: of(status) }))
    .filter(({ status, count }) => count > 0 || status === 'passed')
    .map(({ status, count }) => `${count} ${status}`)
  const inFiles = problems.length === 0 ? '' : `, ${problems.length} problems in walk files`
  return `${results.length} walks: ${parts.join(', ')}${inFiles}  (${(milliseconds / 1000).toFixed(1)} s)`
}

function statusOf({ results, problems }: TestRun): number {
  if (problems.length > 0 || results.some(({ status }) => status === 'broken')) return broken
  return results.some(({ status }) => status === 'failed') ? failed : passed
}
