import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Document } from 'yaml'
import { counted } from '../base/counted.ts'
import { OperationError } from '../base/errors.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { exploreProject } from '../testing/explore/explore-project.ts'
import { walkFileName } from '../testing/explore/walk-file-name.ts'
import { WalkWriter } from '../testing/explore/walk-writer.ts'
import { openProject, type Project, shownPath } from '../testing/project/project.ts'
import { WorldHosts } from '../testing/world/world-host.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  from: { type: 'string' },
  realm: { type: 'string', default: 'alpha' },
} as const

/** Time for exploring all journeys, and for writing their walks. */
const exploreMs = 10_000
const writeMs = 20_000
/** Requests without a new outcome after which a journey is left. */
const patience = 200

/** Files and folders that are never part of a configuration. */
const notCopied = /^(node_modules|\..*)$/

/**
 * `sidegate init`: makes the current folder a project with tests.
 * @throws OperationError naming files that are in the way, or an export that can't be read. Nothing is written then.
 */
export async function initCommand(args: string[], terminal: Terminal, folder = process.cwd()): Promise<void> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [extra] = positionals
  if (extra !== undefined)
    throw new UsageError(`init works in the current folder. Use --from ${extra} to copy an export into it.`)
  const { from, realm } = values
  if (from === undefined) return initFromTemplate(folder, terminal)
  if (!existsSync(from)) throw new OperationError(`${from}: file or folder not found`)
  const configuration = configurationFor(folder, resolve(from))
  refuseExisting(folder, ['sidegate.yaml', 'tests', ...(configuration.isCopied ? [configuration.path] : [])])
  refuseEmpty(from, realm)
  if (configuration.isCopied) copyExport(resolve(from), join(folder, configuration.path))
  writeFileSync(join(folder, 'sidegate.yaml'), settingsText(realm, configuration.path))
  writeMissing(folder)
  terminal.print(`Reading ${shownPath(from)} …`)
  const project = openProject(folder)
  const hosts = new WorldHosts()
  try {
    await writeTests(project, hosts, terminal)
  } finally {
    await hosts.close()
  }
  terminal.print(nextSteps(configuration.path))
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

/** @throws OperationError for an export that can't be read or has no journeys. */
function refuseEmpty(from: string, realm: string): void {
  const { journeys } = readFiles([from], { realm: realmPath(realm) })
  if (journeys.length === 0) throw new OperationError(`${from} contains no journeys`)
}

function settingsText(realm: string, configuration: string): string {
  const document = new Document({ realm, configuration: [configuration], tests: ['tests'] })
  document.commentBefore =
    ' A Sidegate project: journeys and their tests. docs/journeys-as-code.md lists all members.'
  return document.toString()
}

/** Files that are written only if there are none. */
function writeMissing(folder: string): void {
  const files: Readonly<Record<string, string>> = {
    '.gitignore': 'node_modules/\n.sidegate/\n',
    'package.json': `${JSON.stringify({ private: true, scripts: { test: 'sidegate test' } }, null, 2)}\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), text)
  }
}

async function writeTests(project: Project, hosts: WorldHosts, terminal: Terminal): Promise<void> {
  const journeys = project.bundle.journeys.map(({ _id }) => _id)
  const explored = await exploreProject(project, {
    hosts,
    journeys,
    budgetMs: exploreMs,
    patience,
    withStubs: true,
  })
  const writer = new WalkWriter(project, explored.people, hosts)
  const until = performance.now() + writeMs
  const share = writeMs / journeys.length
  try {
    for (const { journey, trails, chosen, stubbed } of explored.journeys) {
      const file = join(project.folder, 'tests', walkFileName(journey))
      const all = [...(chosen.length === 0 ? trails.slice(0, 1) : chosen), ...stubbed]
      const written = await writer.write(
        shownPath(file),
        journey,
        all,
        Math.max(performance.now() + share, until - writeMs),
      )
      if (written === undefined) {
        terminal.warn(`${journey}: no test was written, because each run went another way`)
        continue
      }
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, written.text)
      terminal.print(`  ${shownPath(file)}  ${counted(written.walks, 'walk')}`)
    }
  } finally {
    await writer.close()
  }
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
function initFromTemplate(folder: string, terminal: Terminal): void {
  const template = join(import.meta.dirname, '..', '..', 'samples')
  const names = readdirSync(template).filter((name) => !notCopied.test(name))
  refuseExisting(folder, names)
  for (const name of names) cpSync(join(template, name), join(folder, name), { recursive: true })
  writeMissing(folder)
  terminal.print(nextSteps('.'))
}
