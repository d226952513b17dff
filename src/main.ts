import { parseArgs } from 'node:util'
import { systemNow } from './base/clock.ts'
import { OperationError } from './base/errors.ts'
import type { Terminal } from './cli/target.ts'
import { parsing, UsageError } from './cli/usage-error.ts'
import { type Config, readConfig } from './config.ts'
import { startApp } from './server/app.ts'
import { logFormat, makeLog } from './server/log.ts'
import { stopOnSignal } from './server/signals.ts'
import { packageVersion } from './server/version.ts'
import { checkWorkers, isStartReporter, isWorker, runWorkers } from './server/workers.ts'

const usage = `Usage: sidegate serve [--workers N]
       sidegate migrate
       sidegate backup FILE
       sidegate restore FILE
       sidegate import PATH… [--realm alpha] [--from REALM-IN-FILES] [--dry-run] [--without-dependencies] [--existing skip] [--data DIR]
       sidegate export JOURNEY… [--realm alpha] [--out DIR|FILE.json] [--data DIR]
       sidegate diff A B [--journey NAME] [--lines] [--json] [--realm alpha] [--from REALM-IN-FILES] [--data DIR]
       sidegate plan PATH [--journey NAME] [--lines] [--realm alpha] [--from REALM-IN-FILES] [--data DIR]
       sidegate apply PATH [--verified] [--journey NAME] [--undo FILE] [--realm alpha] [--from REALM-IN-FILES] [--data DIR]
       sidegate pull [FOLDER] [--journey NAME] [--dry-run] [--realm alpha] [--from REALM-IN-FILES] [--data DIR]
       sidegate lint PATH… [--realm alpha] [--sarif FILE] [--json]
       sidegate lint [JOURNEY…] [--realm alpha] [--json] [--data DIR]
       sidegate init [--from FILE|FOLDER] [--realm alpha] [--budget REQUESTS]
       sidegate test [PATH…] [-t NAME] [--watch] [--shard 1/4] [--last-failed] [--shuffle] [--seed N] [--trace] [--junit FILE] [--coverage] [--min outcomes=90]
                     [--pass-with-no-tests] [--engine vendor|server] [--changed REF] [--lcov FILE] [--coverage-json FILE]
       sidegate test [PATH…] --at URL|TARGET [--both] [--provision] [--strict] [--real-time] [--clean] [--agreement FILE]
       sidegate mutate [PATH…] [-t NAME] [--journey NAME] [--changed REF] [--sample 200] [--min 80] [--json FILE]
                     [--engine vendor|server]
       sidegate explore [JOURNEY] [--budget 20s] [--write]
       sidegate record JOURNEY --at URL | --har FILE | --from-logs FILE
       sidegate show-trace FILE [--html FILE] [--port N]
       sidegate schema [FOLDER] [--settings] [--out FILE]
       sidegate dev [FOLDER] [--port 8080]
       sidegate audit verify [--data DIR] [--head SEQUENCE:HASH]
       sidegate rotate-keys [--data DIR]
       sidegate --version

  serve   run the server; with --workers, in several processes that share a PostgreSQL database
  migrate update the database to this version, as every start does
  backup  write the database to a file, also while servers use it
  restore load a backup into a new database, SQLite or PostgreSQL
  import  read export files and folders, show the plan, and import all of it or nothing
  export  write journeys with everything that they need
  diff    show what differs between two files or folders, or a file or folder and 'server'
  plan    show what apply would write, dependencies first
  apply   write what differs from the server, all of it or nothing, and save what is replaced
  pull    write what differs on the server into the files of a folder, in the form that they have
  lint    list problems of journeys: in files and folders, or on a server, of all journeys of the realm if none is named
  init    make the current folder a project: an export, or the samples, with generated tests
  test    run the walks of a project's journeys, without a server; with --at, on a server, and with --both compare them
  mutate  change journeys in memory, one thing at a time, and print the changes that no walk notices
  explore play journeys without tests: report dead ends, errors and what can't be reached; --write keeps the walks
  record  write walks from what happens: through a proxy in front of a server, or from a browser's HAR file or AM's logs
  show-trace  show what a walk did: its nodes, state, emails and calls; --html writes the page to a file
  schema  print the JSON Schema of walk files or of sidegate.yaml, for editors
  dev     run a server with the journeys of a project, and keep its files and the console in sync
  audit   verify that the audit trail is unchanged
  rotate-keys  create new keys for sealing and signing; encrypt them with SIDEGATE_NEW_MASTER_KEY if it is set

import, export, diff, plan, apply, pull, lint of journeys, audit and rotate-keys call the server at SIDEGATE_URL as its administrator
(SIDEGATE_ADMIN_PASSWORD). With --data they use the data folder of a stopped server, and DATABASE_URL if it is set. serve, migrate,
backup and restore use the configured database. The exit status is 1 if nothing was done or a problem was found, and 2 for an invalid
command or unreadable files. diff and plan end with 0 if nothing differs, 1 if something does, and 2 if they can't tell.

Settings are environment variables; docs/settings.md lists them.`

type Hooks = {
  /** Called once the server listens. */
  onReady(): void
}

const terminal: Terminal = {
  print: (text) => console.log(text),
  warn: (text) => console.error(text),
  // Back to the start of the line, which is cleared.
  progress: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\u001B[K${text}`) : undefined,
  environment: process.env,
}

/** @returns the exit status, or whether all went well. Without an answer, it did. */
type Command = (args: string[], terminal: Terminal) => unknown

/** A command that works on the configured database, and says what it did. */
function onDatabase(command: (args: string[], config: Config) => Promise<string>): Command {
  return async (args) => console.log(await command(args, readConfig(process.env)))
}

/** Loaded on demand: a server needs none of them. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  migrate: async () => onDatabase((await import('./cli/migrate-command.ts')).migrateCommand),
  backup: async () => onDatabase((await import('./cli/backup-command.ts')).backupCommand),
  restore: async () => onDatabase((await import('./cli/backup-command.ts')).restoreCommand),
  import: async () => (await import('./cli/import-command.ts')).importCommand,
  export: async () => (await import('./cli/export-command.ts')).exportCommand,
  diff: async () => (await import('./cli/diff-command.ts')).diffCommand,
  plan: async () => (await import('./cli/apply-command.ts')).planCommand,
  apply: async () => {
    const { applyCommand } = await import('./cli/apply-command.ts')
    return (args) => applyCommand(args, terminal, systemNow())
  },
  pull: async () => (await import('./cli/pull-command.ts')).pullCommand,
  lint: async () => (await import('./cli/lint.ts')).lintCommand,
  init: async () => (await import('./cli/init-command.ts')).initCommand,
  test: async () => (await import('./cli/test-command.ts')).testCommand,
  mutate: async () => (await import('./cli/mutate-command.ts')).mutateCommand,
  explore: async () => (await import('./cli/explore-command.ts')).exploreCommand,
  record: async () => (await import('./cli/record-command.ts')).recordCommand,
  'show-trace': async () => (await import('./cli/show-trace-command.ts')).showTraceCommand,
  schema: async () => (await import('./cli/schema-command.ts')).schemaCommand,
  dev: async () => (await import('./cli/dev-command.ts')).devCommand,
  audit: async () => (await import('./cli/audit-command.ts')).auditCommand,
  'rotate-keys': async () => (await import('./cli/rotate-keys.ts')).rotateKeysCommand,
}

/** The command line. Errors end the process with one sentence and status 1 or 2. */
export async function main(args: readonly string[], hooks: Hooks): Promise<void> {
  const [name = 'serve', ...rest] = args
  try {
    if (name === 'serve') await serveCommand(rest, hooks)
    else if (name === 'help' || name === '--help') console.log(usage)
    else if (name === '--version') console.log(packageVersion())
    else await run(name, rest)
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    console.error(error.message)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

async function run(name: string, args: string[]): Promise<void> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) throw new UsageError(`Unknown command '${[name, ...args].join(' ')}'\n\n${usage}`)
  const command = await load()
  const result = await command(args, terminal)
  if (typeof result === 'number') process.exitCode = result
  else if (result === false) process.exitCode = 1
}

/** Runs one server, or the primary process of several workers. */
async function serveCommand(args: readonly string[], hooks: Hooks): Promise<void> {
  const options = { workers: { type: 'string' } } as const
  const { values } = parsing(() => parseArgs({ args: [...args], options }))
  const config = readConfig(process.env)
  if (values.workers === undefined || isWorker()) return serve(config, hooks)
  checkWorkers(Number(values.workers), config.databaseUrl)
  process.exitCode = await runWorkers(Number(values.workers))
}

async function serve(config: Config, hooks: Hooks): Promise<void> {
  const log = await makeLog(config.logLevel, logFormat(config.logFormat, process.stderr.isTTY))
  const starting = startApp(config, log)
  stopOnSignal(async () => (await starting).close(), config.stopSeconds, log)
  const app = await starting
  if (isStartReporter() || app.generatedPassword !== undefined) {
    console.log(greeting(app.url, config, app.generatedPassword))
  }
  hooks.onReady()
}

/** The only place that shows the generated password. */
function greeting(
  url: string,
  { dataFolder, staffUrl, withSamples }: Config,
  password: string | undefined,
): string {
  const lines = [
    `Sidegate listens at ${url}`,
    `  desk     ${new URL('/desk/', staffUrl ?? url)}`,
    `  console  ${new URL('/console/', staffUrl ?? url)}`,
    `  sign-in  ${url}/XUI/${withSamples ? '?realm=/alpha' : ''}`,
    `  health   ${url}/json/health/ready`,
    `  data     ${dataFolder}`,
  ]
  if (password !== undefined) {
    lines.push('', `  Administrator: amadmin, password: ${password}`, '  Keep it: it is not shown again.')
  }
  return lines.join('\n')
}
