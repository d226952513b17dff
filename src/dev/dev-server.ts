import type { Logger } from 'pino'
import { readConfig } from '../config.ts'
import type { Route } from '../http/route.ts'
import type { MailTransport } from '../outbox/transport.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { type App, type OpenApp, startApp } from '../server/app.ts'
import { systemOutside } from '../server/outside.ts'
import { type Project, realmSettingsOf } from '../testing/project/project.ts'
import { environmentOf } from '../testing/world/environment.ts'
import { importProject } from '../testing/world/import-project.ts'
import { Mailbox, type SentMail } from '../testing/world/mailbox.ts'
import { worldFolder } from '../testing/world/world-folders.ts'
import { DevCalls } from './dev-calls.ts'
import { DevClock } from './dev-clock.ts'

/** A week. Skipped time must not end the administrator's session. */
const longSessionMinutes = 7 * 24 * 60

export type DevServerOptions = {
  project: Project
  /** Of the administrator. */
  password: string
  /** 0: a free one. */
  port: number
  log: Logger
  /** Adds people. */
  populate(server: Pick<DevServer, 'parts' | 'clock'>): Promise<void>
  changeRoutes(routes: readonly Route[], parts: OpenApp['parts'], dev: DevParts): Route[]
}

/** What replaces the world outside of the server. */
export type DevParts = { clock: DevClock; mails: KeptMails; calls: DevCalls }

export type DevServer = DevParts & {
  app: App
  parts: OpenApp['parts']
  /** Variables and secrets that journeys read. Changes take effect at once. */
  environment: Record<string, string>
}

/**
 * Starts a server on this machine with the journeys of a project, in a new folder, with a clock, mailbox and HTTP of its own.
 * @throws OperationError for a project that can't be imported, or a port in use.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { project, password, port, log } = options
  const clock = new DevClock()
  const dev = { clock, mails: new KeptMails(clock.now), calls: new DevCalls(clock.now) }
  const environment = environmentOf(project.settings.esv)
  dev.calls.use(project.settings.dev.http)
  const outside = {
    ...systemOutside,
    now: clock.now,
    timers: clock,
    environment,
    environmentWins: true,
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
    radiusAllow: allow,
    smtpAllow: allow,
  }
  let opened: OpenApp['parts'] | undefined
  try {
    const app = await startApp(config, log, outside, {
      fill: async (parts) => {
        opened = parts
        await fill(parts, project, clock)
        await options.populate({ parts, clock })
      },
      changeRoutes: (routes, parts) => options.changeRoutes(routes, parts, dev),
    })
    if (opened === undefined) throw new Error('the server was not filled')
    return { ...dev, app, parts: opened, environment }
  } catch (error) {
    clock.stop()
    throw error
  }
}

/** Adds the realm and its journeys. */
async function fill(
  { realms, stores, keyRing, esvChanges }: OpenApp['parts'],
  { folder, realm, bundle, settings }: Project,
  clock: DevClock,
): Promise<void> {
  const root = realmSettingsSchema.parse({
    maxIdleMinutes: longSessionMinutes,
    maxSessionMinutes: longSessionMinutes,
  })
  await realms.save({ path: '/', isActive: true, aliases: [], settings: root })
  // Names the line of an invalid setting.
  realmSettingsOf(folder, settings.settings)
  await importProject({ stores, keyRing }, { realm, bundle, settings: settings.settings, now: clock.now() })
  realms.forget(realm)
  await esvChanges.imported()
}

/** An email, and when it was sent, in epoch milliseconds of the server's clock. */
type KeptMail = SentMail & { number: number; sentAt: number }

/** Older emails are dropped. */
const maxMails = 200

/** Keeps the last emails of a server, and sends none. */
class KeptMails {
  readonly #mailbox = new Mailbox()
  readonly #now: () => number
  #mails: KeptMail[] = []
  #count = 0

  constructor(now: () => number) {
    this.#now = now
  }

  readonly transport: MailTransport = {
    ...this.#mailbox.transport,
    send: async (mail) => {
      await this.#mailbox.transport.send(mail)
      for (const sent of this.#mailbox.all.splice(0)) {
        this.#count += 1
        this.#mails = [{ ...sent, number: this.#count, sentAt: this.#now() }, ...this.#mails].slice(
          0,
          maxMails,
        )
      }
    },
  }

  /** Newest first. */
  get all(): readonly KeptMail[] {
    return this.#mails
  }
}
