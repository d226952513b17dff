import { isAbsolute, relative } from 'node:path'
import type { Logger } from 'pino'
import { readServerInfo } from '../../contract/server.ts'
import { OperationError } from '../errors.ts'
import { auditedWrites } from '../http/audit/audited-writes.ts'
import { isStaffAccess } from '../http/guards/rights.ts'
import type { Route } from '../http/route.ts'
import { randomToken } from '../secrets/digest.ts'
import { configurationOf, openProject, type Project, projectFile } from '../testing/project/project.ts'
import { WatchedFolder } from '../testing/watched-folder.ts'
import { peopleOfWalks } from './dev-people.ts'
import { devRoutes } from './dev-routes.ts'
import { type DevServer, startDevServer } from './dev-server.ts'
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
  close(): Promise<void>
}

/**
 * Starts a server for a project, and keeps its journeys and the files equal until it is closed.
 * @throws OperationError for a project that can't be read or imported, or a port in use.
 */
export async function startDev({ folder, port, log, say, environment, signal }: DevOptions): Promise<Dev> {
  const project = openProject(folder)
  const synced = { folder, realm: project.realm, sources: sourcesIn(folder) }
  const people = await peopleOfWalks(project)
  const password = `Made-Up-${randomToken(9)}`
  let sync: TwoWaySync | undefined
  const walks = new WalkRuns({ folder, environment }, say)
  const onWrite = () => void sync?.changed()
  const server = await startDevServer({
    project,
    people,
    password,
    port,
    log,
    changeRoutes: (routes, { auditBook }, dev) => [
      ...routes.map((route) => withMark(withNotice(route, onWrite))),
      ...auditedWrites(devRoutes({ ...dev, allowedHosts: project.settings.allow, sync: () => sync, walks }), {
        auditBook,
      }),
    ],
  })
  const { stores, checkScript } = server.parts
  const closing = new AbortController()
  const ending = AbortSignal.any([signal, closing.signal])
  const [watched, begun] = await orClosed(
    server,
    closing,
    async (): Promise<[WatchedFolder, TwoWaySync]> => [
      new WatchedFolder(folder, ending),
      await TwoWaySync.begin(synced, { stores, checkScript, now: server.clock.now }, say),
    ],
  )
  sync = begun
  const following = follow(watched, ending, async (files) => {
    if (files.some((file) => relative(folder, file) === projectFile)) useSettings(folder, server, say)
    walks.run(files)
    await sync?.changed()
  })
  walks.run()
  return {
    project,
    url: server.app.url.replace('127.0.0.1', 'localhost').replace(/\/am$/, ''),
    people: Object.keys(people),
    password,
    server,
    sync,
    walks,
    async close() {
      closing.abort()
      await walks.close()
      await following
      await sync?.settled()
      await closed(server)
    },
  }
}

/** Closes everything if the work fails. */
async function orClosed<Value>(
  server: DevServer,
  closing: AbortController,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    closing.abort()
    await closed(server)
    throw error
  }
}

async function closed({ clock, app }: DevServer): Promise<void> {
  clock.stop()
  await app.close()
}

async function follow(
  watched: WatchedFolder,
  signal: AbortSignal,
  onChange: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const files = await watched.next()
    if (files.length > 0) await onChange(files)
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

/** Uses the replies of a changed `sidegate.yaml`. Its other settings need a restart. */
function useSettings(folder: string, { calls }: DevServer, say: (text: string) => void): void {
  try {
    calls.use(configurationOf(folder).settings.dev.http)
    say('sidegate.yaml changed. Its HTTP replies are in use; everything else needs a restart.')
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    say(error.message)
  }
}
