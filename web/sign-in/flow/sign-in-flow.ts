import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import {
  type CallerCheck,
  confirmCheck,
  describeCheck,
  type Rejection,
  rejectCheck,
  rejectionOf,
  reportSeen,
} from '../../api/callers-page.ts'
import { ApiError, type RequestOptions } from '../../api/request.ts'
import { type Address, readAddress, transactionOf, withoutReturn } from '../address.ts'
import { isRepeated, mergeTyped, type Typed } from '../step/carry-over.ts'
import { isPolling, isSuspended, signatureOf, type Values, withValues } from '../step/inputs.ts'
import { failuresByProperty } from '../step/policies.ts'
import { storedProgress, storeProgress } from './caller-progress.ts'
import { allowedService, captchaServiceOf, pathFor } from './captcha-policy.ts'
import { watchCheck } from './check-watch.ts'
import { type Failure, failureUrlOf, isAnsweredBefore, isExpired } from './failure.ts'
import { FlowStore } from './flow-store.ts'
import { LatestRequest } from './latest-request.ts'
import { pollDelay } from './polling.ts'
import { follow, type Redirect, redirectOf } from './redirect.ts'
import { type StoredStep, storeStep, takeStoredStep } from './stored-step.ts'
import { currentPath, landingUrl } from './urls.ts'
import { isNoticeStage, withContinue } from './verification-notice.ts'
import type { End, Notice, StepView } from './view.ts'

/** Seconds that the server may hold a poll. Must be below the timeout of common proxies. */
const holdSeconds = 25

/** One request of the journey, and the feedback to show with its response. */
type Exchange = {
  /** Left out to start. */
  step?: Step | undefined
  query?: RequestOptions['query']
  typed?: Typed | undefined
  notice?: Notice | undefined
  failures?: StepView['failures'] | undefined
  isHeld?: boolean
  isPoll?: boolean
}

/** Runs a journey in the browser: sends its steps and decides what the page shows. */
export class SignInFlow {
  readonly store = new FlowStore()
  readonly #request = new LatestRequest(this.store)
  #address: Address
  #locale: string | undefined
  #visit = 0
  /** Whether the person has submitted a step since the start. Otherwise a failed journey is not restarted. */
  #hasActed = false
  /** All input since the start of the journey. */
  #typed: Typed[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Until a rejection has an answer, no other request may take its place. */
  #isRejecting = false

  constructor(address: Address) {
    this.#address = address
    this.#locale = address.locale
  }

  /** The address that the journey was started with, also after a return from another site. */
  get address(): Address {
    return this.#address
  }

  /** Starts, resumes or continues a journey, depending on the address and the stored step. */
  open(): void {
    const stored = takeStoredStep()
    const end = (ended: End) => this.#end(ended)
    if (transactionOf(this.#address) !== undefined) watchCheck(this.store, () => this.#link(), end)
    const { suspendedId, isReturn, index, others } = this.#address
    const isOfThisPage = stored?.reason === 'here' && stored.path === currentPath()
    if (isOfThisPage) this.#continueStoredStep(stored)
    else if (suspendedId !== undefined) void this.#send({ query: { suspendedId } })
    else if (isReturn && stored?.reason === 'redirect') this.#continueAfterReturn(stored, others)
    else if (isReturn && index === undefined) this.#showLostReturn()
    else if (transactionOf(this.#address) !== undefined) void this.#describe()
    else this.restart()
  }

  /** Answers the current step. Ignored while a request is pending. */
  submit(values: Values): void {
    const { view, isBusy } = this.store.read()
    if (view.kind !== 'step' || isBusy) return
    this.#hasActed = true
    const { step } = view
    const typed = { step, values, isFailed: false }
    this.#typed = [...this.#typed, typed]
    if (isPolling(step)) void this.#interrupt(step, values)
    else void this.#send({ step: withValues(step, values), typed })
  }

  /** Starts the journey again. */
  restart(): void {
    if (this.#isRejecting) return
    // The link of a suspended journey does not name the journey, so this starts the realm's default one.
    this.#address = { ...this.#address, suspendedId: undefined }
    void this.#restart({})
  }

  /** Starts the caller's journey after its first page. */
  continueAsCaller(): void {
    storeProgress({ isBegun: true })
    this.restart()
  }

  /** Confirms that the caller called, or vouches. Only then the server releases the agent's code. */
  async confirm(): Promise<void> {
    const isElsewhere = this.store.read().check?.isConfirmed === true
    try {
      const check = await this.#request.send(() => confirmCheck(this.#link()))
      if (check === undefined) return
      storeProgress({ isAnswered: true, isElsewhere })
      this.#showCheck(check)
    } catch (error) {
      this.#failWith(error)
    }
  }

  /** Rejects the check. This is possible at any time, even after the result. */
  async reject(reason: Rejection): Promise<void> {
    if (this.#isRejecting) return
    this.#isRejecting = true
    clearTimeout(this.#timer)
    const transaction = transactionOf(this.#address) ?? ''
    try {
      const rejected = await this.#request.send(() => rejectCheck(this.#address.realm, transaction, reason))
      if (rejected === undefined) return
      const { isLate, ending } = rejected
      const counted = rejectionOf({ ending, rejectedAt: null, vouchFor: null }) ?? reason
      this.#end({ kind: 'rejected', reason: counted, isLate })
    } catch (error) {
      this.#failWith(error)
    } finally {
      this.#isRejecting = false
    }
  }

  /** Sets the language for the server's texts. Restarts the journey if the person has not done anything yet. */
  setLanguage(locale: string): void {
    this.#locale = locale
    if (this.#isRejecting) return void this.#loadCheck()
    const { kind } = this.store.read().view
    if (kind === 'step' && !this.#hasActed) this.restart()
    if (kind === 'caller') void this.#describe()
    else void this.#loadCheck()
  }

  /** Called when the browser restores the page from its back/forward cache: the journey may have moved on. */
  restoreFromCache(): void {
    if (this.store.read().view.kind === 'leaving') this.restart()
  }

  #link() {
    const { realm } = this.#address
    return { realm, transaction: transactionOf(this.#address) ?? '', locale: this.#locale }
  }

  #restart(exchange: Omit<Exchange, 'step' | 'query'>): Promise<void> {
    this.#hasActed = false
    this.#typed = []
    return this.#send(exchange)
  }

  #continueAfterReturn(stored: StoredStep, query: Address['others']): void {
    history.replaceState(history.state, '', stored.path)
    this.#address = readAddress(new URL(stored.path, location.origin))
    this.#hasActed = true
    void this.#loadCheck()
    void this.#send({ step: stored.step, query })
  }

  #showLostReturn(): void {
    this.#address = withoutReturn(this.#address)
    this.#end({ kind: 'cameBack' })
  }

  #continueStoredStep({ step, failure }: StoredStep): void {
    this.#hasActed = true
    void this.#loadCheck()
    this.#show(step, { notice: failure === undefined ? undefined : { kind: 'failed', message: failure } })
  }

  async #describe(): Promise<void> {
    try {
      const check = await this.#request.send(() => describeCheck(this.#link()))
      if (check !== undefined) this.#showCheck(check)
    } catch (error) {
      this.#failWith(error)
    }
  }

  #showCheck(check: CallerCheck): void {
    const progress = storedProgress()
    const isAnswered = check.question === null || (progress.isAnswered && check.isConfirmed)
    if (check.state === 'COMPLETED') this.#end({ kind: 'over', check })
    else this.store.change({ check, view: { ...progress, kind: 'caller', check, isAnswered }, isBusy: false })
    if (check.state === 'CREATED' && check.question !== null && !check.isConfirmed) this.#reportSeen()
  }

  /** Only pages that a person sees run this, but not scanners that fetch the link. The page does not need the answer. */
  #reportSeen(): void {
    const transaction = transactionOf(this.#address)
    if (transaction !== undefined) void reportSeen(this.#address.realm, transaction).catch(() => {})
  }

  /** Loads the check for the header of a caller's page. The journey continues without it. */
  async #loadCheck(): Promise<void> {
    if (transactionOf(this.#address) === undefined) return
    const check = await describeCheck(this.#link()).catch(() => undefined)
    if (check !== undefined) this.store.change({ check })
  }

  async #send(exchange: Exchange): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const response = await this.#request.send((signal) => this.#advance(exchange, signal), exchange.isPoll)
      if (response !== undefined) this.#handle(response, exchange)
    } catch (error) {
      this.#failWith(error)
    }
  }

  async #advance({ step, query, isHeld }: Exchange, signal: AbortSignal): Promise<JourneyResponse> {
    const { realm, start, others } = this.#address
    const isStart = step === undefined && query === undefined
    const response = await advanceJourney({
      realm,
      signal,
      query: { ...(isStart ? start : {}), ...others, locale: this.#locale, ...query },
      step,
      headers: isHeld ? { prefer: `wait=${holdSeconds}` } : undefined,
    })
    if (response.kind === 'failure' && response.code >= 500) {
      throw new ApiError({ ...response, reason: '' })
    }
    return response
  }

  #handle(response: JourneyResponse, exchange: Exchange): void {
    if (response.kind === 'step' && this.#isConfirmedNotice(response.step))
      void this.#send({ ...feedbackOf(exchange), step: withContinue(response.step) })
    else if (response.kind === 'step') this.#show(response.step, { ...exchange, isHeld: response.isHeld })
    else if (response.kind === 'failure') void this.#fail(response, exchange)
    else this.#succeed(response)
  }

  /** The caller has already seen the notice on the first page and chosen to continue. */
  #isConfirmedNotice({ stage }: Step): boolean {
    return isNoticeStage(stage) && transactionOf(this.#address) !== undefined && storedProgress().isBegun
  }

  #show(step: Step, { typed, notice, failures = {}, isHeld = false }: Omit<Exchange, 'step'>): void {
    const redirect = redirectOf(step)
    if (redirect !== undefined && notice !== undefined) return void this.#endAfterReturn(notice)
    if (redirect !== undefined) return void this.#leaveFor(step, redirect)
    if (captchaServiceOf(step) !== allowedService() && this.#reloadWithPolicy(step, notice)) return
    const { view } = this.store.read()
    const isSame = view.kind === 'step' && isPolling(step) && signatureOf(step) === signatureOf(view.step)
    if (!isSame) this.#visit++
    const again: Notice | undefined = isRepeated(step, typed) ? { kind: 'again' } : undefined
    const shown = {
      kind: 'step',
      step,
      visit: this.#visit,
      notice: notice ?? again,
      typed,
      failures,
      isHeld,
    } as const
    this.store.change({ view: shown, isBusy: false })
    if (isSuspended(step) || this.#address.suspendedId !== undefined) {
      storeStep({ reason: 'here', path: currentPath(), step })
    }
    if (isPolling(step)) {
      this.#timer = setTimeout(() => void this.#send({ step, isHeld, isPoll: true }), pollDelay(step, isHeld))
    }
  }

  /** Ends a journey that starts on another site: nobody would see the reason there, and both sites could go on for ever. */
  #endAfterReturn(notice: Notice): void {
    this.#end({ kind: 'cameBackRefused', message: notice.kind === 'failed' ? notice.message : '' })
  }

  #leaveFor(step: Step, redirect: Redirect): void {
    storeStep({ reason: 'redirect', path: currentPath(), step })
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    follow(redirect, () => this.#end({ kind: 'refused', message: '' }))
  }

  /**
   * Reloads the page with the content security policy that the step needs.
   * @returns false if the step cannot be stored, so that a reload would lose it.
   */
  #reloadWithPolicy(step: Step, notice: Notice | undefined): boolean {
    const service = captchaServiceOf(step)
    const path = pathFor(service)
    const failure = notice?.kind === 'failed' ? { failure: notice.message } : {}
    if (!storeStep({ reason: 'here', path, step, ...failure }) && service === undefined) return false
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    location.replace(path)
    return true
  }

  /**
   * Presses a button of a polling page. A poll may have answered the step already: then polls once more to get the current
   * step, and presses the button there.
   */
  async #interrupt(step: Step, values: Values): Promise<void> {
    clearTimeout(this.#timer)
    const typed = { step, values, isFailed: false }
    const exchange = { step: withValues(step, values), typed }
    try {
      const response = await this.#request.send((signal) => this.#advance(exchange, signal))
      if (response === undefined) return
      if (response.kind !== 'failure' || !isAnsweredBefore(response)) return this.#handle(response, exchange)
      const polled = await this.#request.send((signal) => this.#advance({ step }, signal))
      if (polled === undefined) return
      const isSame = polled.kind === 'step' && signatureOf(polled.step) === signatureOf(step)
      if (isSame) return await this.#interrupt(polled.step, values)
      this.#handle(polled, exchange)
    } catch (error) {
      this.#failWith(error)
    }
  }

  async #fail(failure: Failure, { query }: Exchange): Promise<void> {
    const exchange = { typed: mergeTyped(this.#typed), failures: failuresByProperty(failure.detail) }
    if (isExpired(failure) && query?.suspendedId !== undefined) return this.#end({ kind: 'linkUsed' })
    if (isExpired(failure)) return this.#restart({ ...exchange, notice: { kind: 'expired' } })
    if (isAnsweredBefore(failure)) return this.#restart({ ...exchange, notice: { kind: 'elsewhere' } })
    const url = failureUrlOf(failure)
    if (url !== undefined) return this.#navigateTo(url)
    const isCaller = transactionOf(this.#address) !== undefined
    if (isCaller && (await this.#hasCheckEnded(failure.message))) return
    // A journey without any input would fail forever, and the start of a resumed journey is unknown.
    const canRestart = this.#hasActed && this.#address.suspendedId === undefined
    if (!canRestart) return this.#end({ kind: 'refused', message: failure.message })
    return this.#restart({ ...exchange, notice: { kind: 'failed', message: failure.message } })
  }

  /** Shows the end of the caller's check if it has ended. @returns whether the page shows an end. */
  async #hasCheckEnded(message: string): Promise<boolean> {
    try {
      const check = await this.#request.send(() => describeCheck(this.#link()))
      if (check === undefined || check.state !== 'COMPLETED') return check === undefined
      this.#end({ kind: 'over', check, message })
    } catch (error) {
      this.#failWith(error)
    }
    return true
  }

  #succeed({ successUrl, tokenId }: Extract<JourneyResponse, { kind: 'success' }>): void {
    const page = landingUrl(successUrl)
    // The server's fallback, which is useless without a session.
    const isConsole = tokenId === undefined && page === `${location.origin}/console/`
    if (transactionOf(this.#address) !== undefined) this.#endCheck(page)
    else if (page !== undefined && !isConsole) this.#navigateTo(page)
    else this.#end({ kind: tokenId === undefined ? 'finished' : 'signedIn' })
  }

  /** Redirects the caller to the link's `goto` if the server allows it, and otherwise sends them back to the call. */
  #endCheck(page: string | undefined): void {
    const { goto } = this.#address.start
    if (goto !== undefined && page !== undefined && page === landingUrl(goto)) this.#navigateTo(page)
    else this.#end({ kind: 'confirmed' })
  }

  #navigateTo(url: string): void {
    takeStoredStep()
    this.store.change({ view: { kind: 'leaving' }, isBusy: true })
    location.assign(url)
  }

  #end(end: End): void {
    takeStoredStep()
    this.store.change({ view: { kind: 'end', end }, isBusy: false, problem: undefined })
  }

  /** Shows an error that cannot be fixed by a retry. */
  #failWith(error: unknown): void {
    if (!(error instanceof ApiError)) reportError(error)
    const isCaller = transactionOf(this.#address) !== undefined
    if (!(error instanceof ApiError)) this.#end({ kind: 'refused', message: '' })
    else
      this.#end(
        isCaller && error.code === 404 ? { kind: 'gone' } : { kind: 'refused', message: error.message },
      )
  }
}

/** The part of an exchange that the next page shows. */
function feedbackOf({ notice, typed, failures }: Exchange): Pick<Exchange, 'notice' | 'typed' | 'failures'> {
  return { typed, notice, failures }
}
