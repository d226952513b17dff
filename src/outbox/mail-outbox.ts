import { randomUUID } from 'node:crypto'
import { maskedMail } from '../base/masked.ts'
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
import { backoffAfter, maxAttempts, Outbox, type OutboxParts } from './outbox.ts'
import { type MailProblem, type MailTransport, problemOf } from './transport.ts'

type Parts = {
  store: MailStore
  sealer: Sealer
  transport: MailTransport
  senderOf(realm: string): Promise<MailSender>
  tracing: Pick<Tracing, 'rootSpan'>
  /** Called when a mail server accepts the email with a transaction's link, or when the email is given up. */
  linkMailed(mail: { id: string; transactionHash: string; isDelivered: boolean }): Promise<void>
} & OutboxParts

/**
 * Sends the emails in the outbox. An email is removed only after a mail server accepted it, so a crash in between sends it
 * twice and never loses it.
 */
export class MailOutbox extends Outbox<QueuedMail> {
  readonly #parts: Parts
  readonly #routes: readonly MailRoute[]
  #isWarned = false

  constructor(parts: Parts) {
    super(parts)
    this.#parts = parts
    this.#routes = parts.transport.hasServer ? mailRoutes : ['own']
  }

  /** The stored form of an email, which is saved with its step. */
  queued(realm: string, mail: Mail, now: number): QueuedMail {
    return {
      id: randomUUID(),
      realm,
      route: mail.server === undefined ? 'settings' : 'own',
      body: this.#parts.sealer.seal(JSON.stringify(mail)),
      attempts: 0,
      createdAt: now,
      dueAt: now,
      // rule R13: otherwise the outbox shows the recipients of emails
      about: maskedMail([mail.to].flat()[0] ?? ''),
    }
  }

  /** Whether a mail server is configured. Without one, emails wait. */
  get hasServer(): boolean {
    return this.#parts.transport.hasServer
  }

  /** Passes an email to a mail server at once, for callers with their own queue. @throws errors for `problemOf`. */
  async pass(realm: string, mail: Mail): Promise<void> {
    await this.#parts.transport.send(withSender(mail, await this.#parts.senderOf(realm)))
  }

  /**
   * Removes an email, unless an attempt is under way. A transaction whose link it contains records that it was not sent.
   * @returns it; undefined if it can't be removed now.
   */
  async discard(id: string): Promise<QueuedMail | undefined> {
    const discarded = await this.#parts.store.discard(id)
    const isFailed = discarded?.failedAt !== undefined
    if (discarded !== undefined && !isFailed) {
      await this.#recordDelivery(id, this.#opened(discarded), false)
    }
    return discarded
  }

  /** The content; undefined if it can't be read. */
  #opened({ body }: QueuedMail): Mail | undefined {
    try {
      return mailSchema.parse(JSON.parse(this.#parts.sealer.open(body)))
    } catch {
      return undefined
    }
  }

  override async close(): Promise<void> {
    await super.close()
    await this.#parts.transport.close()
  }

  protected async claim(now: number, until: number, limit: number): Promise<QueuedMail[]> {
    await this.#warnOnce()
    return this.#parts.store.claim({ routes: this.#routes, now, until, limit })
  }

  protected deliver(mail: QueuedMail): Promise<void> {
    return this.#parts.tracing.rootSpan('email', {}, (span) => this.#deliver(mail, span))
  }

  protected nextDue(): Promise<number | undefined> {
    return this.#parts.store.nextDue(this.#routes)
  }

  /** Emails without a mail server wait until one is configured. */
  async #warnOnce(): Promise<void> {
    const { store, transport, log } = this.#parts
    if (transport.hasServer || this.#isWarned) return
    this.#isWarned = (await store.count(['settings'])) > 0
    if (this.#isWarned) log.warn('emails are waiting because SIDEGATE_SMTP_URL is not set')
  }

  async #deliver(queued: QueuedMail, span: Span): Promise<void> {
    const { store, sealer, log, now } = this.#parts
    const { id, realm, attempts } = queued
    span.setAttributes({ 'sidegate.mail': id, 'sidegate.realm': realm, 'sidegate.tries': attempts })
    let mail: Mail | undefined
    try {
      mail = mailSchema.parse(JSON.parse(sealer.open(queued.body)))
      await this.pass(realm, mail)
    } catch (error) {
      // Never log the error itself, because mail servers repeat addresses in it.
      const { isFinal, ...problem } = problemOf(error)
      const isGivenUp = isFinal || attempts >= maxAttempts
      span.setAttributes({ 'sidegate.verdict': isGivenUp ? 'never' : 'again' })
      if (isGivenUp) {
        log.error({ mail: id, realm, attempts, ...problem }, 'sending an email failed, giving up')
        await this.#recordDelivery(id, mail, false)
        return store.fail(queued, now(), textOf(problem))
      }
      log.warn({ mail: id, realm, attempts, ...problem }, 'sending an email failed, will retry')
      return store.postpone(queued, now() + backoffAfter(attempts), textOf(problem))
    }
    await this.#recordDelivery(id, mail, true)
    await store.remove(id)
    span.setAttributes({ 'sidegate.verdict': 'made' })
    log.info({ mail: id, realm, attempts }, 'sent an email')
  }

  /** Records the delivery once, even if the email is sent twice: its id is the key of the event. */
  async #recordDelivery(id: string, mail: Mail | undefined, isDelivered: boolean): Promise<void> {
    const { transactionHash } = mail ?? {}
    if (transactionHash !== undefined) await this.#parts.linkMailed({ id, transactionHash, isDelivered })
  }
}

/** For administrators. */
function textOf({ code, response }: Pick<MailProblem, 'code' | 'response'>): string {
  return response === undefined ? code : `${code} ${response}`
}

/** The email's own sender wins, because templates can set one. */
function withSender(mail: Mail, { from, replyTo }: MailSender): Mail {
  return { ...mail, from: mail.from || from, ...(replyTo === '' ? {} : { replyTo: mail.replyTo ?? replyTo }) }
}
