import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Sealer } from '../secrets/seal.ts'
import { type Mail, type MailRoute, mailRoutes, mailSchema, type QueuedMail } from './mail.ts'
import type { MailStore } from './mail-store.ts'
import { type MailTransport, problemOf } from './transport.ts'

type Parts = { store: MailStore; sealer: Sealer; transport: MailTransport; now(): number; log: Logger }

/** How many mails are on their way at once. */
const maxAtOnce = 4

/** Longer than a transport takes to give up, so that nobody else sends a mail that is on its way. */
const leaseMs = 3 * 60_000

/** The pauses double from the first to the longest; all tries together take about a day. */
const firstPauseMs = 5_000
const longestPauseMs = 2 * 3_600_000
const maxAttempts = 20

/** Mails of other servers that stopped half-way are looked for this often. */
const lookEveryMs = 60_000

/**
 * Sends what lies in the outbox. A mail is taken out only after a mail server accepted it: one that was accepted right
 * before this server died is sent again, none is lost.
 */
export class Courier {
  readonly #parts: Parts
  readonly #routes: readonly MailRoute[]
  #isClosed = false
  #isWarned = false
  /** Ends the pause under way. */
  #wake: () => void = () => undefined
  /** A hint that came while nobody was pausing. */
  #isHinted = false
  #running: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#routes = parts.transport.hasServer ? mailRoutes : ['own']
  }

  /** Begins to send; what an earlier run of the server left goes first. */
  start(): void {
    this.#running = this.#run()
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

  /** Says that there is something in the outbox. */
  wake(): void {
    this.#isHinted = true
    this.#wake()
  }

  /** Resolves when the mails on their way have arrived or failed. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#wake()
    await this.#running
    await this.#parts.transport.close()
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      this.#isHinted = false
      await this.#pause(await this.#round())
    }
  }

  /** @returns how long nothing is due, in milliseconds. */
  async #round(): Promise<number> {
    const { store, log, now } = this.#parts
    try {
      await this.#warnOnce()
      const claim = { routes: this.#routes, now: now(), until: now() + leaseMs, limit: maxAtOnce }
      const mails = await store.claim(claim)
      await Promise.all(mails.map((mail) => this.#deliver(mail)))
      if (mails.length > 0) return 0
      const next = await store.nextDue(this.#routes)
      return next === undefined ? lookEveryMs : Math.min(Math.max(next - now(), 0), lookEveryMs)
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be read; the next round tries again')
      return firstPauseMs
    }
  }

  /** Mails that wait for settings are not lost: they go out once there are some. */
  async #warnOnce(): Promise<void> {
    const { store, transport, log } = this.#parts
    if (transport.hasServer || this.#isWarned) return
    this.#isWarned = (await store.count(['settings'])) > 0
    if (this.#isWarned) log.warn('mail waits to be sent, but SIDEGATE_SMTP_URL is not set')
  }

  async #deliver(queued: QueuedMail): Promise<void> {
    const { store, transport, sealer, log, now } = this.#parts
    const { id, realm, attempts } = queued
    try {
      await transport.send(mailSchema.parse(JSON.parse(sealer.open(queued.body))))
    } catch (error) {
      // Never the error itself: mail servers repeat addresses in their answers.
      const { isFinal, ...problem } = problemOf(error)
      if (isFinal || attempts >= maxAttempts) {
        log.error({ mail: id, realm, attempts, ...problem }, 'a mail could not be sent and is given up')
        return store.remove(id)
      }
      log.warn({ mail: id, realm, attempts, ...problem }, 'a mail could not be sent and is tried again')
      return store.postpone(id, now() + Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs))
    }
    await store.remove(id)
    log.info({ mail: id, realm, attempts }, 'a mail was sent')
  }

  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0 || this.#isHinted || this.#isClosed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
