import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Sealer } from '../secrets/seal.ts'
import type { Span, Tracing } from '../telemetry/traces/tracing.ts'
import {
  type Mail,
  type MailRoute,
  type MailSender,
  mailRoutes,
  mailSchema,
  type QueuedMail,
} from './mail.ts'
import type { MailStore } from './mail-store.ts'
import { maxAttempts, Outbox, pauseAfter } from './outbox.ts'
import { type MailTransport, problemOf } from './transport.ts'

type Parts = {
  store: MailStore
  sealer: Sealer
  transport: MailTransport
  senderOf(realm: string): Promise<MailSender>
  tracing: Pick<Tracing, 'errand'>
  /** Called when a mail server took the mail with a transaction's link, or the mail is given up. */
  linkMailed(mail: { id: string; transactionHash: string; isDelivered: boolean }): Promise<void>
  now(): number
  log: Logger
}

/**
 * Sends the mails in the outbox. A mail is taken out only after a mail server accepted it: one that was accepted right
 * before this server died is sent again, none is lost.
 */
export class MailOutbox {
  readonly #parts: Parts
  readonly #routes: readonly MailRoute[]
  readonly #outbox: Outbox<QueuedMail>
  #isWarned = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#routes = parts.transport.hasServer ? mailRoutes : ['own']
    this.#outbox = new Outbox(
      {
        claim: (now, until, limit) => this.#claim(now, until, limit),
        deliver: (mail) => parts.tracing.errand('owed mail', {}, (span) => this.#deliver(mail, span)),
        nextDue: () => parts.store.nextDue(this.#routes),
      },
      parts,
    )
  }

  /** Begins to send; what an earlier run of the server left goes first. */
  start(): void {
    this.#outbox.start()
  }

  /** The form in which a mail is saved with its step. */
  queued(realm: string, mail: Mail, now: number): QueuedMail {
    return {
      id: randomUUID(),
      realm,
      route: mail.server === undefined ? 'settings' : 'own',
      body: this.#parts.sealer.seal(JSON.stringify(mail)),
      attempts: 0,
      createdAt: now,
      dueAt: now,
    }
  }

  /** Whether the server has a mail server of its own; without one, mails wait. */
  get hasServer(): boolean {
    return this.#parts.transport.hasServer
  }

  /** Says that there is something in the outbox. */
  wake(): void {
    this.#outbox.wake()
  }

  /** Resolves when the mails on their way have arrived or failed. */
  async close(): Promise<void> {
    await this.#outbox.close()
    await this.#parts.transport.close()
  }

  async #claim(now: number, until: number, limit: number): Promise<QueuedMail[]> {
    await this.#warnOnce()
    return this.#parts.store.claim({ routes: this.#routes, now, until, limit })
  }

  /** Mails that wait for settings are not lost: they go out once there are some. */
  async #warnOnce(): Promise<void> {
    const { store, transport, log } = this.#parts
    if (transport.hasServer || this.#isWarned) return
    this.#isWarned = (await store.count(['settings'])) > 0
    if (this.#isWarned) log.warn('mail waits to be sent, but SIDEGATE_SMTP_URL is not set')
  }

  async #deliver(queued: QueuedMail, span: Span): Promise<void> {
    const { store, transport, sealer, log, now } = this.#parts
    const { id, realm, attempts } = queued
    span.note({ 'sidegate.mail': id, 'sidegate.realm': realm, 'sidegate.tries': attempts })
    let mail: Mail | undefined
    try {
      mail = mailSchema.parse(JSON.parse(sealer.open(queued.body)))
      await transport.send(withSender(mail, await this.#parts.senderOf(realm)))
    } catch (error) {
      // Never the error itself: mail servers repeat addresses in their answers.
      const { isFinal, ...problem } = problemOf(error)
      const isGivenUp = isFinal || attempts >= maxAttempts
      span.note({ 'sidegate.verdict': isGivenUp ? 'never' : 'again' })
      if (isGivenUp) {
        log.error({ mail: id, realm, attempts, ...problem }, 'a mail could not be sent and is given up')
        await this.#tellTransaction(id, mail, false)
        return store.remove(id)
      }
      log.warn({ mail: id, realm, attempts, ...problem }, 'a mail could not be sent and is tried again')
      return store.postpone(id, now() + pauseAfter(attempts))
    }
    await this.#tellTransaction(id, mail, true)
    await store.remove(id)
    span.note({ 'sidegate.verdict': 'made' })
    log.info({ mail: id, realm, attempts }, 'a mail was sent')
  }

  /** A mail that is sent again after a crash is recorded once: its id is the key of the event. */
  async #tellTransaction(id: string, mail: Mail | undefined, isDelivered: boolean): Promise<void> {
    const { transactionHash } = mail ?? {}
    if (transactionHash !== undefined) await this.#parts.linkMailed({ id, transactionHash, isDelivered })
  }
}

/** What a mail itself says wins: a template may have a sender of its own. */
function withSender(mail: Mail, { from, replyTo }: MailSender): Mail {
  return { ...mail, from: mail.from || from, ...(replyTo === '' ? {} : { replyTo: mail.replyTo ?? replyTo }) }
}
