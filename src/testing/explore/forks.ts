import { isDeepStrictEqual } from 'node:util'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { pushKeys } from '../../nodes/multi-factor/push-device.ts'
import type { PushChange } from '../../people/devices/push/push.ts'
import { openDevice, sealDevice } from '../../people/devices/sealed-devices.ts'
import type { Identity } from '../../people/identity.ts'
import { AuthIds } from '../../runtime/auth-id.ts'
import { stepsOf } from '../../runtime/run-summary.ts'
import { readAnswer, readRun, type SavedRun, writeRun } from '../../runtime/saved-run.ts'
import type { StoredJourneySession } from '../../runtime/step-store.ts'
import { digest, randomToken } from '../../secrets/digest.ts'
import { outputOf } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import { Browser } from '../client/browser.ts'
import { type JourneyClient, journeyClient } from '../client/journey-client.ts'
import type { HttpMock } from '../http-mock.ts'
import { mailTexts } from '../play/mails.ts'
import { Mismatch } from '../play/mismatch.ts'
import { answeredPage, pageTexts } from '../play/page.ts'
import { filled, type Known } from '../play/placeholders.ts'
import { durationMs } from '../walk-file.ts'
import type { SentMail } from '../world/mailbox.ts'
import type { MadeCall } from '../world/mocked-http.ts'
import { messageIdOf } from '../world/test-phone.ts'
import type { World } from '../world/world.ts'
import { opener, type Start, type TriedStep } from './tried.ts'

/** Where a journey is, with everything that its steps have changed. */
export type Spot = {
  shown: Shown
  run: SavedRun
  session: StoredJourneySession
  /** The nodes that have run. */
  steps: readonly RecordedStep[]
  browser: Browser
  /** Query parameters and headers that go with every request. */
  sent: Required<Pick<Start, 'query' | 'headers'>>
  /** The caller of the transaction that the journey has opened. Without a run, the caller's journey has ended. */
  caller?: { browser: Browser; shown: Shown; run: SavedRun | undefined } | undefined
  /** Since the world began. */
  elapsedMs: number
  /** All emails so far, and how many of them steps have mentioned. */
  mails: readonly SentMail[]
  mentioned: number
  /** The calls of the last step. */
  calls: readonly MadeCall[]
  kept: Readonly<Record<string, string>>
  people: readonly Identity[]
  /** Whether the server refused the last request and the journey stands where it was. */
  isRefused: boolean
}

/**
 * Continues journeys from any page, as often as wanted. A journey session is a row of the database, so a fork is a copy of the
 * row. Time and people are set back to those of the page.
 */
export class Forks {
  readonly #world: World
  readonly #realm: string
  readonly #mocks: HttpMock[]
  readonly #authIds: AuthIds
  readonly #begunAt: number
  readonly #start: readonly Identity[]
  #people: readonly Identity[]
  /** As of the last reading. */
  #writes: number
  #count = 0

  private constructor(world: World, realm: string, mocks: HttpMock[], people: readonly Identity[]) {
    this.#world = world
    this.#realm = realm
    this.#mocks = mocks
    this.#authIds = new AuthIds(() => world.parts.keyRing.keys('auth-ids'))
    this.#begunAt = world.time.now()
    this.#start = people
    this.#people = people
    this.#writes = world.peopleWrites
  }

  /** @param mocks the list with which the world was opened. It is replaced for each step. */
  static async of(world: World, realm: string, mocks: HttpMock[]): Promise<Forks> {
    return new Forks(world, realm, mocks, await world.parts.stores.identities.page(realm, '', 1000))
  }

  /** Number of requests so far. */
  get count(): number {
    return this.#count
  }

  /** Starts a journey. @returns undefined if the server refused the start. */
  start(journey: string, { headers = {}, query = {}, signedIn }: Start, mocks: readonly HttpMock[]) {
    return this.#at({ people: this.#start, elapsedMs: 0 }, mocks, async () => {
      const browser = new Browser()
      if (signedIn !== undefined) {
        const { name, value } = await this.#world.signIn(signedIn)
        browser.set(name, value)
      }
      const watched = this.#world.watch(journey)
      const known = { kept: {}, people: this.#world.people, secrets: {} }
      const sent = signedIn === undefined ? query : { ...query, ForceAuth: 'true' }
      const given = { ...filled(headers, known), ...watched.headers }
      const shown = await this.#client(browser).start({ journey, query: sent, headers: given })
      const session = await this.#world.parts.steps.watched(this.#realm, watched.watch)
      const later = { query: signedIn === undefined ? query : {}, headers }
      return session && { shown, session, browser, sent: later, kept: {}, mentioned: 0, isRefused: false }
    })
  }

  /** Takes steps from a page or from a suspended journey. @throws Mismatch if the page has no such callbacks. */
  async step(from: Spot, steps: readonly TriedStep[], mocks: readonly HttpMock[]): Promise<Spot | undefined> {
    return this.#at(from, mocks, async () => {
      const fork = await this.#fork(from)
      const client = this.#client(fork.browser, fork.sent.headers)
      for (const step of steps) {
        if ('wait' in step) this.#world.time.pass(durationMs(step.wait))
        else if ('mail' in step) {
          const mail = fork.mails[fork.mentioned]
          fork.mentioned++
          if (mail !== undefined) keepFrom(fork, mailTexts(mail), step.mail.keep)
        } else if (step.by !== undefined) fork.caller = await this.#actAsCaller(fork, step)
        else fork.shown = await this.#act(fork, client, step)
      }
      const session = await this.#world.parts.steps.read(fork.idHash)
      if (session === undefined) return undefined
      return { ...fork, session, isRefused: session.step === from.session.step }
    })
  }

  async #act(
    fork: Forked,
    client: JourneyClient,
    step: TriedAction,
    parties: Known['parties'] = {},
  ): Promise<Shown> {
    keepFrom(fork, pageTexts(fork.shown), step.keep)
    if (step.keep !== undefined) return fork.shown
    const { people, time } = this.#world
    const known = { kept: fork.kept, parties, people, secrets: {}, now: time.now }
    if (step.opens !== undefined) {
      const url = new URL(filled(step.opens, known))
      url.searchParams.set('suspendedId', fork.suspendedId)
      return client.resume(url.href)
    }
    if (fork.shown.kind !== 'page') return fork.shown
    const { page } = fork.shown
    if (step.phone !== undefined) await this.#world.answerOnPhone(page.authId, step.phone)
    if (step.returns) {
      const waiting = page.callbacks.find(({ type }) => type === 'PollingWaitCallback')
      this.#world.time.pass(Number((waiting && outputOf(waiting, 'waitTime')) ?? 0) + 1)
    }
    return client.next(answeredPage(page, filled(step.answer ?? {}, known)), step.redirect ?? fork.sent.query)
  }

  /** A step of the caller, whose journey is never copied. @throws Mismatch without a link. */
  async #actAsCaller(fork: Forked, step: TriedAction): Promise<Spot['caller']> {
    const { browser = new Browser(), shown = fork.shown } = fork.caller ?? {}
    const client = this.#client(browser)
    const authId = fork.shown.kind === 'page' ? fork.shown.page.authId : ''
    const { id = '', link = '', ...codes } = (await this.#world.transactionOf(authId)) ?? {}
    if (step.opens === undefined && step.rejects === undefined) {
      const own = { ...fork, shown }
      const next = await this.#act(own, client, step, { [opener]: codes })
      fork.kept = own.kept
      return { browser, shown: next, run: await this.#runAt(next) }
    }
    const url = URL.parse(link)
    if (url === null) throw new Mismatch('page', 'the link of a transaction', 'none')
    if (step.rejects !== undefined) {
      await this.#world.reject(id, step.rejects)
      return { browser, shown, run: undefined }
    }
    const query = { ForceAuth: 'true', ...Object.fromEntries(url.searchParams) }
    const opened = await client.start({ journey: undefined, query, headers: {} })
    return { browser, shown: opened, run: await this.#runAt(opened) }
  }

  /** The run that waits at a page. */
  async #runAt(shown: Shown): Promise<SavedRun | undefined> {
    const read = this.#authIds.read(shown.kind === 'page' ? shown.page.authId : '')
    const session =
      read.kind === 'valid' && (await this.#world.parts.steps.read(digest(read.claims.sessionId)))
    return session ? readRun(this.#world.parts.sealer.open(session.body)) : undefined
  }

  /** Copies a journey session under another reference. */
  async #fork({ session, run, shown, browser, ...others }: Spot): Promise<Forked> {
    const { sealer, steps } = this.#world.parts
    const reference = randomToken()
    const suspendedId = randomToken()
    const idHash = digest(reference)
    const text = sealer.open(session.body)
    const asked = await this.#askedAgain(this.#ownedBy(run, session.idHash, idHash), idHash)
    const own = asked.run
    const isSame = own === run && !run.session.isSuspended
    const copied = isSame ? text : writeRun({ ...own, reference }, readAnswer(text))
    const copy: StoredJourneySession = {
      ...session,
      idHash,
      body: copied === text ? session.body : sealer.seal(copied),
    }
    if (session.suspendedHash !== undefined) copy.suspendedHash = digest(suspendedId)
    await steps.commit({
      session: copy,
      text: copied,
      claimed: undefined,
      signIn: undefined,
      transactions: [],
      now: this.#world.time.now(),
      identities: [],
      mails: [],
      auditEntries: [],
      pushes: asked.pushes,
    })
    return {
      ...others,
      browser: browser.copy(),
      shown: this.#withReference(shown, reference),
      idHash,
      suspendedId,
    }
  }

  /** Devices in state are sealed for their journey session. */
  #ownedBy(run: SavedRun, from: string, to: string): SavedRun {
    const sealer = this.#world.parts.keyRing.sealer('devices')
    const owned = Object.entries(run.session.shared).flatMap(([key, value]) => {
      const device = openDevice(sealer, ownerInState(from), value)
      return device === undefined ? [] : [[key, sealDevice(sealer, ownerInState(to), device)] as const]
    })
    if (owned.length === 0) return run
    const shared = { ...run.session.shared, ...Object.fromEntries(owned) }
    return { ...run, session: { ...run.session, shared } }
  }

  /** A push can be answered only in the journey session that asked, and counts against limits, so that a copy asks again. */
  async #askedAgain(run: SavedRun, journeySession: string): Promise<{ run: SavedRun; pushes: PushChange[] }> {
    const { pushes, limits } = this.#world.parts.stores
    const messageId = messageIdOf(run)
    const push = messageId === undefined ? undefined : await pushes.read(digest(messageId))
    if (messageId === undefined || push === undefined) return { run, pushes: [] }
    for (const each of ['open pushes of ', 'pushes to ', 'pushes for ', 'denied pushes of '])
      await limits.removeBelow(`${this.#realm} ${each}`)
    const own = messageId.replace(/[^:]*$/, randomToken())
    const shared = { ...run.session.shared, [pushKeys.messageId]: own }
    return {
      run: { ...run, session: { ...run.session, shared } },
      pushes: [{ kind: 'ask', push: { ...push, idHash: digest(own), journeySession } }],
    }
  }

  #withReference(shown: Shown, reference: string): Shown {
    if (shown.kind !== 'page' || shown.page.authId === '') return shown
    const read = this.#authIds.read(shown.page.authId)
    if (read.kind !== 'valid') return shown
    const authId = this.#authIds.sign({ ...read.claims, sessionId: reference })
    return { kind: 'page', page: { ...shown.page, authId } }
  }

  /** Does work with the people and at the time of a spot. */
  async #at(
    { people, elapsedMs, mails = [] }: Pick<Spot, 'people' | 'elapsedMs'> & Partial<Pick<Spot, 'mails'>>,
    mocks: readonly HttpMock[],
    work: () => Promise<Stood | undefined>,
  ): Promise<Spot | undefined> {
    const { time, mailbox, http } = this.#world
    await this.#restore(people)
    this.#mocks.splice(0, this.#mocks.length, ...mocks)
    const [firstMail, firstCall] = [mailbox.all.length, http.calls.length]
    this.#count++
    return time.during(this.#begunAt + elapsedMs - time.now(), async () => {
      const stood = await work()
      await this.#world.settle()
      await this.#readPeople()
      if (stood === undefined) return undefined
      const run = readRun(this.#world.parts.sealer.open(stood.session.body))
      return {
        ...stood,
        run,
        steps: stepsOf(run),
        elapsedMs: time.now() - this.#begunAt,
        mails: [...mails, ...mailbox.all.slice(firstMail)],
        calls: http.calls.slice(firstCall),
        people: this.#people,
      }
    })
  }

  /** Reads the people if they were written since. */
  async #readPeople(): Promise<void> {
    const writes = this.#world.peopleWrites
    if (writes === this.#writes) return
    this.#people = await this.#world.parts.stores.identities.page(this.#realm, '', 1000)
    this.#writes = writes
  }

  async #restore(people: readonly Identity[]): Promise<void> {
    if (people === this.#people) return
    if (isDeepStrictEqual(this.#people.map(withoutRevision), people.map(withoutRevision))) return
    const { identities } = this.#world.parts.stores
    const now = new Map(this.#people.map((identity) => [identity.id, identity]))
    for (const { id, realm } of this.#people) {
      if (!people.some((one) => one.id === id)) await identities.remove(realm, id)
    }
    for (const identity of people) {
      const current = now.get(identity.id)
      const { rev: _rev, failures, ...to } = identity
      if (current === undefined) await identities.create(identity)
      else if (!isDeepStrictEqual(withoutRevision(current), withoutRevision(identity))) {
        await identities.save({ id: identity.id, rev: current.rev, to })
        await identities.setFailures(identity.id, current.failures, failures)
      }
    }
    // Changes of people can cause notices.
    await this.#world.settle()
  }

  #client(browser: Browser, headers: Readonly<Record<string, string>> = {}): JourneyClient {
    return journeyClient(this.#world.send, this.#realm, { browser, headers, now: this.#world.time.now })
  }
}

/** Keeps the first part of the texts that matches each pattern. */
function keepFrom(fork: Forked, texts: readonly string[], keep: Readonly<Record<string, string>> = {}): void {
  for (const [name, pattern] of Object.entries(keep)) {
    const regex = new RegExp(pattern.slice(1, -1))
    const match = texts.map((text) => regex.exec(text)).find((each) => each !== null)
    fork.kept = { ...fork.kept, [name]: match?.[1] ?? '' }
  }
}

type TriedAction = Exclude<TriedStep, { wait: string } | { mail: unknown }>

type Stood = Omit<Spot, 'run' | 'steps' | 'elapsedMs' | 'mails' | 'calls' | 'people'>

type Forked = Omit<Spot, 'run' | 'session'> & { idHash: string; suspendedId: string }

/** As the device port names it. */
function ownerInState(journeySession: string): string {
  return `journey-session/${journeySession}`
}

export function withoutRevision({ rev: _rev, ...identity }: Identity): Omit<Identity, 'rev'> {
  return identity
}
