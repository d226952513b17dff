import { randomUUID } from 'node:crypto'
import type { Sealer } from '../secrets/seal.ts'
import type { Span, Tracing } from '../telemetry/traces/tracing.ts'
import {
  type CallAttempt,
  type LogoutToken,
  type OutgoingCall,
  outgoingCallSchema,
  type QueuedCall,
} from './call.ts'
import type { CallStore } from './call-store.ts'
import { backoffAfter, maxAttempts, Outbox, type OutboxParts } from './outbox.ts'

/**
 * Makes one call, behind the same fence as calls of scripts.
 * @param id the same for every retry, so that the other server can recognise one.
 * @throws an error with a `code` like an HTTP status if there is no response.
 */
export type SendCall = (call: OutgoingCall, id: string) => Promise<{ status: number }>

type Parts = {
  store: CallStore
  sealer: Sealer
  send: SendCall
  /** Builds the call of a webhook delivery; undefined if it is no longer wanted. */
  callOf(deliveryId: string): Promise<DueCall | undefined>
  /** The body that says the result of a transaction. */
  resultBody(about: NonNullable<OutgoingCall['resultOf']>): Promise<string>
  signLogoutToken(realm: string, token: LogoutToken, id: string): Promise<string>
  tracing: Pick<Tracing, 'rootSpan'>
} & OutboxParts

/** A call that is ready to be sent, and the transaction that it is about. */
export type DueCall = { call: OutgoingCall; transactionHash: string | undefined }

/** What a response means: `again` can succeed later, `never` can't. */
type Verdict = 'made' | 'again' | 'never'

/**
 * Makes the calls in the outbox. A call is removed only after a response, so a crash in between makes it twice and never
 * loses it.
 */
export class CallOutbox extends Outbox<QueuedCall> {
  readonly #parts: Parts

  constructor(parts: Parts) {
    super(parts)
    this.#parts = parts
  }

  /** The stored form of a call, which is saved with its cause. @param about the cause, for the log. */
  queued(realm: string, about: string, call: OutgoingCall): QueuedCall {
    const { sealer, now } = this.#parts
    const at = now()
    const body = sealer.seal(JSON.stringify(call))
    return { id: randomUUID(), realm, about, source: 'sealed', body, attempts: 0, createdAt: at, dueAt: at }
  }

  protected claim(now: number, until: number, limit: number): Promise<QueuedCall[]> {
    return this.#parts.store.claim(now, until, limit)
  }

  protected deliver(call: QueuedCall): Promise<void> {
    const about = { 'sidegate.call': call.about }
    return this.#parts.tracing.rootSpan('outgoing call', about, (span) => this.#deliver(call, span))
  }

  protected nextDue(): Promise<number | undefined> {
    return this.#parts.store.nextDue()
  }

  async #deliver(call: QueuedCall, span: Span): Promise<void> {
    const { store, log, now } = this.#parts
    const { id, realm, about, attempts } = call
    // Addresses, headers and bodies can contain secrets, and so can errors: only numbers are logged.
    const { status, ...sent } = await this.#send(call, span)
    const verdict = sent.verdict === 'again' && attempts >= maxAttempts ? 'never' : sent.verdict
    const tried: CallAttempt = { attempts, at: now(), status, isMade: verdict === 'made' }
    span.setAttributes({ 'sidegate.tries': attempts, 'sidegate.verdict': verdict })
    const line = { call: id, about, realm, attempts, status }
    if (verdict === 'again') {
      log.warn(line, 'an outgoing call failed, will retry')
      return store.postpone(id, now() + backoffAfter(attempts), tried, problemOf(status))
    }
    if (verdict === 'made') {
      await store.remove(id, tried)
      return log.info(line, 'made an outgoing call')
    }
    // A webhook lists its deliveries itself.
    if (call.source === 'delivery') await store.remove(id, tried)
    else await store.fail(id, tried, problemOf(status))
    log.error(line, 'an outgoing call failed, giving up')
  }

  async #send(queued: QueuedCall, span: Span): Promise<{ status: number | undefined; verdict: Verdict }> {
    try {
      const due = await this.#callOf(queued)
      if (due === undefined) return { status: undefined, verdict: 'never' }
      const { call, transactionHash } = due
      if (transactionHash !== undefined) span.setAttributes({ 'sidegate.transaction.hash': transactionHash })
      const { status } = await this.#parts.send(call, queued.id)
      return { status, verdict: verdictOn(status, queued.source) }
    } catch (error) {
      // Our own refusals, such as a fenced address, are final.
      const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
      const isRefused = code >= 400 && code < 500
      return { status: undefined, verdict: isRefused ? 'never' : 'again' }
    }
  }

  async #callOf({ id, realm, source, body }: QueuedCall): Promise<DueCall | undefined> {
    if (source === 'delivery') return this.#parts.callOf(id)
    const { logoutToken, resultOf, ...call } = outgoingCallSchema.parse(
      JSON.parse(this.#parts.sealer.open(body)),
    )
    if (logoutToken !== undefined) {
      const signed = await this.#parts.signLogoutToken(realm, logoutToken, id)
      return { call: { ...call, body: `logout_token=${signed}` }, transactionHash: undefined }
    }
    if (resultOf === undefined) return { call, transactionHash: undefined }
    const told = { ...call, body: await this.#parts.resultBody(resultOf) }
    return { call: told, transactionHash: resultOf.transaction }
  }
}

/** For administrators. */
function problemOf(status: number | undefined): string {
  return status === undefined ? 'no answer' : `status ${status}`
}

/**
 * Retries server errors, timeouts and rate limits; other client errors would repeat. Webhook deliveries are retried after any
 * error except 410, because a receiving server may not be set up yet. Source: Standard Webhooks, "Delivery".
 */
function verdictOn(status: number, source: QueuedCall['source']): Verdict {
  if (status >= 200 && status < 300) return 'made'
  if (source === 'delivery') return status === 410 ? 'never' : 'again'
  return status >= 500 || [408, 425, 429].includes(status) ? 'again' : 'never'
}
