import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packageVersion } from '../server/version.ts'
import { Coverage } from '../testing/coverage/coverage.ts'
import { lastFailed, recordFailed } from '../testing/last-failed.ts'
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
import { runTests, type Selection, type TestRun } from '../testing/run-tests.ts'
import { TraceFolder } from '../testing/trace/trace-folder.ts'
import { writeTracePages } from '../testing/trace/trace-pages.ts'
import { forgetVerified, recordVerified } from '../testing/verified.ts'
import { agreementCommand, agreementOptions, isAtServer } from './agreement-command.ts'
import { coverageOptions, coverageRequirements, reportCoverage } from './coverage-output.ts'
import { interrupted, untilInterrupted } from './interrupted.ts'
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
  shuffle: { type: 'boolean', default: false },
  seed: { type: 'string' },
  'last-failed': { type: 'boolean', default: false },
  engine: { type: 'string' },
  ...emptyOption,
  ...coverageOptions,
  ...agreementOptions,
} as const

/** Options of a run that `--watch` has no use for. */
const notWatched = ['shuffle', 'seed', 'last-failed', 'engine']

function parsedArgs(args: string[]) {
  return parsing(() => parseArgs({ args, options, allowPositionals: true }))
}

/**
 * `sidegate test [PATH…]`: runs walks of journeys inside this process.
 * @param signal ends a watch, or the run.
 * @returns the exit status: 1 if a walk failed or the coverage is too low, 2 for walks or files that can't be read.
 * @throws OperationError if no walk could be run.
 */
export async function testCommand(args: string[], terminal: Terminal, signal?: AbortSignal): Promise<number> {
  const { values, positionals } = parsedArgs(args)
  const project = runAs(values.engine, openProject(projectFolderOf(positionals[0] ?? '.')))
  const files = walkFilesIn(project, positionals)
  if (files.length === 0) throw new UsageError(noWalks(project.folder))
  if (values.watch) refuseBeside('--watch', values, notWatched)
  const keys = values['last-failed'] ? lastFailed(project.folder, files) : undefined
  if (keys?.size === 0) {
    terminal.print('No walk failed when it ran last.')
    return passed
  }
  const selection = { named: values.named, shard: shardOf(values.shard), keys }
  if (isAtServer(values)) {
    refuseBeside('--at or --both', values, [
      'watch',
      'trace',
      'junit',
      ...notWatched,
      ...Object.keys(coverageOptions),
    ])
    const given = { project, files, values, terminal, selection }
    return untilInterrupted(signal, (ended) => agreementCommand({ ...given, signal: ended }))
  }
  const which = values.trace ? 'all' : 'failed'
  const traces = new TraceFolder({ project: project.folder, which, version: packageVersion() })
  if (values.watch) {
    const watched = { folder: project.folder, paths: positionals, named: values.named, traces, terminal }
    return untilInterrupted(signal, (ended) => watchCommand(watched, ended))
  }
  const isWhole =
    Object.values(selection).every((value) => value === undefined) &&
    positionals.every((path) => resolve(path) === project.folder)
  const given = { project, files, values, terminal, selection, traces, isWhole }
  return untilInterrupted(signal, (ended) => runOnce(given, ended))
}

type Running = {
  project: Project
  files: readonly string[]
  values: ReturnType<typeof parsedArgs>['values']
  terminal: Terminal
  selection: Selection
  traces: TraceFolder
  isWhole: boolean
}

/** Runs walks inside this process, and prints what came of them, also after Ctrl+C. @returns the exit status. */
async function runOnce(
  { project, files, values, terminal, selection, traces, isWhole }: Running,
  signal: AbortSignal,
): Promise<number> {
  const required = coverageRequirements(values, project)
  const coverage = required && new Coverage(project.bundle)
  const seed = values.seed ?? (values.shuffle ? String(randomInt(1_000_000)) : undefined)
  const startedAt = performance.now()
  try {
    const { environment } = terminal
    const run = await runTests(project, files, { coverage, environment, ...selection, traces, seed, signal })
    if (!signal.aborted) refuseEmpty(run, selection, values)
    if (traces.problem !== undefined) terminal.warn(`Traces were not written: ${traces.problem}`)
    printFailures(run, project, terminal)
    writeReports(run, project, values)
    const isCovered =
      signal.aborted ||
      required === undefined ||
      coverage === undefined ||
      reportCoverage(await coverage.report(), required, values, { project, terminal })
    recordFailed(project.folder, run.results, isWhole && !signal.aborted)
    if (statusOf(run) !== passed) forgetVerified(project.folder)
    else if (isWhole && !signal.aborted) recordVerified(project.folder, project.bundle)
    if (seed !== undefined) terminal.print(`Shuffled. --seed ${seed} gives the same order.`)
    terminal.print(summary(run, performance.now() - startedAt))
    return signal.aborted ? interrupted : Math.max(statusOf(run), isCovered ? passed : failed)
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

/** @throws UsageError for options that another one excludes. */
function refuseBeside(
  other: string,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  const given = names.find((name) => values[name] !== undefined && values[name] !== false)
  if (given !== undefined) throw new UsageError(`--${given} can't be combined with ${other}`)
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
