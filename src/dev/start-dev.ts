import { isAbsolute, relative } from 'node:path'
import type { Logger } from 'pino'
import { readServerInfo } from '../../contract/server.ts'
import { OperationError } from '../base/errors.ts'
import { auditedWrites } from '../http/audit/audited-writes.ts'
import { isStaffAccess } from '../http/guards/rights.ts'
import type { Route } from '../http/route.ts'
import { randomToken } from '../secrets/digest.ts'
import { configurationOf, openProject, type Project, projectFile } from '../testing/project/project.ts'
import { walkFilePattern } from '../testing/project/walk-files.ts'
import { WatchedFolder } from '../testing/watched-folder.ts'
import { DevPeople, peopleOfWalks } from './dev-people.ts'
import { devRoutes } from './dev-routes.ts'
import { type DevServer, startDevServer } from './dev-server.ts'
import { DevSettings } from './dev-settings.ts'
import { Messages } from './messages.ts'
import { TwoWaySync } from './sync/two-way-sync.ts'
import { WalkRuns } from './walk-runs.ts'

export type DevOptions = {
  folder: string
  /** 0: a free one. */
  port: number
  log: Logger
  /** Prints a line about what has changed. */
  say(text: string): void
  /** Secrets that walks name. */
  environment: Readonly<Record<string, string | undefined>>
  /** Ends the watching of files. */
  signal: AbortSignal
}

/** A running server with the journeys of a project. */
export type Dev = {
  project: Project
  /** URL of the server, without a path. */
  url: string
  people: readonly string[]
  /** Of all people and of the administrator. */
  password: string
  server: DevServer
  sync: TwoWaySync
  walks: WalkRuns
  messages: Messages
  close(): Promise<void>
}

/**
 * Starts a server for a project, and keeps its journeys and the files equal until it is closed.
 * @throws OperationError for a project that can't be read or imported, or a port in use.
 */
export async function startDev(options: DevOptions): Promise<Dev> {
  const closing = new AbortController()
  const ending = AbortSignal.any([options.signal, closing.signal])
  const messages = new Messages(options.say)
  const onUnwatched = (problem: string) => messages.replace('watch', [problem])
  // Before anything is read, so that no change is missed.
  const watched = new WatchedFolder(options.folder, ending, onUnwatched)
  try {
    const project = openProject(options.folder)
    const parts = await startParts(options, project, messages)
    const following = follow(watched, ending, messages, (files) => takeOver(options.folder, parts, files))
    const { server, sync, walks, password, people } = parts
    return {
      ...{ project, messages, password, server, sync, walks },
      url: server.app.url.replace('127.0.0.1', 'localhost').replace(/\/am$/, ''),
      people: people.names,
      async close() {
        closing.abort()
        await walks.close()
        await following
        await sync.settled()
        await closed(server)
      },
    }
  } catch (error) {
    closing.abort()
    throw error
  }
}

type Parts = {
  server: DevServer
  sync: TwoWaySync
  walks: WalkRuns
  settings: DevSettings
  people: DevPeople
  /** What `${…}` can name in people. */
  values: Parameters<typeof peopleOfWalks>[1]
  password: string
  messages: Messages
}

async function startParts(
  { folder, port, log, say, environment }: DevOptions,
  project: Project,
  messages: Messages,
): Promise<Parts> {
  const { realm, bundle } = project
  const synced = { folder, realm, sources: sourcesIn(folder) }
  const password = `Made-Up-${randomToken(9)}`
  const people = new DevPeople(realm, password)
  // `${made}` is a value that nobody knows, such as a key.
  const values = { kept: { made: randomToken(16) }, secrets: environment }
  const walks = new WalkRuns({ folder, environment }, say)
  let sync: TwoWaySync | undefined
  const panel = { allowedHosts: project.settings.allow, sync: () => sync, messages, walks }
  const onWrite = () => void sync?.changed()
  const server = await startDevServer({
    ...{ project, password, port, log },
    populate: async (parts) => people.create((await peopleOfWalks(project, values)).people, parts),
    changeRoutes: (routes, { auditBook }, dev) => [
      ...routes.map((route) => withMark(withNotice(route, onWrite))),
      ...auditedWrites(devRoutes({ ...dev, ...panel }), { auditBook }),
    ],
  })
  try {
    const { stores, checkScript, realms } = server.parts
    const now = server.clock.now
    sync = await TwoWaySync.begin(synced, { stores, checkScript, now }, { messages, imported: bundle })
    const settings = new DevSettings(folder, project, { ...server, realms }, messages)
    return { server, sync, walks, settings, people, values, password, messages }
  } catch (error) {
    await closed(server)
    throw error
  }
}

async function closed({ clock, app }: DevServer): Promise<void> {
  clock.stop()
  await app.close()
}

/** Calls back at once, and with the files of each change until the signal. */
async function follow(
  watched: WatchedFolder,
  signal: AbortSignal,
  messages: Messages,
  onChange: (files: readonly string[] | undefined) => Promise<void>,
): Promise<void> {
  let files: readonly string[] | undefined
  while (!signal.aborted) {
    try {
      if (files === undefined || files.length > 0) await onChange(files)
      messages.replace('change', [])
    } catch (error) {
      messages.replace('change', [`A change could not be used: ${String(error)}. The next one tries again.`])
    }
    files = await watched.next()
  }
}

/** Lets the server, the people and the walks follow a change. @param files undefined at the start. */
async function takeOver(
  folder: string,
  { server, sync, walks, settings, people, values, messages }: Parts,
  files: readonly string[] | undefined,
): Promise<void> {
  await settings.changed()
  walks.run(files)
  await sync.changed()
  const isOfWalks = (file: string) => walkFilePattern.test(file) || relative(folder, file) === projectFile
  if (files === undefined || files.some(isOfWalks)) {
    await people.changed(await peopleOfWalks({ folder, settings: settings.used }, values), server, messages)
  }
}

/** @throws OperationError for configuration outside of the folder, whose changes would not be seen. */
function sourcesIn(folder: string): readonly string[] {
  const { sources } = configurationOf(folder)
  for (const source of sources) {
    const way = relative(folder, source)
    if (way.startsWith('..') || isAbsolute(way)) {
      throw new OperationError(
        `${source} is outside of ${folder}: sidegate dev keeps only files below the folder in sync`,
      )
    }
  }
  return sources
}

/** Tells when staff has written something, whatever it was. */
function withNotice(route: Route, onWrite: () => void): Route {
  if (route.method === 'GET' || !isStaffAccess(route.access)) return route
  return {
    ...route,
    async handle(call) {
      try {
        return await route.handle(call)
      } finally {
        onWrite()
      }
    },
  }
}

/** Tells the console that this server has a panel. */
function withMark(route: Route): Route {
  if (route.path !== readServerInfo.path) return route
  return {
    ...route,
    async handle(call) {
      const reply = await route.handle(call)
      return 'body' in reply && typeof reply.body === 'object'
        ? { ...reply, body: { ...reply.body, isDev: true } }
        : reply
    },
  }
}
