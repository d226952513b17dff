import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { type Dev, startDev } from '../dev/start-dev.ts'
import { projectFolderOf, shownPath } from '../testing/project/project.ts'
import { aborted, untilInterrupted } from './interrupted.ts'
import { portOf } from './port.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = { port: { type: 'string', default: '8080' } } as const

/** Journeys that are listed with their addresses. */
const maxListed = 20

/**
 * `sidegate dev [FOLDER]`: runs a server with the journeys of a project until the signal.
 * @param signal ends it. Default: Ctrl+C, or the end of the process.
 * @param onReady called with the running server.
 * @throws OperationError for a project that can't be read or imported, or a port in use.
 */
export async function devCommand(
  args: string[],
  terminal: Terminal,
  signal?: AbortSignal,
  onReady: (dev: Dev) => void = () => {},
): Promise<void> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [folder = '.', ...more] = positionals
  if (more.length > 0) throw new UsageError('dev needs one folder')
  const port = portOf(values.port)
  const { HOST: host = '127.0.0.1' } = terminal.environment
  if (host !== '127.0.0.1' && host !== 'localhost') {
    throw new UsageError(
      `sidegate dev listens on 127.0.0.1 only, not on HOST=${host}: its people and passwords are made up`,
    )
  }
  await untilInterrupted(signal, async (ended) => {
    const dev = await startDev({
      folder: projectFolderOf(folder),
      port,
      log: pino({ level: terminal.environment.SIDEGATE_LOG_LEVEL ?? 'error' }, pino.destination(2)),
      environment: terminal.environment,
      say: (text) => terminal.print(text),
      signal: ended,
    })
    if (!ended.aborted) terminal.print(greeting(dev))
    onReady(dev)
    await aborted(ended)
    await dev.close()
  })
}

function greeting({ project, url, people, password }: Dev): string {
  const { bundle, folder, realm } = project
  const journeys = bundle.journeys.map(({ _id }) => _id).toSorted()
  const more = journeys.length - maxListed
  const query = (journey: string) =>
    new URLSearchParams({ realm, authIndexType: 'service', authIndexValue: journey })
  const width = Math.max(...journeys.slice(0, maxListed).map(({ length }) => length))
  return [
    `Sidegate runs the journeys of ${folder === process.cwd() ? 'this folder' : shownPath(folder)}. Its data ends with it.`,
    `  console   ${url}/console/?realm=${encodeURIComponent(realm)}`,
    `  panel     ${url}/console/dev?realm=${encodeURIComponent(realm)}`,
    `  amadmin   ${password}`,
    ...(people.length === 0 ? [] : [`  people    ${people.join(', ')}, with the same password`]),
    '',
    ...journeys.slice(0, maxListed).map((name) => `  ${name.padEnd(width)}  ${url}/am/XUI/?${query(name)}`),
    ...(more > 0 ? [`  and ${more} more: the console lists them`] : []),
    '',
    'Saved files go to the server. Journeys go into the files when you publish them in the console, everything else when you save it.',
    'Press Ctrl+C to end.',
  ].join('\n')
}
