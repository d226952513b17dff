import { OperationError } from '../../base/errors.ts'
import { suggestion } from '../../base/suggestion.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { outputOf } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import { Browser } from '../client/browser.ts'
import type { JourneyClient } from '../client/journey-client.ts'
import {
  type ActionStep,
  type ApprovalStep,
  type Computed,
  durationMs,
  type ExpectedMail,
  type Moment,
  type Party,
  type Walk,
} from '../walk-file.ts'
import type { KnownTransaction } from '../world/world.ts'
import { Assertions, asksClaim, keepClaim, mailClaim } from './assertions.ts'
import { checkAsks, keepFrom, shownText } from './checks.ts'
import { endChecks, type PartyEnd } from './end-checks.ts'
import { mailTexts, takeMail } from './mails.ts'
import { Mismatch } from './mismatch.ts'
import { aboutOf, type PlayedEvent, type PlayObserver } from './observer.ts'
import { answeredPage, pageTexts, secretAnswersOn } from './page.ts'
import { filled, type Known } from './placeholders.ts'
import { ownersOf, type SessionFacts } from './session-facts.ts'
import { lookingAt, Unobservable, type WalkWorld } from './walk-world.ts'

/** Connects the browser of a party to the server. */
type Connect = (browser: Browser) => JourneyClient | Promise<JourneyClient>

/** A journey that a party started, by its watch. */
export type StartedRun = { party: string; journey: string | undefined; watch: string }

/** What a party saw after a request. */
export type Screen = {
  party: string
  /** Index of the run. */
  run: number
  /** Index of the step. */
  step: number
  shown: Shown
  session?: PartyEnd['session']
}

/** The nodes of one run of a journey. */
export type PlayedRun = { party: string; journey: string | undefined; steps: readonly RecordedStep[] }

/** The party of a walk without parties. */
const onlyParty = ''

type PartyState = PartyEnd & {
  name: string
  given: Party
  browser: Browser
  client: JourneyClient
  owners: Set<string>
  /** Index of the run that it started last. */
  run: number
  /** Query parameters that go with every request, as on a page that keeps its address. */
  query: Readonly<Record<string, string>>
  /** The newest transaction that this party opened, or whose link it opened. */
  transaction: KnownTransaction | undefined
}

type PlayerOptions = {
  world: WalkWorld
  walk: Walk & { journey?: string | undefined }
  connect: Connect
  secrets: Known['secrets']
  observer?: PlayObserver | undefined
}

type Sent = Pick<PlayedEvent, 'kind' | 'about' | 'query' | 'page'>

/** Plays the steps of a walk. */
export class Player {
  readonly runs: StartedRun[] = []
  readonly screens: Screen[] = []
  readonly assertions = new Assertions()
  /** Passwords, other secret answers, and ids of transactions so far. */
  readonly secretAnswers: string[] = []
  readonly known: Known & { kept: Record<string, string>; parties: Record<string, Record<string, string>> }
  readonly #world: WalkWorld
  readonly #walk: PlayerOptions['walk']
  readonly #connect: Connect
  readonly #observer: PlayObserver | undefined
  /** Index of the step that is played. */
  #step: number | undefined
  readonly #parties = new Map<string, PartyState>()
  /** Indexes of the emails that steps have mentioned. */
  readonly #mentioned = new Set<number>()

  constructor({ world, walk, connect, secrets, observer }: PlayerOptions) {
    this.#world = world
    this.#walk = walk
    this.#connect = connect
    this.#observer = observer
    this.known = { kept: {}, people: world.people, parties: {}, secrets, now: world.time.now }
  }

  /** @throws Mismatch of the step, OperationError for a step that can't be played. */
  async play(step: Walk['steps'][number], index: number): Promise<void> {
    this.#step = index
    if (step.kind !== 'action') this.#note({ kind: step.kind, party: '', about: aboutOf(step) })
    if (step.kind === 'wait') await this.#world.time.pass(durationMs(step.wait))
    else if (step.kind === 'mail') this.#mailOfStep(step.mail, index)
    else if (step.kind === 'update') await this.#world.update(filled(step.update, this.known))
    else if (step.kind === 'request') await this.#world.request(filled(step.request, this.known))
    else if (step.kind === 'approve' || step.kind === 'decline') await this.#answer(step)
    else await this.#act(await this.#party(step.party), step.action, index)
    await this.#world.settle()
    this.#observer?.settled()
    await this.#rememberTransactions()
  }

  async #answer(step: ApprovalStep): Promise<void> {
    if (await this.#world.answerApproval(step)) return
    throw new Mismatch('page', `a request for approval that ${step.answer.as} may answer`, 'none')
  }

  #note(event: Omit<PlayedEvent, 'step'>): void {
    this.#observer?.note({ ...event, step: this.#step })
  }

  /** Starts the journey of a walk whose steps haven't. */
  async startIfNoStepDid(): Promise<void> {
    const names = Object.keys(this.#walk.parties ?? {})
    if (this.#parties.size > 0 || names.length > 0) return
    await this.#startOwn(await this.#party(undefined))
    await this.#world.settle()
    this.#observer?.settled()
  }

  /** What the first party sees. */
  get shown(): Shown | undefined {
    return this.#first?.shown
  }

  /** The session of the first party after its success. @throws Unobservable if the server doesn't describe it. */
  get session(): SessionFacts | undefined {
    return this.#first?.session?.()
  }

  /** Checks of how the journey of the first party ended. */
  endChecks(ends: Walk['ends']): ReturnType<typeof endChecks> {
    return endChecks(ends, this.#first, this.known)
  }

  get #first(): PartyState | undefined {
    const [first = onlyParty] = Object.keys(this.#walk.parties ?? {})
    return this.#parties.get(first)
  }

  /** The id of the transaction that a party opened; undefined if there is none. */
  get transactionId(): string | undefined {
    return [...this.#parties.values()]
      .map(({ transaction }) => transaction?.id)
      .findLast((id) => id !== undefined)
  }

  get unmentionedMails(): WalkWorld['mailbox']['all'] {
    return this.#world.mailbox.all.filter((_, index) => !this.#mentioned.has(index))
  }

  takeMail(expected: ExpectedMail): void {
    this.#mail(expected)
  }

  /** A walk can't go on without what it keeps of an email. */
  #mailOfStep(expected: ExpectedMail, step: number): void {
    this.assertions.check(mailClaim(expected, step), () => this.#mail(expected))
    const last = this.assertions.all.at(-1)
    if (expected.keep !== undefined && last?.status === 'unobserved') throw new Unobservable(last.reason)
  }

  #mail(expected: ExpectedMail): void {
    const { keep = {}, ...members } = filled(expected, this.known)
    const index = takeMail(this.#world.mailbox.all, this.#mentioned, members)
    this.#mentioned.add(index)
    const mail = this.#world.mailbox.all[index]
    if (mail !== undefined) Object.assign(this.known.kept, keepFrom(keep, mailTexts(mail)))
  }

  async #party(name = onlyParty): Promise<PartyState> {
    const existing = this.#parties.get(name)
    if (existing !== undefined) return existing
    const given = this.#given(name)
    const shared = given.browserOf === undefined ? undefined : await this.#party(given.browserOf)
    const browser = shared?.browser ?? new Browser()
    if (given.signedIn !== undefined) {
      const { name: cookie, value } = await this.#world.signIn(given.signedIn)
      browser.set(cookie, value)
    }
    const client = await this.#connect(browser)
    const party = {
      name,
      given,
      browser,
      client,
      shown: undefined,
      session: undefined,
      owners: new Set<string>(),
      run: 0,
      query: {},
      transaction: undefined,
    }
    this.#parties.set(name, party)
    return party
  }

  #given(name: string): Party {
    const { parties, journey, query, headers } = this.#walk
    if (parties === undefined) return { journey, query, headers }
    const given = parties[name]
    if (given === undefined) {
      const names = Object.keys(parties)
      throw new OperationError(`There is no party '${name}'${suggestion(name, names)}`)
    }
    return given
  }

  async #act(party: PartyState, action: ActionStep, step: number): Promise<void> {
    const isStart = action.start !== undefined || action.opens !== undefined || action.rejects !== undefined
    if (party.shown === undefined && !isStart) await this.#startOwn(party)
    await this.#perform(party, action)
    const { asks = [], keep, ends } = action
    const known = this.known
    for (const text of [asks].flat()) {
      this.assertions.check(asksClaim(text, step), () => checkAsks(filled(text, known), party.shown))
    }
    if (keep !== undefined) {
      this.assertions.check(keepClaim(keep, step), () => {
        Object.assign(known.kept, keepFrom(filled(keep, known), pageTexts(party.shown)))
      })
    }
    for (const { claim, verify } of endChecks(ends, party, known, step)) this.assertions.check(claim, verify)
  }

  async #perform(party: PartyState, action: ActionStep): Promise<void> {
    const { start, opens, phone, answer, redirect, returns, rejects, times = 1 } = action
    if (start !== undefined) await this.#start(party, typeof start === 'string' ? { journey: start } : start)
    if (opens !== undefined) await this.#open(party, opens)
    if (rejects !== undefined) await this.#reject(party, rejects)
    if (phone !== undefined) await this.#answerOnPhone(party, phone)
    if (redirect !== undefined) {
      const query =
        typeof redirect === 'function' ? await this.#called(party, 'redirect', redirect) : redirect
      // A function may return anything, and the server checks it.
      await this.#next(party, {}, filled(query, this.known) as Record<string, string>)
    }
    if (returns) await this.#returns(party)
    for (let time = 0; answer !== undefined && time < times; time++) {
      await this.#next(party, await this.#computed(party, answer))
    }
  }

  async #computed(party: PartyState, answers: NonNullable<ActionStep['answer']>) {
    const values: Record<string, unknown> = {}
    for (const [name, given] of Object.entries(answers)) {
      const value: unknown = typeof given === 'function' ? await this.#called(party, name, given) : given
      values[name] = filled(value, this.known)
    }
    return values
  }

  /** A function of a walk in TypeScript can fail, too. */
  async #called(party: PartyState, name: string, compute: Computed): Promise<unknown> {
    try {
      return await compute(this.#moment(party))
    } catch (error) {
      if (error instanceof Mismatch || error instanceof OperationError) throw error
      const message = error instanceof Error ? error.message : String(error)
      throw new Mismatch('page', `an answer for ${name}`, `an error in its function: ${message}`)
    }
  }

  #moment(party: PartyState): Moment {
    const page = party.shown?.kind === 'page' ? party.shown.page : undefined
    const { submit } = party.client
    return { page, kept: this.known.kept, now: this.#world.time.now(), submit }
  }

  #startOwn(party: PartyState): Promise<void> {
    const { journey, transactionOf, signedIn } = party.given
    if (transactionOf !== undefined) return this.#open(party, 'link')
    const { ForceAuth = signedIn === undefined ? undefined : 'true', ...query } = party.given.query ?? {}
    const given = { ...query, ...(ForceAuth === undefined ? {} : { ForceAuth }) }
    return this.#start(party, { journey, query: given, headers: party.given.headers })
  }

  async #start(
    party: PartyState,
    given: {
      journey?: string | undefined
      query?: Record<string, string> | undefined
      headers?: Record<string, string> | undefined
    },
  ): Promise<void> {
    const query = filled(given.query ?? {}, this.known)
    // A link of a transaction names its journey.
    const own = query.authIndexType === 'transaction' ? undefined : party.given.journey
    const journey = given.journey ?? own
    const headers = filled(given.headers ?? party.given.headers ?? {}, this.known)
    const watched = this.#world.watch(journey)
    this.runs.push({ party: party.name, journey, watch: watched.watch })
    party.run = this.runs.length - 1
    party.owners = ownersOf(Object.values(headers), this.#world.people)
    party.query = Object.hasOwn(query, 'ForceAuth') ? {} : query
    const shown = await party.client.start({ journey, query, headers: { ...headers, ...watched.headers } })
    await this.#show(party, shown, { kind: 'start', about: journey ?? '', query })
  }

  async #open(party: PartyState, target: string): Promise<void> {
    const url = target === 'link' ? this.#linkFor(party) : filled(target, this.known)
    const parsed = URL.parse(url)
    if (parsed === null)
      throw new OperationError(`'${target}' is not a link: opens needs \`link\` or a kept value`)
    const query = Object.fromEntries(parsed.searchParams)
    if (query.authIndexType === 'transaction') {
      party.transaction = { id: query.authIndexValue ?? '', link: url }
      return this.#start(party, { query: { ForceAuth: 'true', ...query } })
    }
    await this.#show(party, await party.client.resume(url), { kind: 'open', about: 'the link of an email' })
  }

  #linkFor({ given, name }: PartyState): string {
    const other = this.#parties.get(given.transactionOf ?? '')
    if (other?.transaction === undefined) {
      throw new Mismatch(
        'page',
        `a transaction that ${given.transactionOf ?? 'another party'} opened`,
        `none for ${name}`,
      )
    }
    return other.transaction.link
  }

  async #answerOnPhone(party: PartyState, answer: NonNullable<ActionStep['phone']>): Promise<void> {
    const status = await this.#world.answerOnPhone(pageOf(party)?.authId ?? '', answer)
    this.#note({ kind: 'phone', party: party.name, about: answer })
    if (status === undefined)
      throw new Mismatch('page', 'a page that waits for a phone', shownText(party.shown))
    if (status !== 200) throw new Mismatch('page', 'a notification that can be answered', `status ${status}`)
  }

  async #reject(party: PartyState, reason: NonNullable<ActionStep['rejects']>): Promise<void> {
    const opener = this.#parties.get(party.given.transactionOf ?? '') ?? party
    const { id } = opener.transaction ?? {}
    const answer = await this.#world.reject(id ?? '', reason)
    this.#note({ kind: 'reject', party: party.name, about: reason })
    if (answer.status !== 200) throw new Mismatch('page', 'a rejected transaction', `status ${answer.status}`)
  }

  /** A waiting page comes back by itself after its time. */
  async #returns(party: PartyState): Promise<void> {
    const waiting = pageOf(party)?.callbacks.find(({ type }) => type === 'PollingWaitCallback')
    const waitMs = Number((waiting && outputOf(waiting, 'waitTime')) ?? 0)
    await this.#world.time.pass(waitMs + 1, 'poll')
    await this.#next(party, {})
  }

  async #next(party: PartyState, answers: Record<string, unknown>, query = party.query): Promise<void> {
    const page = pageOf(party)
    if (page === undefined) throw new Mismatch('page', 'a page to answer', shownText(party.shown))
    const answered = answeredPage(page, answers)
    this.secretAnswers.push(...secretAnswersOn(answered))
    for (const owner of ownersOf(Object.values(answers).flat(), this.#world.people)) party.owners.add(owner)
    const shown = await party.client.next(answered, query)
    await this.#show(party, shown, { kind: 'answer', about: '', query, page: answered })
  }

  async #show(party: PartyState, shown: Shown, sent: Sent): Promise<void> {
    const { name, run, browser } = party
    const token = shown.kind === 'success' ? shown.token : undefined
    const sessionOf = (given: string) => lookingAt(() => this.#world.sessionOf(given, browser.header))
    const session = token === undefined ? undefined : await sessionOf(token)
    Object.assign(party, { shown, session })
    this.screens.push({ party: name, run, step: this.#step ?? 0, shown, session })
    this.#note({ ...sent, party: name, run, browser, shown })
  }

  /** Later pages, or the end, no longer tell about a transaction. */
  async #rememberTransactions(): Promise<void> {
    for (const party of this.#parties.values()) {
      const page = pageOf(party)
      const opened = page && (await this.#world.transactionOf(page.authId))
      if (opened === undefined) continue
      if (party.transaction?.id !== opened.id) this.secretAnswers.push(opened.id)
      party.transaction = opened
      const { id: _id, ...known } = opened
      this.known.parties[party.name] = known
    }
  }
}

function pageOf({ shown }: Pick<PartyState, 'shown'>) {
  return shown?.kind === 'page' ? shown.page : undefined
}
