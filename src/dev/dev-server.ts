import type { Logger } from 'pino'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { OperationError } from '../errors.ts'
import type { Route } from '../http/route.ts'
import { importBundle } from '../journeys/exchange/apply.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { type App, type OpenApp, startApp } from '../server/app.ts'
import { systemOutside } from '../server/outside.ts'
import type { Project } from '../testing/project/project.ts'
import type { Person } from '../testing/walk-file.ts'
import { environmentOf } from '../testing/world/environment.ts'
import { People } from '../testing/world/people.ts'
import { worldFolder } from '../testing/world/world-folders.ts'
import { DevCalls } from './dev-calls.ts'
import { DevClock } from './dev-clock.ts'
import { KeptMails } from './kept-mails.ts'

/** A week. Skipped time must not end the administrator's session. */
const longSessionMinutes = 7 * 24 * 60

export type DevServerOptions = {
  project: Project
  people: Readonly<Record<string, Person>>
  /** The password of all people and of the administrator. */
  password: string
  /** 0: a free one. */
  port: number
  log: Logger
  changeRoutes(routes: readonly Route[], parts: OpenApp['parts'], dev: DevParts): Route[]
}

/** What replaces the world outside of the server. */
export type DevParts = { clock: DevClock; mails: KeptMails; calls: DevCalls }

export type DevServer = DevParts & { app: App; parts: OpenApp['parts'] }

/**
 * Starts a server on this machine with the journeys of a project, in a new folder, with a clock, mailbox and HTTP of its own.
 * @throws OperationError for a project that can't be imported, or a port in use.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { project, password, port, log } = options
  const clock = new DevClock()
  const dev = { clock, mails: new KeptMails(clock.now), calls: new DevCalls(clock.now) }
  dev.calls.use(project.settings.dev.http)
  const outside = {
    ...systemOutside,
    now: clock.now,
    timers: clock,
    environment: environmentOf(project.settings.esv),
    mail: () => dev.mails.transport,
    http: (settings: Parameters<DevCalls['client']>[0]) =>
      dev.calls.client(settings, systemOutside.http(settings)),
    reachesPublicHosts: false,
  }
  const { allow } = project.settings
  const config = {
    ...readConfig({}),
    host: '127.0.0.1',
    port,
    dataFolder: worldFolder(),
    adminPassword: password,
    withSamples: false,
    httpAllow: allow,
    ldapAllow: allow,
    smtpAllow: allow,
  }
  let opened: OpenApp['parts'] | undefined
  try {
    const app = await startApp(config, log, outside, {
      fill: async (parts) => {
        opened = parts
        await fill(parts, options, clock)
      },
      changeRoutes: (routes, parts) => options.changeRoutes(routes, parts, dev),
    })
    if (opened === undefined) throw new Error('the server was not filled')
    return { ...dev, app, parts: opened }
  } catch (error) {
    clock.stop()
    throw error
  }
}

/** Adds the realm, its journeys and the people. */
async function fill(
  { realms, stores, ...parts }: OpenApp['parts'],
  { project, people, password }: DevServerOptions,
  clock: DevClock,
): Promise<void> {
  const { realm, bundle, settings } = project
  const root = realmSettingsSchema.parse({
    maxIdleMinutes: longSessionMinutes,
    maxSessionMinutes: longSessionMinutes,
  })
  await realms.save({ path: '/', isActive: true, aliases: [], settings: root })
  const parsed = realmSettingsSchema.safeParse(settings.settings)
  if (!parsed.success) {
    throw new OperationError(`The settings of the realm are invalid:\n${z.prettifyError(parsed.error)}`)
  }
  await realms.save({ path: realm, isActive: true, aliases: [], settings: parsed.data })
  const options = { dependencies: true, existing: 'replace' } as const
  await importBundle(stores, realm, bundle, options, { by: 'null', now: clock.now() })
  const known = Object.entries(people).map(([name, person]): [string, Person] => [
    name,
    Object.assign({}, person, { password }),
  ])
  await new People({ realms, stores, ...parts }, realm, clock).create(Object.fromEntries(known), password)
}
