import { rmSync } from 'node:fs'
import { rejectLink } from '../../../contract/backchannel.ts'
import { defined } from '../../engine/defined.ts'
import { type JsonObject, jsonObjectSchema } from '../../engine/json.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { OperationError, RequestError } from '../../errors.ts'
import { endingOf } from '../../help-desk/transactions/transaction-status.ts'
import { eventForClients } from '../../http/help-desk/transactions/transaction-event.ts'
import { personOf } from '../../people/managed-object.ts'
import type { Realm } from '../../realms/realm.ts'
import { stepsOf } from '../../runtime/run-summary.ts'
import { readRun } from '../../runtime/saved-run.ts'
import { createScriptEngine } from '../../sandbox/create-script-engine.ts'
import type { ScriptCoverage } from '../../sandbox/script-coverage.ts'
import type { ScriptEngine } from '../../sandbox/script-engine.ts'
import { digest } from '../../secrets/digest.ts'
import type { OpenApp } from '../../server/app.ts'
import { systemOutside } from '../../server/outside.ts'
import { newSession } from '../../sessions/sessions.ts'
import type { Send } from '../client/journey-client.ts'
import { durationMs, type HttpMock, type Person } from '../walk-file.ts'
import { Mailbox } from './mailbox.ts'
import { MockedHttp } from './mocked-http.ts'
import { copyOf, openWorldApp, type PreparedWorld } from './prepared-world.ts'
import { seededRandom } from './seeded-random.ts'
import { VirtualTime } from './virtual-time.ts'

export type WorldOptions = {
  /** Random values of the world follow from it. */
  seed: string
  people: Readonly<Record<string, Person>>
  mocks: readonly HttpMock[]
  /** Environment variables of scripts and settings. */
  environment: Readonly<Record<string, string>>
  /** Hosts that the world can really reach. */
  allowedHosts: readonly string[]
  /** Its workers run the scripts. */
  scripts: ScriptEngine
  cover?: ScriptCoverage | undefined
}

/** A person with what a walk can refer to, such as `password`. */
export type KnownPerson = Readonly<Record<string, string>>

/** A server of its own for one walk: with its own data, time, mail, HTTP and random values. */
export class World {
  readonly time: VirtualTime
  readonly mailbox: Mailbox
  readonly http: MockedHttp
  readonly people: Readonly<Record<string, KnownPerson>>
  readonly #app: OpenApp
  readonly #folder: string
  readonly #realm: Realm
  #before: ReadonlyMap<string, JsonObject> = new Map()

  private constructor(parts: {
    app: OpenApp
    folder: string
    realm: Realm
    outside: Pick<World, 'time' | 'mailbox' | 'http'>
    people: World['people']
  }) {
    this.#app = parts.app
    this.#folder = parts.folder
    this.#realm = parts.realm
    this.time = parts.outside.time
    this.mailbox = parts.outside.mailbox
    this.http = parts.outside.http
    this.people = parts.people
  }

  /** @throws OperationError naming a person that can't be created. */
  static async open(prepared: PreparedWorld, options: WorldOptions): Promise<World> {
    const time = new VirtualTime(systemOutside.now())
    const mailbox = new Mailbox()
    const http = new MockedHttp(options.mocks)
    const random = seededRandom(options.seed)
    const { environment, allowedHosts } = options
    const outside = {
      ...systemOutside,
      now: time.now,
      timers: time,
      random,
      environment,
      mail: () => mailbox.transport,
      http: (settings: Parameters<MockedHttp['client']>[0]) =>
        http.client(settings, systemOutside.http(settings)),
      reachesPublicHosts: false,
    }
    const scripts = createScriptEngine({
      secrets: environment,
      now: time.now,
      random: random.fraction,
      workersOf: options.scripts,
      ...defined({ cover: options.cover }),
    })
    const folder = copyOf(prepared)
    const app = await openWorldApp(folder, outside, allowedHosts, { scripts, needsRoute: isForClients })
    try {
      await app.server.ready()
      const realm = await app.parts.findRealm(prepared.realm)
      if (realm === undefined) throw new Error(`the prepared world has no realm ${prepared.realm}`)
      const people = await createPeople(app, realm, options, time)
      const world = new World({ app, folder, realm, outside: { time, mailbox, http }, people })
      world.#before = await world.#managedObjects()
      return world
    } catch (error) {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  /** Sends a request inside this process. */
  readonly send: Send = async ({ method, path, headers, body }) => {
    const answer = await this.#app.server.inject({
      method,
      url: path,
      headers: { host: 'localhost', ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    const { location } = answer.headers
    return { status: answer.statusCode, body: answer.body, cookies, location }
  }

  /** Listens on a free port of this machine. @returns the URL, context path included. */
  async listen(): Promise<string> {
    return `${await this.#app.server.listen({ port: 0, host: '127.0.0.1' })}/am`
  }

  /** Sends waiting emails and calls. */
  async settle(): Promise<void> {
    await this.#app.parts.mailOutbox.drain()
    await this.#app.parts.callOutbox.drain()
  }

  /** A session of a person. @returns the session cookie. */
  async signIn(userName: string): Promise<{ name: string; value: string }> {
    const identity = await this.#app.parts.identities.find(this.#realm.path, userName)
    if (identity === undefined) throw new OperationError(`There is no person ${userName} to sign in`)
    const { maxIdleMinutes, maxSessionMinutes, defaultJourney } = this.#realm.settings
    const signIn = {
      realm: this.#realm.path,
      identity,
      journey: defaultJourney,
      authLevel: 0,
      properties: {},
      maxIdleMinutes,
      maxSessionMinutes,
    }
    const { token, session } = newSession(signIn, this.time.now())
    await this.#app.parts.stores.sessions.create(session)
    return { name: sessionCookie, value: token }
  }

  /** Lets an administrator's key record one run. */
  watch(journey: string | undefined): { watch: string; key: string } {
    return this.#app.parts.watches.issue(this.#realm.path, journey)
  }

  /** The recorded nodes of a run, in order; none before its first page. */
  async recorded(watch: string): Promise<readonly RecordedStep[]> {
    const { steps, sealer } = this.#app.parts
    const stored = await steps.watched(this.#realm.path, watch)
    return stored === undefined ? [] : stepsOf(readRun(sealer.open(stored.body)))
  }

  /** The transaction that a journey opened; undefined if it opened none, or has ended. */
  async transactionOf(authId: string): Promise<{ id: string; link: string } | undefined> {
    try {
      const watched = await this.#app.parts.authentication.watched({ realm: this.#realm }, authId)
      if (watched?.transaction === undefined) return undefined
      return { id: watched.transaction, link: watched.redirectUri ?? '' }
    } catch (error) {
      if (error instanceof RequestError) return undefined
      throw error
    }
  }

  /** Reports from the link of a transaction that this is not the caller. */
  reject(transaction: string, reason: string): ReturnType<Send> {
    const names = this.#realm.path.split('/').filter((name) => name !== '')
    const path = ['root', ...names].map((name) => `/realms/${encodeURIComponent(name)}`).join('')
    return this.send({
      method: 'POST',
      path: `/am/json${path}/${rejectLink.path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transaction, reason }),
    })
  }

  /** The events of a transaction, as its live feed tells them. */
  async feedOf(transactionId: string): Promise<JsonObject[]> {
    const { transactions } = this.#app.parts
    const idHash = digest(transactionId)
    const transaction = await transactions.read(idHash)
    if (transaction === undefined) return []
    const events = await transactions.eventsAfter(idHash, 0)
    const told = events.map((event) => jsonObjectSchema.parse(eventForClients(event, (data) => data).data))
    const isExpired = endingOf(transaction, this.time.now()) === 'expired'
    return isExpired ? [...told, { kind: 'expired' }] : told
  }

  /** People who were created, changed or deleted, as their managed objects before and now. */
  async changedPeople(): Promise<
    { name: string; before: JsonObject | undefined; after: JsonObject | undefined }[]
  > {
    const now = await this.#managedObjects()
    const ids = [...new Set([...this.#before.keys(), ...now.keys()])]
    return ids
      .map((id) => ({ before: this.#before.get(id), after: now.get(id) }))
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ before, after }) => ({ name: String((after ?? before)?.userName), before, after }))
  }

  async close(): Promise<void> {
    await this.#app.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #managedObjects(): Promise<Map<string, JsonObject>> {
    const page = await this.#app.parts.stores.identities.page(this.#realm.path, '', 1000)
    return new Map(
      page.map((identity) => {
        const { _rev, ...object } = personOf(identity)
        const { roles, passwordHash } = identity
        return [identity.id, { ...object, roles: [...roles], password: passwordHash ?? null }]
      }),
    )
  }
}

/** The routes that clients of journeys call. */
function isForClients(path: string): boolean {
  return /^(authenticate|sessions)\b/.test(path)
}

async function createPeople(
  app: OpenApp,
  realm: Realm,
  { people, seed }: WorldOptions,
  time: VirtualTime,
): Promise<World['people']> {
  const known: Record<string, KnownPerson> = {}
  for (const [name, person] of Object.entries(people)) {
    const {
      roles = [],
      kind = 'user',
      createdAgo = '0s',
      password = madeUpPassword(seed, name),
      ...object
    } = person
    const create = async () =>
      app.parts.identities.create(
        realm.path,
        jsonObjectSchema.parse({ userName: name, ...object, password }),
        { roles, kind, checks: 'none' },
      )
    try {
      const identity = await time.during(-durationMs(createdAgo), create)
      known[name] = { ...textsOf(personOf(identity)), password }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      throw new OperationError(`The person ${name} cannot be created: ${error.message}`, { cause: error })
    }
  }
  return known
}

function madeUpPassword(seed: string, name: string): string {
  return `Made-Up-${seededRandom(`${seed} ${name}`).hex(12)}`
}

function textsOf(object: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
    ),
  )
}
