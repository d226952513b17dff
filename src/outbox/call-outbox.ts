import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Sealer } from '../secrets/seal.ts'
import type { Span, Tracing } from '../telemetry/traces/tracing.ts'
import { type OutgoingCall, outgoingCallSchema, type QueuedCall, type Tried } from './call.ts'
import type { CallStore } from './call-store.ts'
import { maxAttempts, Outbox, pauseAfter } from './outbox.ts'

/**
 * Makes one call, fenced as those of scripts are. @param id sent along, the same at every try: whoever is called can
 * tell a second try from a second call. @throws an error with a `code`, as HTTP statuses are, when there is no answer.
 */
export type SendCall = (call: OutgoingCall, id: string) => Promise<{ status: number }>

type Parts = {
  store: CallStore
  sealer: Sealer
  send: SendCall
  /** Makes the call of a delivery; undefined when nobody is to be told any more. */
  callOf(deliveryId: string): Promise<DueCall | undefined>
  tracing: Pick<Tracing, 'errand'>
  now(): number
  log: Logger
}

/** A call as it is made now, and which check it tells of. */
export type DueCall = { call: OutgoingCall; transactionHash: string | undefined }

/** What an answer means: `again` may go better later, `never` will not. */
type Verdict = 'made' | 'again' | 'never'

/**
 * Makes the calls that the server owes. A call is taken out only after it was answered: one that was answered right
 * before this server died is made again, none is lost.
 */
export class CallOutbox {
  readonly #parts: Parts
  readonly #outbox: Outbox<QueuedCall>

  constructor(parts: Parts) {
    const { store } = parts
    this.#parts = parts
    this.#outbox = new Outbox(
      {
        claim: (now, until, limit) => store.claim(now, until, limit),
        deliver: (call) =>
          parts.tracing.errand('owed call', { 'sidegate.call': call.about }, (span) =>
            this.#deliver(call, span),
          ),
        nextDue: () => store.nextDue(),
      },
      parts,
    )
  }

  /** Begins to call; what an earlier run of the server left goes first. */
  start(): void {
    this.#outbox.start()
  }

  /** The form in which a call is saved with its cause. @param about what makes it, for the log. */
  queued(realm: string, about: string, call: OutgoingCall): QueuedCall {
    const { sealer, now } = this.#parts
    const at = now()
    const body = sealer.seal(JSON.stringify(call))
    return { id: randomUUID(), realm, about, source: 'sealed', body, attempts: 0, createdAt: at, dueAt: at }
  }

  /** Says that there is something to call. */
  wake(): void {
    this.#outbox.wake()
  }

  /** Resolves when the calls under way were answered or failed. */
  close(): Promise<void> {
    return this.#outbox.close()
  }

  async #deliver(call: QueuedCall, span: Span): Promise<void> {
    const { store, log, now } = this.#parts
    const { id, realm, about, attempts } = call
    // Addresses, headers and bodies may hold secrets, and what fails may repeat them: the log has numbers alone.
    const { status, ...sent } = await this.#send(call, span)
    const verdict = sent.verdict === 'again' && attempts >= maxAttempts ? 'never' : sent.verdict
    const tried: Tried = { tries: attempts, at: now(), status, isMade: verdict === 'made' }
    span.note({ 'sidegate.tries': attempts, 'sidegate.verdict': verdict })
    const line = { call: id, about, realm, attempts, status }
    if (verdict === 'again') {
      log.warn(line, 'a call was not answered well and is tried again')
      return store.postpone(id, now() + pauseAfter(attempts), tried)
    }
    await store.remove(id, tried)
    if (verdict === 'made') log.info(line, 'a call was made')
    else log.error(line, 'a call was not answered well and is given up')
  }

  async #send(queued: QueuedCall, span: Span): Promise<{ status: number | undefined; verdict: Verdict }> {
    try {
      const due = await this.#callOf(queued)
      if (due === undefined) return { status: undefined, verdict: 'never' }
      const { call, transactionHash } = due
      if (transactionHash !== undefined) span.note({ 'sidegate.transaction.hash': transactionHash })
      const { status } = await this.#parts.send(call, queued.id)
      return { status, verdict: verdictOn(status, queued.source) }
    } catch (error) {
      // What is refused here, as an address that nobody may reach, stays refused.
      const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
      const isRefused = code >= 400 && code < 500
      return { status: undefined, verdict: isRefused ? 'never' : 'again' }
    }
  }

  async #callOf({ id, source, body }: QueuedCall): Promise<DueCall | undefined> {
    if (source === 'delivery') return this.#parts.callOf(id)
    const call = outgoingCallSchema.parse(JSON.parse(this.#parts.sealer.open(body)))
    return { call, transactionHash: undefined }
  }
}

/**
 * Too early, too many and out of time pass; other faults of the request are there the next time, too. Receivers that are
 * not set up yet refuse what they take later, unless they say that they are gone. Source: Standard Webhooks, "Delivery".
 */
function verdictOn(status: number, source: QueuedCall['source']): Verdict {
  if (status >= 200 && status < 300) return 'made'
  if (source === 'delivery') return status === 410 ? 'never' : 'again'
  return status >= 500 || [408, 425, 429].includes(status) ? 'again' : 'never'
}
