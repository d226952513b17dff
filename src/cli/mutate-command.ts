import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { suggestion } from '../base/suggestion.ts'
import { changedNodes } from '../testing/coverage/changed-nodes.ts'
import { percentOf } from '../testing/coverage/outcome-report.ts'
import { mutantResults, sampledMutants } from '../testing/mutate/mutant-results.ts'
import type { MutantResult, PlacedMutant } from '../testing/mutate/run-mutants.ts'
import { scoreOf } from '../testing/mutate/score.ts'
import { withScriptId } from '../testing/mutate/walks-by-key.ts'
import { openProject, type Project, projectFolderOf, walkFilesIn } from '../testing/project/project.ts'
import { loadWalks, runTests } from '../testing/run-tests.ts'
import type { WalkResult } from '../testing/run-walk.ts'
import { projectAt } from './coverage-output.ts'
import { interrupted, untilInterrupted } from './interrupted.ts'
import { mutationReport, mutationText } from './mutate-output.ts'
import type { Terminal } from './target.ts'
import { noWalks, runAs } from './test-command.ts'
import { failed, passed, printFailures, refuseEmpty, statusOf, summary } from './test-output.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  named: { type: 'string', short: 't' },
  journey: { type: 'string', multiple: true },
  changed: { type: 'string' },
  sample: { type: 'string' },
  min: { type: 'string' },
  json: { type: 'string' },
  engine: { type: 'string' },
} as const

type Values = ReturnType<typeof valuesIn>['values']

function valuesIn(args: string[]) {
  return parsing(() => parseArgs({ args, options, allowPositionals: true }))
}

/**
 * `sidegate mutate [PATH…]`: changes journeys in memory, one thing at a time, and prints the changes that no walk notices.
 * @param given ends the run; the results so far are printed.
 * @returns the exit status: 1 if a walk fails without a change or the score is too low, 2 for walks or files that can't be read.
 * @throws OperationError for a project that can't be read.
 */
export async function mutateCommand(
  args: string[],
  terminal: Terminal,
  given?: AbortSignal,
): Promise<number> {
  const { values, positionals } = valuesIn(args)
  const min = numberOf('min', values.min, 100) ?? 0
  const project = runAs(values.engine, openProject(projectFolderOf(positionals[0] ?? '.')))
  const mutants = chosenMutants(project, values)
  const files = walkFilesIn(project, positionals)
  if (files.length === 0) throw new UsageError(noWalks(project.folder))
  return untilInterrupted(given, async (signal) => {
    const startedAt = performance.now()
    const { environment } = terminal
    const run = await runTests(project, files, { environment, named: values.named })
    refuseEmpty(run, { named: values.named }, { 'pass-with-no-tests': false })
    if (statusOf(run) !== passed) {
      printFailures(run, project, terminal)
      terminal.print(summary(run, performance.now() - startedAt))
      terminal.warn('Changes can only be tried with walks that pass.')
      return statusOf(run)
    }
    const results = await resultsOf(project, mutants, { files, walks: run.results, terminal, signal })
    const milliseconds = performance.now() - startedAt
    const waiting = signal.aborted ? mutants.length - results.length : 0
    terminal.print(mutationText(results, project, { milliseconds, waiting }))
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify(mutationReport(results, project), null, 2)}\n`)
    if (signal.aborted) return interrupted
    const percent = percentOf(scoreOf(results).total) ?? 100
    if (percent >= min) return passed
    terminal.print(`${min} % are required.`)
    return failed
  })
}

/** @throws UsageError for a number that is not from 0 to the maximum. */
function numberOf(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const number = /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN
  if (number >= 0 && number <= max) return number
  throw new UsageError(`--${name} must be a number from 0 to ${max}, not '${text}'`)
}

function chosenMutants(project: Project, { journey: names, changed, sample }: Values): PlacedMutant[] {
  const known = project.bundle.journeys.map(({ _id }) => _id)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new UsageError(`journey '${unknown}' is unknown${suggestion(unknown, known)}`)
  const nodes =
    changed === undefined ? undefined : changedNodes(projectAt(changed, project).bundle, project.bundle)
  const isChanged = ({ journey, outerId }: PlacedMutant['mutant']) =>
    nodes === undefined || nodes.some((node) => node.journey === journey && node.nodeId === outerId)
  const size = numberOf('sample', sample, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY
  return sampledMutants(
    project.bundle,
    size,
    (mutant) => (names?.includes(mutant.journey) ?? true) && isChanged(mutant),
  )
}

type Running = {
  files: readonly string[]
  walks: readonly WalkResult[]
  terminal: Terminal
  signal: AbortSignal
}

async function resultsOf(
  project: Project,
  mutants: readonly PlacedMutant[],
  { files, walks, terminal, signal }: Running,
): Promise<MutantResult[]> {
  const { loaded } = await loadWalks(files)
  const ofFile = new Map(loaded.map((file) => [file.file, withScriptId(file, project)]))
  const played = walks.flatMap((result) => {
    const file = ofFile.get(result.file)
    const index = file?.content.walks.findIndex(({ it }) => it === result.it) ?? -1
    return file === undefined || index < 0 ? [] : [{ result, task: { file: result.file, index }, file }]
  })
  const { environment } = terminal
  const onProgress = (count: number) => terminal.progress?.(`${count} of ${mutants.length} changes`)
  const results = await mutantResults(project, mutants, { played, environment, signal, onProgress })
  terminal.progress?.('')
  return results
}
