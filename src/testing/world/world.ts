import inject from 'light-my-request'
import { rejectLink } from '../../../contract/backchannel.ts'
import { defined } from '../../base/defined.ts'
import { OperationError, RequestError } from '../../base/errors.ts'
import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import type { Codes } from '../../help-desk/checks/codes.ts'
import { endingOf } from '../../help-desk/transactions/transaction-status.ts'
import { watchHeader } from '../../http/authentication/request-view.ts'
import { notificationFilter } from '../../http/help-desk/transactions/notification-filter.ts'
import { eventForClients } from '../../http/help-desk/transactions/transaction-event.ts'
import { isBindingMessage } from '../../oauth/binding-message.ts'
import type { Realm } from '../../realms/realm.ts'
import { stepsOf } from '../../runtime/run-summary.ts'
import { readRun } from '../../runtime/saved-run.ts'
import { createScriptEngine } from '../../sandbox/create-script-engine.ts'
import type { ScriptCoverage } from '../../sandbox/script-coverage.ts'
import { digest } from '../../secrets/digest.ts'
import type { OpenApp } from '../../server/app.ts'
import { systemOutside } from '../../server/outside.ts'
import { newSession } from '../../sessions/sessions.ts'
import type { Send } from '../client/journey-client.ts'
import type { HttpMock } from '../http-mock.ts'
import { nameIn, ownProperties, type SessionFacts } from '../play/session-facts.ts'
import type { ApplicationRequest, ApprovalStep, Person, PersonUpdates } from '../walk-file.ts'
import { answerApproval } from './answer-approval.ts'
import { Mailbox } from './mailbox.ts'
import { MockedHttp } from './mocked-http.ts'
import { type ChangedPerson, type KnownPerson, People } from './people.ts'
import { fill, openWorldApp, type PreparedWorld } from './prepared-world.ts'
import { seededRandom } from './seeded-random.ts'
import { answerOnPhone, type PhoneAnswer } from './test-phone.ts'
import { VirtualTime } from './virtual-time.ts'
import type { WorldHost, WorldHosts } from './world-host.ts'

export type WorldOptions = {
  /** Random values of the world follow from it. */
  seed: string
  /** When its time begins, in epoch milliseconds. Default: now. */
  startAt?: number | undefined
  people: Readonly<Record<string, Person>>
  /** Default: none. */
  mocks?: readonly HttpMock[]
  /** Environment variables of scripts and settings. */
  environment: Readonly<Record<string, string>>
  /** Hosts that the world can really reach. */
  allowedHosts: readonly string[]
  /** Whether scripts run as on the vendor's engine. */
  isAsVendor: boolean
  cover?: ScriptCoverage | undefined
}

/** A transaction with what its opener knows. */
export type KnownTransaction = { id: string; link: string } & Partial<Codes>

/** A server of its own for one walk: with its own data, time, mail, HTTP and random values. */
export class World {
  readonly time: VirtualTime
  readonly mailbox: Mailbox
  readonly http: MockedHttp
  readonly people: Readonly<Record<string, KnownPerson>>
  readonly #app: OpenApp
  readonly #host: WorldHost
  readonly #hosts: WorldHosts
  readonly #realm: Realm
  readonly #everybody: People

  private constructor(parts: {
    app: OpenApp
    host: WorldHost
    hosts: WorldHosts
    realm: Realm
    outside: Pick<World, 'time' | 'mailbox' | 'http'>
    people: World['people']
    everybody: People
  }) {
    this.#app = parts.app
    this.#host = parts.host
    this.#hosts = parts.hosts
    this.#realm = parts.realm
    this.time = parts.outside.time
    this.mailbox = parts.outside.mailbox
    this.http = parts.outside.http
    this.people = parts.people
    this.#everybody = parts.everybody
  }

  /** @throws OperationError naming a person that can't be created. */
  static async open(hosts: WorldHosts, prepared: PreparedWorld, options: WorldOptions): Promise<World> {
    const time = new VirtualTime(options.startAt ?? systemOutside.now())
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
      now: time.now,
      random: random.fraction,
      workersOf: hosts.scripts,
      isAsVendor: options.isAsVendor,
      ...defined({ cover: options.cover }),
    })
    const host = await hosts.take()
    let app: OpenApp | undefined
    try {
      fill(host, prepared)
      const { folder } = prepared
      app = await openWorldApp({ folder, host }, outside, allowedHosts, { scripts, isPrepared: true })
      await app.server.ready()
      const realm = await app.parts.findRealm(prepared.realm)
      if (realm === undefined) throw new Error(`the prepared world has no realm ${prepared.realm}`)
      const everybody = new People(app.parts, realm.path, time)
      const people = await everybody.create(options.people, options.seed)
      return new World({ app, host, hosts, realm, outside: { time, mailbox, http }, people, everybody })
    } catch (error) {
      await app?.close()
      hosts.giveBack(host)
      throw error
    }
  }

  /** Sends a request inside this process. */
  readonly send: Send = async ({ method, path, headers, body }) => {
    const answer = await inject(this.#app.server.routing, {
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
  listen(): Promise<string> {
    return this.#host.listen()
  }

  /** The parts of the server, for tools that look inside. */
  get parts(): OpenApp['parts'] {
    return this.#app.parts
  }

  /** A number that grows when people are written. */
  get peopleWrites(): number {
    return this.#host.database.writesTo('identities')
  }

  /** Sends waiting emails and calls. */
  async settle(): Promise<void> {
    await this.#app.parts.mailOutbox.drain()
    await this.#app.parts.callOutbox.drain()
    await this.#app.parts.messageOutbox.drain()
  }

  /** A session of a person. @param name in the walk, or a username. @returns the session cookie. */
  signIn(name: string): Promise<{ name: string; value: string }> {
    return this.#sessionOf(this.#realm, this.people[name]?.userName ?? name)
  }

  /** Sends a request about people as the administrator, as services around a tenant do. @param request path starts with `/openidm`. */
  async manage(request: Omit<Parameters<Send>[0], 'headers'>): ReturnType<Send> {
    const root = await this.#app.parts.findRealm('/')
    if (root === undefined) throw new Error('the world has no root realm')
    const { name, value } = await this.#sessionOf(root, 'amadmin')
    const headers = { cookie: `${name}=${value}`, 'content-type': 'application/json' }
    return this.send({ ...request, headers })
  }

  /** The maximum lifetime of sessions of the realm. */
  get usualSessionMinutes(): number {
    return this.#realm.settings.maxSessionMinutes
  }

  /** Describes the session of a success; undefined if it has ended. */
  async sessionOf(token: string): Promise<SessionFacts | undefined> {
    const session = await this.#app.parts.stores.sessions.read(digest(token))
    return (
      session && {
        person: nameIn(this.people, session.username),
        level: session.authLevel,
        properties: ownProperties(session.properties),
        minutes: session.maxSessionMinutes,
        isPartial: false,
      }
    )
  }

  async #sessionOf(realm: Realm, userName: string): Promise<{ name: string; value: string }> {
    const identity = await this.#app.parts.identities.find(realm.path, userName)
    if (identity === undefined) throw new OperationError(`There is no person ${userName} to sign in`)
    const { maxIdleMinutes, maxSessionMinutes, defaultJourney } = realm.settings
    const signIn = {
      realm: realm.path,
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

  /** Asks a person as an application does. @throws OperationError if this person can't be asked. */
  async request({ to, from, message }: ApplicationRequest): Promise<void> {
    const realm = this.#realm
    const identity = await this.#app.parts.identities.find(realm.path, to)
    if (identity === undefined) throw new OperationError(`There is no person ${to} to ask`)
    if (message !== undefined && !isBindingMessage(message)) {
      throw new OperationError('the message must be one short line of plain text')
    }
    const { journey, lifeSeconds } = realm.settings.oauth.ciba
    const client = { id: 'application', name: from }
    const prepared = await this.#app.parts.outOfBand.prepare({
      realm,
      baseUrl: 'http://localhost/am',
      personId: identity.id,
      journey,
      client,
      message,
      lifeSeconds,
    })
    if ('refusal' in prepared) throw new OperationError(`${to} can't be asked: ${prepared.refusal}`)
    await prepared.ask(undefined)
  }

  /** Lets an administrator's key record one run. @param journey undefined: the one that the query names. @returns headers for its start. */
  watch(journey: string | undefined): { watch: string; headers: Readonly<Record<string, string>> } {
    const { watch, key } = this.#app.parts.watches.issue(this.#realm.path, journey)
    return { watch, headers: { [watchHeader]: key } }
  }

  /** The recorded nodes of a run, in order; none before its first page. */
  async recorded(watch: string): Promise<readonly RecordedStep[]> {
    const { steps, sealer } = this.#app.parts
    const stored = await steps.watched(this.#realm.path, watch)
    return stored === undefined ? [] : stepsOf(readRun(sealer.open(stored.body)))
  }

  /** The transaction that a journey opened; undefined if it opened none, or has ended. */
  async transactionOf(authId: string): Promise<KnownTransaction | undefined> {
    try {
      const watched = await this.#app.parts.authentication.watched({ realm: this.#realm }, authId)
      if (watched?.transaction === undefined) return undefined
      const { transaction: id, redirectUri: link = '' } = watched
      return { id, link, ...(await this.#codesOf(id)) }
    } catch (error) {
      if (error instanceof RequestError) return undefined
      throw error
    }
  }

  /** The codes of a check; none of other transactions. */
  async #codesOf(id: string): Promise<Partial<Codes>> {
    const { verifications } = this.#app.parts
    const check = await verifications.read(digest(id))
    return check === undefined ? {} : verifications.codesOf(check)
  }

  /** Reports from the link of a transaction that this is not the caller. */
  reject(transaction: string, reason: string): ReturnType<Send> {
    return this.send({
      method: 'POST',
      path: `${this.#path}/${rejectLink.path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transaction, reason }),
    })
  }

  /** Answers as a second agent. @returns false without a request that this agent may answer. */
  async answerApproval(step: ApprovalStep): Promise<boolean> {
    const { name, value } = await this.signIn(step.answer.as)
    return answerApproval({ send: this.send, path: this.#path, cookie: `${name}=${value}` }, step)
  }

  /** Answers a push on the phone of the person. @returns the status; undefined if the page waits for no app. */
  answerOnPhone(authId: string, answer: PhoneAnswer): Promise<number | undefined> {
    return answerOnPhone({ parts: this.parts, send: this.send, path: this.#path }, authId, answer)
  }

  /** The path of the realm's resources. */
  get #path(): string {
    const names = this.#realm.path.split('/').filter((name) => name !== '')
    return `/am/json${['root', ...names].map((name) => `/realms/${encodeURIComponent(name)}`).join('')}`
  }

  /** The events of a transaction, as its live feed tells them. */
  async feedOf(transactionId: string): Promise<JsonObject[]> {
    const { transactions } = this.#app.parts
    const idHash = digest(transactionId)
    const transaction = await transactions.read(idHash)
    if (transaction === undefined) return []
    const events = await transactions.eventsAfter(idHash, 0)
    const filter = notificationFilter(transaction, this.#realm.settings)
    const told = events.map((event) => jsonObjectSchema.parse(eventForClients(event, filter).data))
    const isExpired = endingOf(transaction, this.time.now()) === 'expired'
    return isExpired ? [...told, { kind: 'expired' }] : told
  }

  /** Changes or deletes people, as an administrator does. @throws OperationError for a change that is refused. */
  async update(updates: PersonUpdates): Promise<void> {
    for (const [name, update] of Object.entries(updates)) await this.#everybody.update(name, update)
  }

  /** People who were created, changed or deleted by journeys. */
  changedPeople(): Promise<ChangedPerson[]> {
    return this.#everybody.changed()
  }

  async close(): Promise<void> {
    await this.#app.close()
    this.#hosts.giveBack(this.#host)
  }
}
