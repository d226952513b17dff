import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { counted } from '../base/counted.ts'
import { OperationError } from '../base/errors.ts'
import { packageVersion } from '../server/version.ts'
import { type Project, shownPath } from '../testing/project/project.ts'
import type { Problem } from '../testing/project/yaml-file.ts'
import { Admin } from '../testing/remote/admin.ts'
import { type Agreement, agreementOf, agreementSchema } from '../testing/remote/agreement.ts'
import { agreementLines, differenceText } from '../testing/remote/agreement-text.ts'
import { type Comparison, compareWalks } from '../testing/remote/compare-walks.ts'
import { playedJourneys } from '../testing/remote/played-journeys.ts'
import { Provision, removeAll } from '../testing/remote/provision.ts'
import { ProvisionJournal } from '../testing/remote/provision-journal.ts'
import { RemoteServer } from '../testing/remote/remote-server.ts'
import { RemoteTester } from '../testing/remote/remote-tester.ts'
import { type Target, targetOf } from '../testing/remote/targets.ts'
import { type LoadedTask, loadWalks, type Selection, selectedWalks } from '../testing/run-tests.ts'
import type { Terminal } from './target.ts'
import { failed, passed, printFailures, refuseEmpty, statusOf } from './test-output.ts'
import { UsageError } from './usage-error.ts'

/** Options of `sidegate test` about a running server. */
export const agreementOptions = {
  at: { type: 'string' },
  both: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  provision: { type: 'boolean', default: false },
  clean: { type: 'boolean', default: false },
  'real-time': { type: 'boolean', default: false },
  agreement: { type: 'string' },
  'with-host': { type: 'boolean', default: false },
} as const

export type AgreementValues = {
  at?: string
  both: boolean
  strict: boolean
  provision: boolean
  clean: boolean
  'real-time': boolean
  agreement?: string
  'with-host': boolean
  'pass-with-no-tests': boolean
}

const broken = 2

/** Whether a running server is part of the test. */
export function isAtServer({ at, both }: AgreementValues): boolean {
  return at !== undefined || both
}

type Given = {
  project: Project
  files: readonly string[]
  values: AgreementValues
  selection: Selection
  terminal: Terminal
  signal: AbortSignal
}

/**
 * Plays walks on a running server, and with `--both` also inside, and prints where they differ.
 * @returns the exit status: 1 if something differs, or is unobserved with `--strict`; 2 if nothing could be compared.
 * @throws OperationError for a target that can't be used.
 */
export async function agreementCommand(given: Given): Promise<number> {
  const { project, values, terminal } = given
  const target = await orUnusable(() => chosenTarget(values, project))
  if (values.clean) return orUnusable(() => cleanUp(project, target, terminal))
  warnOfLeftovers(project, terminal)
  const { loaded, problems } = await loadWalks(given.files)
  const tasks = selectedWalks(loaded, given.selection)
  refuseEmpty({ results: tasks, problems }, given.selection, values)
  const remote = await orUnusable(() => openRemote(given, target, tasks))
  let status = broken
  try {
    const compared = await playAll(given, remote, tasks)
    printComparison(compared, problems, project, terminal)
    const agreement = agreementOf(compared.walks, {
      sidegate: packageVersion(),
      server: remote.version,
      comparedWith: values.both ? 'inside' : 'walks',
      origin: values['with-host'] ? target.origin : undefined,
    })
    write(agreement, values.agreement ?? join(project.folder, '.sidegate', 'agreement.json'), terminal)
    status = statusFor(compared, problems, values)
  } finally {
    if (!(await isClosed(remote, terminal))) status = broken
  }
  return status
}

/** Removes what was created. @returns false if the server doesn't let it; the journal then stays. */
async function isClosed(remote: RemoteTester, { warn }: Terminal): Promise<boolean> {
  try {
    await remote.close()
    return true
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    warn(`${error.message}. Remove what is left there with: sidegate test --at TARGET --clean`)
    return false
  }
}

function openRemote(
  { project, values, terminal: { environment }, signal }: Given,
  target: Target,
  tasks: readonly LoadedTask[],
): Promise<RemoteTester> {
  const journeys = playedJourneys(tasks, environment, project.bundle)
  return RemoteTester.open(project, target, {
    environment,
    signal,
    waits: values['real-time'],
    provision: values.provision
      ? (admin, realm) => Provision.of(project, journeys, { admin, target, realm })
      : undefined,
  })
}

function playAll(given: Given, remote: RemoteTester, tasks: readonly LoadedTask[]): Promise<Comparison> {
  const { project, values, terminal, signal } = given
  if (remote.refusal !== undefined) terminal.warn(`${remote.refusal}. People are not read.`)
  const { environment } = terminal
  return compareWalks(project, tasks, { environment, isBoth: values.both, remote, signal })
}

/** Removes what earlier runs left on a server. @throws OperationError if the server refuses it. */
async function cleanUp(project: Project, target: Target, { print, environment }: Terminal): Promise<number> {
  const journals = ProvisionJournal.leftIn(project.folder).filter((journal) => journal.isOf(target))
  if (journals.length > 0 && target.admin === undefined) {
    throw new OperationError('--clean needs `admin` of the target in sidegate.yaml')
  }
  for (const journal of journals) {
    const admin = target.admin && (await Admin.signIn(new RemoteServer(target), target.admin, environment))
    if (admin !== undefined) await removeAll(admin, journal)
  }
  print(
    journals.length === 0
      ? 'Nothing is left there.'
      : `Removed what ${counted(journals.length, 'earlier run')} left there.`,
  )
  return passed
}

function warnOfLeftovers({ folder }: Project, terminal: Terminal): void {
  const journals = ProvisionJournal.leftIn(folder)
  if (journals.length === 0) return
  terminal.warn(
    `${counted(journals.length, 'earlier run was', 'earlier runs were')} killed and left journeys or people named ${journals.map(({ prefix }) => `${prefix}…`).join(', ')}. Remove them with: sidegate test --at TARGET --clean`,
  )
}

/** @throws UsageError for a target that can't be used: exit status 2. */
async function orUnusable<Value>(open: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}

/** @throws UsageError if it isn't clear which one is meant. */
function chosenTarget({ at }: AgreementValues, { settings: { targets } }: Project): Target {
  if (at !== undefined) return targetOf(at, targets)
  const names = Object.keys(targets).filter((name) => targets[name]?.production !== true)
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return targetOf(only, targets)
  throw new UsageError(
    names.length === 0
      ? '--both needs --at URL, or a target in sidegate.yaml'
      : `--both needs --at: ${names.join(', ')}`,
  )
}

function printComparison(
  compared: Comparison,
  problems: Problem[],
  project: Project,
  terminal: Terminal,
): void {
  printFailures({ results: compared.inside, problems }, project, terminal)
  for (const walk of compared.walks) {
    const text = differenceText(walk, project)
    if (text !== undefined) terminal.print(`${text}\n`)
  }
  if (compared.failure !== undefined) terminal.warn(`${compared.failure}. The other walks were not played.`)
  for (const line of agreementLines(compared.walks)) terminal.print(line)
}

function write(agreement: Agreement, file: string, terminal: Terminal): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(agreementSchema.parse(agreement), null, 2)}\n`)
  terminal.print(`Written to ${shownPath(file)}`)
}

function statusFor(
  { walks, inside, failure }: Comparison,
  problems: Problem[],
  { strict }: Pick<AgreementValues, 'strict'>,
): number {
  const verdicts = walks.flatMap((walk) => walk.verdicts)
  const has = (status: (typeof verdicts)[number]['status']) => verdicts.some((each) => each.status === status)
  const isBroken = failure !== undefined || walks.some((walk) => walk.isBroken)
  // A run that has observed nothing proves nothing.
  const sawNothing = !has('agrees') && !has('differs')
  const differs = has('differs') || (strict && has('unobserved'))
  return Math.max(
    statusOf({ results: inside, problems }),
    isBroken || sawNothing ? broken : passed,
    differs ? failed : passed,
  )
}
