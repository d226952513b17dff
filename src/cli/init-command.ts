import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Document } from 'yaml'
import { counted } from '../base/counted.ts'
import { OperationError } from '../base/errors.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { placesOf } from '../journeys/exchange/places.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { madeUpTemplates } from '../testing/explore/made-up-templates.ts'
import {
  type Project,
  projectFile,
  projectSchema,
  refuseCopies,
  shownPath,
} from '../testing/project/project.ts'
import { WorldHosts } from '../testing/world/world-host.ts'
import { draftTests } from './init-tests.ts'
import { interrupted, untilInterrupted } from './interrupted.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  from: { type: 'string' },
  realm: { type: 'string', default: 'alpha' },
  budget: { type: 'string', default: '400' },
  changes: { type: 'string', default: '400' },
} as const

/** What the export lacks and the journeys need. */
const madeUpFile = 'made-up.emailTemplate.json'

/** Files and folders that are never part of a configuration. */
const notCopied = /^(node_modules|\..*)$/

/**
 * `sidegate init`: makes the current folder a project with tests. Everything is written at the end, or nothing.
 * @returns the exit status.
 * @throws OperationError naming files that are in the way, or an export that can't be read. Nothing is written then.
 */
export async function initCommand(
  args: string[],
  terminal: Terminal,
  folder = process.cwd(),
  signal?: AbortSignal,
): Promise<number> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [extra] = positionals
  if (extra !== undefined)
    throw new UsageError(`init works in the current folder. Use --from ${extra} to copy an export into it.`)
  const { from, realm } = values
  const requests = requestsOf(values.budget)
  const changes = changesOf(values.changes)
  if (from === undefined) return initFromTemplate(folder, terminal)
  if (!existsSync(from)) throw new OperationError(`${from}: file or folder not found`)
  const configuration = configurationFor(folder, resolve(from))
  refuseExisting(folder, [projectFile, 'tests', ...(configuration.isCopied ? [configuration.path] : [])])
  const project = projectOf(folder, { from, realm, configuration: configuration.path })
  const templates = madeUpTemplates(project.bundle)
  project.bundle.documents.push(...templates)
  const added = templates.length === 0 ? [] : [madeUpFile]
  refuseExisting(folder, added)
  terminal.print(`Reading ${shownPath(from)} …`)
  const files = await untilInterrupted(signal, (ended) =>
    testsUnless(ended, project, { requests, changes, terminal }),
  )
  if (files === undefined) {
    terminal.warn('Interrupted: nothing was written. Run the command again for the same result.')
    return interrupted
  }
  allOrNothing(folder, (write) => {
    if (configuration.isCopied) write(configuration.path, (to) => copyExport(resolve(from), to))
    write(projectFile, settingsText(realm, [configuration.path, ...added]))
    for (const name of added) write(name, templatesText(templates))
    for (const [name, text] of [...files, ...missingFiles(folder)]) write(name, text)
  })
  if (added.length > 0) {
    const names = templates.map(({ id }) => id).join(', ')
    terminal.print(`The export lacks email templates, so made-up ones are in ${madeUpFile}: ${names}`)
  }
  for (const { count, other, command } of otherRealms(from, project.bundle, project.realm))
    terminal.warn(`${count} of realm ${other} left out. In another folder: ${command}`)
  const unreadable = project.bundle.findings.filter(({ kind }) => kind === 'unreadable').length
  if (unreadable > 0)
    terminal.warn(
      `${counted(unreadable, 'thing')} in the files can't be read: npx sidegate lint . names each`,
    )
  terminal.print(nextSteps(configuration.path))
  return 0
}

/** The journeys that the same files have for other realms. */
function otherRealms(from: string, { realms = [] }: Bundle, realm: string) {
  const others = realms.filter((other) => realmPath(other) !== realm)
  return others.flatMap((other) => {
    const { length } = readFiles([from], { realm: realmPath(other) }).journeys
    const command = `npx sidegate init --from ${shownPath(from)} --realm ${other}`
    return length === 0 ? [] : [{ count: counted(length, 'journey'), other, command }]
  })
}

function requestsOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new UsageError(`--budget must be a number of requests for each journey, such as 400, not '${text}'`)
}

function changesOf(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new UsageError(`--changes must be a number of changes to try, such as 400, not '${text}'`)
}

/** @returns undefined if it was interrupted. */
async function testsUnless(
  signal: AbortSignal,
  project: Project,
  given: { requests: number; changes: number; terminal: Terminal },
): Promise<ReadonlyMap<string, string> | undefined> {
  const hosts = new WorldHosts()
  try {
    return await draftTests(project, { ...given, hosts, signal })
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    await hosts.close()
  }
}

/** The project as it will be. @throws OperationError for an export that can't be read or has no journeys. */
function projectOf(
  folder: string,
  { from, realm, configuration }: { from: string; realm: string; configuration: string },
): Project {
  const path = realmPath(realm)
  const bundle = readFiles([from], { realm: path })
  if (bundle.journeys.length === 0) {
    const others = otherRealms(from, bundle, path)
    const choices = others.map(({ count, other, command }) => `${count} of realm ${other}: ${command}`)
    const where = others.length === 0 ? '' : ` of realm ${realm}`
    throw new OperationError([`${from} contains no journeys${where}`, ...choices].join('\n'))
  }
  refuseCopies(bundle, 'Use --from with')
  const settings = projectSchema.parse({ realm, configuration: [configuration], tests: ['tests'] })
  const places = placesOf([from], { realm: path })
  return { folder, settings: { ...settings, settings: {} }, realm: path, bundle, places }
}

/** Writes a file with a text, or with a function that gets its path. The name is relative to the folder. */
type Write = (name: string, content: string | ((path: string) => void)) => void

/** Removes everything that was created if it can't all be written. @throws OperationError naming the file. */
function allOrNothing(folder: string, work: (write: Write) => void): void {
  const created: string[] = []
  let current = folder
  try {
    work((name, content) => {
      current = join(folder, name)
      const path = firstMissing(current)
      // A link that leads nowhere exists, too.
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) created.push(path)
      mkdirSync(dirname(current), { recursive: true })
      if (typeof content === 'string') writeFileSync(current, content)
      else content(current)
    })
  } catch (error) {
    for (const path of created) rmSync(path, { recursive: true, force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperationError(`${shownPath(current)} can't be written, so nothing was: ${reason}`, {
      cause: error,
    })
  }
}

/** The path, or the topmost folder above it that does not exist yet. */
function firstMissing(path: string): string {
  const above = dirname(path)
  return existsSync(above) ? path : firstMissing(above)
}

/** Where the configuration will be: an export inside the folder stays where it is. */
function configurationFor(folder: string, from: string): { path: string; isCopied: boolean } {
  const inside = relative(folder, from)
  if (inside === '') return { path: '.', isCopied: false }
  if (!inside.startsWith('..')) return { path: inside, isCopied: false }
  return {
    path: statSync(from).isDirectory() ? 'configuration' : join('journeys', basename(from)),
    isCopied: true,
  }
}

function copyExport(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, filter: (path) => path === from || !notCopied.test(basename(path)) })
}

/** @throws OperationError naming what exists. */
function refuseExisting(folder: string, paths: readonly string[]): void {
  const existing = paths.filter((path) => existsSync(join(folder, path)))
  if (existing.length === 0) return
  throw new OperationError(
    `${existing.join(', ')} exist${existing.length === 1 ? 's' : ''} already. init overwrites nothing: use an empty folder, or move ${existing.length === 1 ? 'it' : 'them'} away.`,
  )
}

function settingsText(realm: string, configuration: readonly string[]): string {
  const document = new Document({ realm, configuration, tests: ['tests'] })
  document.commentBefore =
    ' A Sidegate project: journeys and their tests. docs/journeys-as-code.md lists all members.'
  return document.toString()
}

/** In the form of frodo's exports. */
function templatesText(templates: Bundle['documents']): string {
  const entries = templates.map(({ id, document }) => [id, document])
  return `${JSON.stringify({ emailTemplate: Object.fromEntries(entries) }, null, 2)}\n`
}

/** Files that are written only if there are none. */
function missingFiles(folder: string): [string, string][] {
  const files: Readonly<Record<string, string>> = {
    '.gitignore': 'node_modules/\n.sidegate/\n',
    'package.json': `${JSON.stringify({ private: true, scripts: { test: 'sidegate test' } }, null, 2)}\n`,
  }
  return Object.entries(files).filter(([name]) => !existsSync(join(folder, name)))
}

function nextSteps(configuration: string): string {
  return [
    '',
    `The journeys are in ${configuration}, their tests in tests/. The tests were generated from what the journeys do now:`,
    'read them, correct what is wrong, and remove `generated: true` from those that you keep.',
    '',
    '  npx sidegate test             run the tests',
    '  npx sidegate explore          look for dead ends and unreachable outcomes',
    '  npx sidegate lint .           check the configuration',
  ].join('\n')
}

/** Makes the samples a project of the user. */
function initFromTemplate(folder: string, terminal: Terminal): number {
  const template = join(import.meta.dirname, '..', '..', 'samples')
  const names = readdirSync(template).filter((name) => !notCopied.test(name))
  refuseExisting(folder, names)
  allOrNothing(folder, (write) => {
    for (const name of names) write(name, (to) => cpSync(join(template, name), to, { recursive: true }))
    for (const [name, text] of missingFiles(folder)) write(name, text)
  })
  terminal.print(nextSteps('.'))
  return 0
}
