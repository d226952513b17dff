import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import {
  type CallerCheck,
  confirmCheck,
  describeCheck,
  type Rejection,
  rejectCheck,
  rejectionOf,
} from '../../api/callers-page.ts'
import { ApiError, type RequestOptions } from '../../api/request.ts'
import { type Address, readAddress, transactionOf, withoutReturn } from '../address.ts'
import { isSamePage, type Typed, typedOnTheWay } from '../step/carry-over.ts'
import { filled, isWaiting, signatureOf, type Values } from '../step/inputs.ts'
import { failedPoliciesOf, failuresByProperty } from '../step/policies.ts'
import { agreed, isNoticeStage } from './agreed-notice.ts'
import { keepStage, keptStage } from './callers-stage.ts'
import { addressFor, captchaServiceOf, openService } from './captcha-policy.ts'
import { type Failure, failureUrlOf, isAnsweredBefore, isExpired } from './failure.ts'
import { type KeptStep, keepStep, takeKeptStep } from './kept-step.ts'
import { landingPage } from './landing-page.ts'
import { pauseOf } from './polling.ts'
import { follow, type Redirect, redirectOf } from './redirect.ts'
import { Requests } from './requests.ts'
import { WalkStore } from './state.ts'
import type { End, Notice, StepView } from './view.ts'

/** Seconds that the server is asked to hold the answer to a waiting page: less than what proxies allow. */
const holdSeconds = 25

/** One request of the journey, and what there is to say of its answer. */
type Move = {
  /** Left out to start. */
  step?: Step
  query?: RequestOptions['query']
  typed?: Typed | undefined
  notice?: Notice
  failures?: StepView['failures']
  isHeld?: boolean
  isPoll?: boolean
}

/** One person's way through a journey: what is shown, and what happens next. */
export class Walk {
  readonly store = new WalkStore()
  readonly #requests = new Requests(this.store)
  #address: Address
  #locale: string | undefined
  #visits = 0
  /** Whether the person did something since the journey started: only then it starts again by itself. */
  #hasActed = false
  /** What was typed since the journey started. */
  #way: Typed[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(address: Address) {
    this.#address = address
    this.#locale = address.locale
  }

  /** What the journey was asked for by: after a way back from elsewhere, the address that it began with. */
  get address(): Address {
    return this.#address
  }

  /** Decides by the address, and by what was kept of the page before, what comes first. */
  open(): void {
    const kept = takeKeptStep()
    const { suspendedId, isReturn, index, others } = this.#address
    const isOfThisPage = kept?.reason === 'here' && kept.path === herePath()
    if (isOfThisPage) this.#goOnWith(kept)
    else if (suspendedId !== undefined) void this.#move({ query: { suspendedId } })
    else if (isReturn && kept?.reason === 'redirect') this.#comeBack(kept, others)
    else if (isReturn && index === undefined) this.#comeBackToNothing()
    else if (transactionOf(this.#address) !== undefined) void this.#describe()
    else this.restart()
  }

  /** Sends the step with what was typed. A step that is on its way is not sent again. */
  submit(values: Values): void {
    const { view, isBusy } = this.store.read()
    if (view.kind !== 'step' || isBusy) return
    this.#hasActed = true
    const { step } = view
    const typed = { step, values, isFailed: false }
    this.#way = [...this.#way, typed]
    if (isWaiting(step)) void this.#interrupt(step, values)
    else void this.#move({ step: filled(step, values), typed })
  }

  /** Begins the journey anew. */
  restart(): void {
    // A mail leads to the middle of a journey: what starts anew is the realm's own.
    this.#address = { ...this.#address, suspendedId: undefined }
    void this.#restart({})
  }

  /** The caller wants to go on. */
  agree(): void {
    keepStage({ isBegun: true })
    this.restart()
  }

  /** The caller says that they called, or vouches: only now the page shows the agent's code. */
  async confirm(): Promise<void> {
    const transaction = transactionOf(this.#address) ?? ''
    const isElsewhere = this.store.read().check?.isConfirmed === true
    try {
      const check = await this.#requests.ask(() => confirmCheck(this.#address.realm, transaction))
      if (check === undefined) return
      keepStage({ isAnswered: true, isElsewhere })
      this.#showCheck(check)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** The caller ends the check. It counts whatever is under way, and afterwards. */
  async reject(reason: Rejection): Promise<void> {
    clearTimeout(this.#timer)
    const transaction = transactionOf(this.#address) ?? ''
    try {
      const rejected = await this.#requests.ask(() => rejectCheck(this.#address.realm, transaction, reason))
      if (rejected === undefined) return
      const { isLate, ending } = rejected
      const counted = rejectionOf({ ending, rejectedAt: null, vouchFor: null }) ?? reason
      this.#end({ kind: 'rejected', reason: counted, isLate })
    } catch (error) {
      this.#giveUp(error)
    }
  }

  /** From now on the server speaks this language. A page that nothing was done on yet is asked for again. */
  speak(locale: string): void {
    this.#locale = locale
    if (this.store.read().view.kind === 'step' && !this.#hasActed) this.restart()
  }

  /** The browser shows this page as it was left, and the journey may be elsewhere. */
  wakeUp(): void {
    if (this.store.read().view.kind === 'leaving') this.restart()
  }

  #restart(move: Omit<Move, 'step' | 'query'>): Promise<void> {
    this.#hasActed = false
    this.#way = []
    return this.#move(move)
  }

  #comeBack(kept: KeptStep, query: Address['others']): void {
    history.replaceState(history.state, '', kept.path)
    this.#address = readAddress(new URL(kept.path, location.origin))
    this.#hasActed = true
    void this.#recallCheck()
    void this.#move({ step: kept.step, query })
  }

  #comeBackToNothing(): void {
    this.#address = withoutReturn(this.#address)
    this.#end({ kind: 'cameBack' })
  }

  #goOnWith({ step, failure }: KeptStep): void {
    this.#hasActed = true
    void this.#recallCheck()
    this.#show(step, failure === undefined ? {} : { notice: { kind: 'failed', message: failure } })
  }

  async #describe(): Promise<void> {
    const { realm } = this.#address
    const transaction = transactionOf(this.#address) ?? ''
    try {
      const check = await this.#requests.ask(() => describeCheck(realm, transaction))
      if (check !== undefined) this.#showCheck(check)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  #showCheck(check: CallerCheck): void {
    const stage = keptStage()
    const isAnswered = check.question === null || (stage.isAnswered && check.isConfirmed)
    if (check.state === 'COMPLETED') this.#end({ kind: 'over', check })
    else this.store.change({ check, view: { ...stage, kind: 'caller', check, isAnswered }, isBusy: false })
  }

  /** In the middle of a caller's journey, what it is about is shown above: it is no reason to wait, nor to stop. */
  async #recallCheck(): Promise<void> {
    const transaction = transactionOf(this.#address)
    if (transaction === undefined) return
    const check = await describeCheck(this.#address.realm, transaction).catch(() => undefined)
    this.store.change({ check })
  }

  async #move(move: Move): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const answer = await this.#requests.ask((signal) => this.#advance(move, signal), move.isPoll)
      if (answer !== undefined) this.#take(answer, move)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  async #advance({ step, query, isHeld }: Move, signal: AbortSignal): Promise<JourneyResponse> {
    const { realm, start, others } = this.#address
    const isStart = step === undefined && query === undefined
    const answer = await advanceJourney({
      realm,
      signal,
      query: { ...(isStart ? start : {}), ...others, locale: this.#locale, ...query },
      ...(step === undefined ? {} : { step }),
      ...(isHeld ? { headers: { prefer: `wait=${holdSeconds}` } } : {}),
    })
    if (answer.kind === 'failure' && answer.code >= 500) {
      throw new ApiError({ ...answer, reason: '' })
    }
    return answer
  }

  #take(answer: JourneyResponse, move: Move): void {
    if (answer.kind === 'step' && this.#isAgreedNotice(answer.step))
      void this.#move({ ...saidOf(move), step: agreed(answer.step) })
    else if (answer.kind === 'step') this.#show(answer.step, { ...move, isHeld: answer.isHeld })
    else if (answer.kind === 'failure') void this.#fail(answer, move)
    else this.#succeed(answer)
  }

  /** The page before the journey said what this step says, and the caller chose to go on. */
  #isAgreedNotice({ stage }: Step): boolean {
    return isNoticeStage(stage) && transactionOf(this.#address) !== undefined && keptStage().isBegun
  }

  #show(step: Step, { typed, notice, failures = {}, isHeld = false }: Omit<Move, 'step'>): void {
    const redirect = redirectOf(step)
    if (redirect !== undefined) return void this.#follow(step, redirect)
    if (captchaServiceOf(step) !== openService() && this.#reopen(step, notice)) return
    const { view } = this.store.read()
    const isSame = view.kind === 'step' && isWaiting(step) && signatureOf(step) === signatureOf(view.step)
    if (!isSame) this.#visits++
    const again: Notice | undefined = isAskedAgain(step, typed) ? { kind: 'again' } : undefined
    const shown = {
      kind: 'step',
      step,
      visit: this.#visits,
      notice: notice ?? again,
      typed,
      failures,
      isHeld,
    } as const
    this.store.change({ view: shown, isBusy: false })
    if (isSuspended(step) || this.#address.suspendedId !== undefined) {
      keepStep({ reason: 'here', path: herePath(), step })
    }
    if (isWaiting(step)) {
      this.#timer = setTimeout(() => void this.#move({ step, isHeld, isPoll: true }), pauseOf(step, isHeld))
    }
  }

  #follow(step: Step, redirect: Redirect): void {
    keepStep({ reason: 'redirect', path: herePath(), step })
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    follow(redirect)
  }

  /**
   * Asks for this very page under the policy that the step needs.
   * @returns false where the step would be lost on the way, and does without.
   */
  #reopen(step: Step, notice: Notice | undefined): boolean {
    const service = captchaServiceOf(step)
    const path = addressFor(service)
    const failure = notice?.kind === 'failed' ? { failure: notice.message } : {}
    if (!keepStep({ reason: 'here', path, step, ...failure }) && service === undefined) return false
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    location.replace(path)
    return true
  }

  /**
   * Presses a button of a page that comes back by itself. Its last question may be answered already: then the same
   * question again tells what came of it, and the button is pressed there.
   */
  async #interrupt(step: Step, values: Values): Promise<void> {
    clearTimeout(this.#timer)
    const typed = { step, values, isFailed: false }
    const move = { step: filled(step, values), typed }
    try {
      const answer = await this.#requests.ask((signal) => this.#advance(move, signal))
      if (answer === undefined) return
      if (answer.kind !== 'failure' || !isAnsweredBefore(answer)) return this.#take(answer, move)
      const polled = await this.#requests.ask((signal) => this.#advance({ step }, signal))
      if (polled === undefined) return
      const isSame = polled.kind === 'step' && signatureOf(polled.step) === signatureOf(step)
      if (isSame) return await this.#interrupt(polled.step, values)
      this.#take(polled, move)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  async #fail(failure: Failure, { query }: Move): Promise<void> {
    const move = { typed: typedOnTheWay(this.#way), failures: failuresByProperty(failure.detail) }
    if (isExpired(failure) && query?.suspendedId !== undefined) return this.#end({ kind: 'linkUsed' })
    if (isExpired(failure)) return this.#restart({ ...move, notice: { kind: 'expired' } })
    if (isAnsweredBefore(failure)) return this.#restart({ ...move, notice: { kind: 'elsewhere' } })
    const url = failureUrlOf(failure)
    if (url !== undefined) return this.#leaveTo(url)
    const transaction = transactionOf(this.#address)
    if (transaction !== undefined && (await this.#isOver(transaction, failure.message))) return
    // A journey that nobody does anything in would fail for ever; of one that a mail led to, the beginning is unknown.
    const isAlone = !this.#hasActed || this.#address.suspendedId !== undefined
    if (isAlone) return this.#end({ kind: 'refused', message: failure.message })
    return this.#restart({ ...move, notice: { kind: 'failed', message: failure.message } })
  }

  /** Whether the caller's check has ended, which is then said. */
  async #isOver(transaction: string, message: string): Promise<boolean> {
    try {
      const check = await this.#requests.ask(() => describeCheck(this.#address.realm, transaction))
      if (check === undefined || check.state !== 'COMPLETED') return check === undefined
      this.#end({ kind: 'over', check, message })
    } catch (error) {
      this.#giveUp(error)
    }
    return true
  }

  #succeed({ successUrl, tokenId }: Extract<JourneyResponse, { kind: 'success' }>): void {
    const page = landingPage(successUrl)
    // Named for want of another page, and of no use to who has no session.
    const isConsole = tokenId === undefined && page === `${location.origin}/console/`
    if (transactionOf(this.#address) !== undefined) this.#confirm(page)
    else if (page !== undefined && !isConsole) this.#leaveTo(page)
    else this.#end({ kind: tokenId === undefined ? 'finished' : 'signedIn' })
  }

  /** A caller goes back to the call, or on to the page that the link itself names, if the server allows that page. */
  #confirm(page: string | undefined): void {
    const { goto } = this.#address.start
    if (goto !== undefined && page !== undefined && page === landingPage(goto)) this.#leaveTo(page)
    else this.#end({ kind: 'confirmed' })
  }

  #leaveTo(url: string): void {
    takeKeptStep()
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    location.assign(url)
  }

  #end(end: End): void {
    takeKeptStep()
    this.store.change({ view: { kind: 'end', end }, isBusy: false, trouble: undefined })
  }

  /** @param error what no further attempt mends. */
  #giveUp(error: unknown): void {
    if (!(error instanceof ApiError)) reportError(error)
    const isCaller = transactionOf(this.#address) !== undefined
    if (!(error instanceof ApiError)) this.#end({ kind: 'refused', message: '' })
    else
      this.#end(
        isCaller && error.code === 404 ? { kind: 'gone' } : { kind: 'refused', message: error.message },
      )
  }
}

function herePath(): string {
  return location.pathname + location.search + location.hash
}

/** What a move has to say of the attempt before, for the page that it comes to. */
function saidOf({ notice, typed, failures }: Move): Pick<Move, 'notice' | 'typed' | 'failures'> {
  return {
    typed,
    ...(notice === undefined ? {} : { notice }),
    ...(failures === undefined ? {} : { failures }),
  }
}

function isSuspended({ callbacks }: Step): boolean {
  return callbacks.some(({ type }) => type === 'SuspendedTextOutputCallback')
}

/** Whether a secret was asked for, and is asked for once more without a word. */
function isAskedAgain(step: Step, typed: Typed | undefined): boolean {
  const isSecret = step.callbacks.some(({ type }) => type === 'PasswordCallback' || type === 'NameCallback')
  const isRefused = step.callbacks.some((callback) => failedPoliciesOf(callback).length > 0)
  return isSecret && !isRefused && isSamePage(step, typed)
}
