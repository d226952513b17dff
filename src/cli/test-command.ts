import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packageVersion } from '../server/version.ts'
import { Coverage } from '../testing/coverage/coverage.ts'
import {
  engines,
  openProject,
  type Project,
  projectFolderOf,
  shownPath,
  walkFilesIn,
} from '../testing/project/project.ts'
import { failureText } from '../testing/report/failure-text.ts'
import { junitXml } from '../testing/report/junit.ts'
import { runTests, type TestRun } from '../testing/run-tests.ts'
import { TraceFolder } from '../testing/trace/trace-folder.ts'
import { writeTracePages } from '../testing/trace/trace-pages.ts'
import { forgetVerified, recordVerified } from '../testing/verified.ts'
import { agreementCommand, agreementOptions, isAtServer } from './agreement-command.ts'
import { coverageOptions, coverageRequirements, reportCoverage } from './coverage-output.ts'
import { untilInterrupted } from './interrupted.ts'
import type { Terminal } from './target.ts'
import { emptyOption, failed, passed, printFailures, refuseEmpty, statusOf, summary } from './test-output.ts'
import { parsing, UsageError } from './usage-error.ts'
import { type Watching, watchTests } from './watch-tests.ts'

const options = {
  named: { type: 'string', short: 't' },
  shard: { type: 'string' },
  junit: { type: 'string' },
  watch: { type: 'boolean', default: false },
  trace: { type: 'boolean', default: false },
  engine: { type: 'string' },
  ...emptyOption,
  ...coverageOptions,
  ...agreementOptions,
} as const

/**
 * `sidegate test [PATH…]`: runs walks of journeys inside this process.
 * @param signal ends a watch.
 * @returns the exit status: 1 if a walk failed or the coverage is too low, 2 for walks or files that can't be read.
 * @throws OperationError if no walk could be run.
 */
export async function testCommand(args: string[], terminal: Terminal, signal?: AbortSignal): Promise<number> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const project = runAs(values.engine, openProject(projectFolderOf(positionals[0] ?? '.')))
  const files = walkFilesIn(project, positionals)
  if (files.length === 0) throw new UsageError(noWalks(project.folder))
  const selection = { named: values.named, shard: shardOf(values.shard) }
  if (isAtServer(values)) {
    refuseAtServer(values)
    const given = { project, files, values, terminal, selection }
    return untilInterrupted(signal, (ended) => agreementCommand({ ...given, signal: ended }))
  }
  const which = values.trace ? 'all' : 'failed'
  const traces = new TraceFolder({ project: project.folder, which, version: packageVersion() })
  if (values.watch) {
    if (values.engine !== undefined) throw new UsageError("--engine can't be combined with --watch")
    const watched = { folder: project.folder, paths: positionals, named: values.named, traces, terminal }
    return untilInterrupted(signal, (ended) => watchCommand(watched, ended))
  }
  const required = coverageRequirements(values, project)
  const coverage = required && new Coverage(project.bundle)
  const startedAt = performance.now()
  try {
    const run = await runTests(project, files, {
      coverage,
      environment: terminal.environment,
      ...selection,
      traces,
    })
    refuseEmpty(run, selection, values)
    if (traces.problem !== undefined) terminal.warn(`Traces were not written: ${traces.problem}`)
    printFailures(run, project, terminal)
    writeReports(run, project, values)
    const isCovered =
      required === undefined ||
      coverage === undefined ||
      reportCoverage(await coverage.report(), required, values, { project, terminal })
    const isWhole =
      Object.values(selection).every((value) => value === undefined) &&
      positionals.every((path) => resolve(path) === project.folder)
    if (statusOf(run) !== passed) forgetVerified(project.folder)
    else if (isWhole) recordVerified(project.folder, project.bundle)
    terminal.print(summary(run, performance.now() - startedAt))
    return Math.max(statusOf(run), isCovered ? passed : failed)
  } finally {
    await coverage?.close()
  }
}

function writeReports(
  { results }: TestRun,
  project: Project,
  { junit, html }: { junit?: string; html?: string },
): void {
  if (junit !== undefined) {
    writeFileSync(
      junit,
      junitXml(results, (result) => failureText(result, project)),
    )
  }
  if (html !== undefined) {
    const files = results.flatMap(({ traceFile }) => traceFile ?? [])
    writeTracePages(join(html, 'traces'), files)
  }
}

/** @throws UsageError for options that are about walks inside this process. */
function refuseAtServer(values: Readonly<Record<string, unknown>>): void {
  const given = ['watch', 'trace', 'junit', 'engine', ...Object.keys(coverageOptions)].find(
    (name) => values[name] !== undefined && values[name] !== false,
  )
  if (given !== undefined) throw new UsageError(`--${given} can't be combined with --at or --both`)
}

/** The project with another engine for its scripts. @throws UsageError for an unknown one. */
export function runAs(engine: string | undefined, project: Project): Project {
  if (engine === undefined) return project
  const known = engines.find((name) => name === engine)
  if (known === undefined)
    throw new UsageError(`--engine must be one of ${engines.join(', ')}, not '${engine}'`)
  return { ...project, settings: { ...project.settings, engine: known } }
}

export function noWalks(folder: string): string {
  return `${shownPath(folder)} has no walk files. Write one named *.walk.yaml, or let \`sidegate init\` write the first ones.`
}

function shardOf(text: string | undefined): { part: number; of: number } | undefined {
  if (text === undefined) return undefined
  const [part = 0, of = 0] = text.split('/').map(Number)
  if (Number.isInteger(part) && Number.isInteger(of) && part >= 1 && part <= of) return { part, of }
  throw new UsageError(`--shard must be such as 1/4, not '${text}'`)
}

async function watchCommand(
  watched: Pick<Watching, 'folder' | 'paths' | 'named' | 'traces' | 'terminal'>,
  signal: AbortSignal,
): Promise<number> {
  const { terminal } = watched
  let status = passed
  let startedAt = performance.now()
  await watchTests({
    ...watched,
    signal,
    onChange() {
      startedAt = performance.now()
    },
    onRun(run, project) {
      printFailures(run, project, terminal)
      terminal.print(summary(run, performance.now() - startedAt))
      status = statusOf(run)
    },
  })
  return status
}
