import { existsSync, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemNow } from '../base/clock.ts'
import { counted } from '../base/counted.ts'
import { suggestion } from '../base/suggestion.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { openProject, type Project, projectFolderOf, shownPath } from '../testing/project/project.ts'
import type { CompletedWalk } from '../testing/record/completed-walk.ts'
import { readHar } from '../testing/record/har.ts'
import { readLogEvents, walksFromLogs } from '../testing/record/log-events.ts'
import { Recorder } from '../testing/record/recorder.ts'
import { RecordingProxy } from '../testing/record/recording-proxy.ts'
import { writeDrafts } from '../testing/record/written-drafts.ts'
import { targetOf } from '../testing/remote/targets.ts'
import { WorldHosts } from '../testing/world/world-host.ts'
import { aborted, untilInterrupted } from './interrupted.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  at: { type: 'string' },
  har: { type: 'string' },
  'from-logs': { type: 'string' },
} as const

/** Larger files don't fit into memory several times. */
const maxFileBytes = 200 * 1024 * 1024

type Running = { project: Project; journey: string; terminal: Terminal }

/**
 * `sidegate record JOURNEY --at URL | --har FILE | --from-logs FILE`: writes walks from what happened.
 * @param signal ends a recording. Default: Ctrl+C, or the end of the process.
 * @returns false if nothing was written.
 * @throws OperationError for a target that is refused and files that can't be read.
 */
export async function recordCommand(
  args: string[],
  terminal: Terminal,
  { folder = '.', signal }: { folder?: string; signal?: AbortSignal } = {},
): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [journey, ...others] = positionals
  const { at, har, 'from-logs': logs } = values
  const given = [at, har, logs].filter((each) => each !== undefined)
  if (journey === undefined || others.length > 0 || given.length !== 1) {
    throw new UsageError('Name one journey, and one of --at URL, --har FILE and --from-logs FILE')
  }
  const project = openProject(projectFolderOf(folder))
  const running = { project, journey, terminal }
  const names = project.bundle.journeys.map(({ _id }) => _id)
  if (!names.includes(journey)) {
    terminal.warn(
      `The project has no journey '${journey}'${suggestion(journey, names) || '.'} Its walks can't be played here.`,
    )
  }
  if (at !== undefined) return untilInterrupted(signal, (ended) => recordAt(at, running, ended))
  if (har !== undefined) return recordHar(har, running)
  return recordLogs(logs ?? '', running)
}

async function recordAt(given: string, running: Running, signal: AbortSignal): Promise<boolean> {
  const { origin, context } = targetOf(given, running.project.settings.targets)
  return withRecorder(running, async (recorder) => {
    const proxy = await RecordingProxy.start({
      origin,
      now: systemNow,
      onExchange: (exchange) => recorder.hear(exchange),
      onProblem: (problem) => running.terminal.warn(problem),
    })
    const query = new URLSearchParams({
      realm: running.project.realm,
      authIndexType: 'service',
      authIndexValue: running.journey,
    })
    running.terminal.print(
      [
        `Recording ${running.journey} of ${origin}. Ctrl+C ends the recording.`,
        `  browser  ${proxy.url}${context}/XUI/?${query}`,
        `  SDK      ${proxy.url}${context}`,
      ].join('\n'),
    )
    await aborted(signal)
    await proxy.close()
  })
}

function recordHar(file: string, running: Running): Promise<boolean> {
  const exchanges = readHar(shownPath(file), contentOf(file))
  return withRecorder(running, async (recorder) => {
    for (const exchange of exchanges) recorder.hear(exchange)
  })
}

/** @returns whether a walk was written. */
async function withRecorder(
  { project, journey, terminal }: Running,
  work: (recorder: Recorder) => Promise<void>,
): Promise<boolean> {
  const hosts = new WorldHosts()
  try {
    const recorder = new Recorder({
      project,
      journey,
      hosts,
      onWritten: ({ file, walk }) => terminal.print(writtenText(file, walk)),
    })
    await work(recorder)
    const count = await recorder.finish()
    for (const line of unrecordedTexts(recorder, count, journey)) terminal.warn(line)
    return count > 0
  } finally {
    await hosts.close()
  }
}

function writtenText(file: string, { walk, passes, reason, secrets }: CompletedWalk): string {
  const names = Object.keys(secrets).map((name) => `\${secret:${name}}`)
  return [
    `wrote ${shownPath(file)}  ${walk.it}`,
    ...(passes ? [] : [`  It does not pass here: ${reason ?? 'it differs'}. Complete it.`]),
    ...(names.length === 0
      ? []
      : [`  It needs ${names.join(', ')}: set environment variables of these names.`]),
  ].join('\n')
}

function unrecordedTexts({ unrecorded }: Recorder, count: number, journey: string): string[] {
  const { otherJourneys, otherRealms, unreadable, strays } = unrecorded
  const other = otherJourneys.length === 0 ? '' : ` Others were used: ${otherJourneys.join(', ')}.`
  return [
    ...(count === 0 ? [`Nothing was recorded: no client used the journey ${journey}.${other}`] : []),
    ...(strays === 0 ? [] : [`${strays} requests belong to journeys that began before the recording.`]),
    ...(otherRealms === 0 ? [] : [`${otherRealms} requests were for other realms.`]),
    ...(unreadable === 0
      ? []
      : [
          `${unreadable} requests have no readable bodies. Save a HAR file with content while the network tools are open.`,
        ]),
  ]
}

function recordLogs(file: string, { project, journey, terminal }: Running): boolean {
  const { journeys } = project.bundle
  const types = new Map(
    journeys.flatMap(({ nodes }) =>
      Object.entries(nodes).flatMap(([id, { displayName, nodeType }]) => [
        [id, nodeType] as const,
        [displayName, nodeType] as const,
      ]),
    ),
  )
  const walks = walksFromLogs(readLogEvents(shownPath(file), contentOf(file)), {
    journey,
    realm: project.realm,
    sendsCallbacks(node) {
      const type = types.get(node) ?? ''
      return type === 'PageNode' || nodeTypeNamed(type)?.callbacks !== undefined
    },
  })
  if (walks.length === 0) {
    terminal.warn(
      `Nothing was recorded: the events have no AM-NODE-LOGIN-COMPLETED of the journey ${journey}.`,
    )
    return false
  }
  const written = writeDrafts(project, journey, walks)
  terminal.print(`wrote ${shownPath(written)}  ${counted(walks.length, 'path')}`)
  terminal.print('  Replace each TODO by the answers: logs do not contain them.')
  return true
}

/** @throws UsageError for a file that can't be read. */
function contentOf(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`${path}: no such file`)
  if (statSync(path).size > maxFileBytes) throw new UsageError(`${path}: is larger than 200 MB`)
  return readFileSync(path, 'utf8')
}
