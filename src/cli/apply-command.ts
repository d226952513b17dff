import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { OperationError } from '../base/errors.ts'
import type { Comparison, Item } from '../journeys/compare/difference.ts'
import { differencesOf } from '../journeys/compare/differences.ts'
import { differencesText } from '../journeys/compare/differences-text.ts'
import { kindName } from '../journeys/compare/kind-names.ts'
import { type ToWrite, toWrite } from '../journeys/compare/to-write.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import type { Plan } from '../journeys/exchange/plan.ts'
import { wholeFile } from '../journeys/exchange/write-export.ts'
import { projectFolderOf } from '../testing/project/project.ts'
import { unverified } from '../testing/verified.ts'
import { openTarget } from './open-target.ts'
import { findingLines } from './plan-text.ts'
import { chosenJourneys, problemsOf, readingSide, readPath } from './sides.ts'
import { realmPath, type Target, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  from: { type: 'string' },
  data: { type: 'string' },
  journey: { type: 'string', multiple: true },
  lines: { type: 'boolean', default: false },
  undo: { type: 'string' },
  verified: { type: 'boolean', default: false },
} as const

const importOptions = { dependencies: true, existing: 'replace' } as const

type Values = {
  realm: string
  from?: string
  data?: string
  journey?: string[]
  lines: boolean
  undo?: string
  verified: boolean
}

/** The changes that an apply makes, and the plan of their import. Without a plan nothing differs. */
type Planned = { work: ToWrite; comparison: Comparison; plan: Plan | undefined; after: Bundle }

/**
 * `sidegate plan PATH`: prints what `apply` would write.
 * @returns the exit status: 0 if nothing differs, 1 if something would be written, 2 if it can't be.
 * @throws UsageError if a side can't be read.
 */
export function planCommand(args: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const { path, values } = argumentsOf('plan', args)
  return onTarget(values, terminal, async (target) => {
    const planned = await planOf(path, values, target, terminal)
    if (planned === undefined) return 2
    terminal.print(textOf(planned, values))
    if (planned.plan === undefined) return 0
    return planned.plan.isPossible ? 1 : 2
  })
}

/**
 * `sidegate apply PATH`: writes what differs from the server, after it saved what it replaces. With `--verified` only what all walks
 * of the project passed with.
 * @returns the exit status: 0 if the server has everything of the path, 2 if nothing was written.
 * @throws UsageError if a side can't be read, OperationError if nothing was written.
 */
export function applyCommand(args: string[], terminal: Terminal, now: number): Promise<0 | 2> {
  const { path, values } = argumentsOf('apply', args)
  return onTarget(values, terminal, async (target) => {
    const planned = await planOf(path, values, target, terminal)
    if (planned === undefined) return 2
    terminal.print(textOf(planned, values))
    const { work, plan, after } = planned
    if (values.verified && !isVerified(projectFolderOf(path), after, terminal)) return 2
    if (plan === undefined) return 0
    if (!plan.isPossible) {
      terminal.warn('Nothing was written: resolve the conflicts first.')
      return 2
    }
    const undo = saveUndo(work, values.undo ?? undoFile(now))
    await target.import(work.write, importOptions)
    terminal.print(doneText(work, undo, values))
    return 0
  })
}

/** Whether all walks passed with exactly this configuration. Whatever differs is named. */
function isVerified(folder: string, content: Bundle, terminal: Terminal): boolean {
  const others = unverified(folder, content)
  if (others.length === 0) return true
  terminal.warn(
    `Nothing was written: ${namesOf(others)} changed since all walks passed. Run \`sidegate test\`.`,
  )
  return false
}

function argumentsOf(command: string, args: string[]): { path: string; values: Values } {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) throw new UsageError(`${command} needs one file or folder`)
  return { path, values }
}

async function onTarget<Status>(
  values: Values,
  { environment }: Terminal,
  work: (target: Target) => Promise<Status>,
): Promise<Status> {
  const target = await readingSide(() => openTarget(values, environment))
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

/** @returns undefined if a side could be read only in part, which is then reported. */
async function planOf(
  path: string,
  values: Values,
  target: Target,
  terminal: Terminal,
): Promise<Planned | undefined> {
  const read = await readingSide(async () => ({
    after: readPath(path, values),
    before: await target.exportAll(),
  }))
  const problems = [...problemsOf(path, read.after), ...problemsOf('The server', read.before)]
  for (const line of problems) terminal.warn(line)
  if (problems.length > 0) return undefined
  const { before, after } = chosenJourneys(values.journey ?? [], read)
  const comparison = differencesOf(before, after)
  const work = toWrite(comparison, before, after)
  const plan = work.differences.length === 0 ? undefined : await target.preview(work.write, importOptions)
  return { work, comparison, plan, after }
}

function textOf({ work, comparison, plan }: Planned, { realm, lines }: Values): string {
  const { differences, stays } = work
  const { unknown } = comparison
  const text = differencesText({ differences, unknown }, { withLines: lines })
  return [
    plan === undefined
      ? `Nothing to write into realm ${realmPath(realm)}.`
      : `Into realm ${realmPath(realm)}:`,
    ...(plan === undefined ? text.split('\n').slice(1) : [text]),
    ...findingLines(plan?.findings ?? []),
    ...(stays.length === 0 ? [] : [`Only on the server, and left alone: ${namesOf(stays)}`]),
  ].join('\n')
}

const maxNames = 10

export function namesOf(items: readonly Item[]): string {
  const names = items.slice(0, maxNames).map(({ kind, name }) => `${kindName(kind)} '${name}'`)
  const more = items.length - names.length
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** In the folder for local files, which readers of exports skip. */
function undoFile(now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[^\dT]/g, '')
  return join('.sidegate', `undo-${time}.json`)
}

/** @returns the file; undefined if nothing is replaced. */
function saveUndo({ replaced }: ToWrite, file: string): string | undefined {
  const { journeys, scripts, customNodeTypes, documents } = replaced
  if (journeys.length + scripts.length + customNodeTypes.length + documents.length === 0) return undefined
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, wholeFile(replaced), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new OperationError(`Nothing was written, because the undo file can't be: ${String(cause)}`, {
      cause,
    })
  }
  return file
}

function doneText({ differences }: ToWrite, undo: string | undefined, { realm, data }: Values): string {
  const added = differences.filter(({ kind, node }) => kind === 'added' && node === undefined)
  const where = `${realm === 'alpha' ? '' : ` --realm ${realm}`}${data === undefined ? '' : ` --data ${data}`}`
  return [
    'Applied.',
    ...(undo === undefined ? [] : [`To restore what was replaced: sidegate apply ${undo}${where}`]),
    ...(added.length === 0 || undo === undefined
      ? []
      : [`That leaves what is new: ${namesOf(added.map(({ item }) => item))}`]),
  ].join('\n')
}
