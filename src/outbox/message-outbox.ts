import { randomUUID } from 'node:crypto'
import type { MessageChannel } from '../realms/messaging-settings.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Span, Tracing } from '../telemetry/traces/tracing.ts'
import {
  type GatewayAnswer,
  type GatewayRequest,
  type GatewayResult,
  type Message,
  messageSchema,
} from './gateways/gateway.ts'
import {
  type BoundGateway,
  type HttpGateway,
  type MailGateway,
  mailAddressFor,
} from './gateways/providers.ts'
import type { Mail } from './mail.ts'
import type { MessageChange, QueuedMessage } from './message.ts'
import type { MessageStore } from './message-store.ts'
import { backoffAfter, Outbox, type OutboxParts } from './outbox.ts'
import { problemOf } from './transport.ts'

type Parts = {
  store: MessageStore
  sealer: Sealer
  /** The realm's gateway, with its secret opened; undefined if none is configured. */
  gatewayFor(realm: string, channel: MessageChannel): Promise<BoundGateway | undefined>
  /** @throws an error with a `code` like an HTTP status if there is no response. */
  send(request: GatewayRequest): Promise<GatewayAnswer>
  /** Passes an email to the server's mail server. */
  mail(realm: string, mail: Mail): Promise<void>
  /** Called after a transaction's timeline changed. */
  changed(transactionHash: string): void
  tracing: Pick<Tracing, 'rootSpan'>
} & OutboxParts

/** A message to queue. `baseUrl` is that of the server, as gateways can reach it. */
export type NewMessage = Omit<Message, 'statusUrl'> & {
  realm: string
  channel: MessageChannel
  baseUrl: string
  transactionHash?: string
  /** From when on it is useless; epoch milliseconds. */
  expiresAt: number
}

/** Path below the base URL, before the token. */
const reportPath = 'messages/status'

/**
 * Passes messages to gateways. A message leaves the queue only after an answer, so a crash in between sends it twice and never
 * loses it. It is not sent once it is useless.
 */
export class MessageOutbox {
  readonly #parts: Parts
  readonly #outbox: Outbox<QueuedMessage>

  constructor(parts: Parts) {
    const { store } = parts
    this.#parts = parts
    this.#outbox = new Outbox(
      {
        claim: (now, until, limit) => store.claim(now, until, limit),
        deliver: (message) => parts.tracing.rootSpan('message', {}, (span) => this.#deliver(message, span)),
        nextDue: () => store.nextDue(),
      },
      parts,
    )
  }

  /** Starts sending, beginning with messages from before the restart. */
  start(): void {
    this.#outbox.start()
  }

  /** Sends everything that is due. For an outbox that wasn't started. */
  drain(): Promise<void> {
    return this.#outbox.drain()
  }

  /** Call after messages were saved. */
  wake(): void {
    this.#outbox.wake()
  }

  /** Resolves when the messages in flight have been answered. */
  close(): Promise<void> {
    return this.#outbox.close()
  }

  /** The stored form of a message, which is saved with its cause. */
  queued({ realm, channel, baseUrl, transactionHash, expiresAt, ...text }: NewMessage): QueuedMessage {
    const { sealer, now } = this.#parts
    const at = now()
    const token = randomToken()
    const message: Message = { ...text, statusUrl: `${baseUrl}/${reportPath}/${token}` }
    return {
      id: randomUUID(),
      realm,
      channel,
      state: 'queued',
      transactionHash,
      tokenHash: digest(token),
      body: sealer.seal(JSON.stringify(message)),
      attempts: 0,
      createdAt: at,
      dueAt: at,
      expiresAt,
    }
  }

  /**
   * Records what a provider reports about the message with a token. Reports out of order change nothing.
   * @returns false if no message has the token, or it has expired.
   */
  async report(token: string, to: 'delivered' | 'failed' | 'underway'): Promise<boolean> {
    const message = await this.#parts.store.byToken(digest(token), this.#parts.now())
    if (message === undefined) return false
    if (to !== 'underway') await this.#advance(message, to)
    return true
  }

  async #deliver(message: QueuedMessage, span: Span): Promise<void> {
    const { store, log, now } = this.#parts
    const { id, realm, channel, attempts, expiresAt } = message
    span.setAttributes({ 'sidegate.message': id, 'sidegate.realm': realm, 'sidegate.tries': attempts })
    // Numbers, texts and the gateway's own words stay out of the log.
    const line = { message: id, realm, channel, attempts }
    const result = expiresAt <= now() ? expired : await this.#attempt(message)
    const dueAt = now() + backoffAfter(attempts)
    span.setAttributes({ 'sidegate.verdict': result.kind })
    if (result.kind === 'accepted') {
      await this.#advance(message, 'sent')
      return log.info({ ...line, providerId: result.providerId }, 'a gateway accepted a message')
    }
    if (result.kind === 'retry' && dueAt < expiresAt) {
      log.warn({ ...line, code: result.code }, 'sending a message failed, will retry')
      return store.postpone(id, dueAt)
    }
    await this.#advance(message, 'failed')
    log.error({ ...line, code: result.code }, 'sending a message failed, giving up')
  }

  async #advance(message: QueuedMessage, to: MessageChange): Promise<void> {
    const { store, now, changed } = this.#parts
    const isMoved = await store.advance(message, to, now())
    if (isMoved && message.transactionHash !== undefined) changed(message.transactionHash)
  }

  async #attempt({ id, realm, channel, body, expiresAt }: QueuedMessage): Promise<GatewayResult> {
    let message: Message
    let gateway: BoundGateway | undefined
    try {
      message = messageSchema.parse(JSON.parse(this.#parts.sealer.open(body)))
      gateway = await this.#parts.gatewayFor(realm, channel)
    } catch {
      return { kind: 'rejected', code: 'unreadable message or gateway' }
    }
    if (gateway === undefined) return { kind: 'rejected', code: 'no gateway' }
    return 'address' in gateway
      ? this.#mail(realm, gateway, message)
      : this.#ask(gateway, { ...message, id, expiresAt })
  }

  async #ask(
    gateway: HttpGateway,
    message: Message & { id: string; expiresAt: number },
  ): Promise<GatewayResult> {
    let request: GatewayRequest
    try {
      request = await gateway.requestOf(message, this.#parts.now())
    } catch {
      // Such as a private key that isn't one.
      return { kind: 'rejected', code: 'unusable settings' }
    }
    try {
      return gateway.resultOf(await this.#parts.send(request))
    } catch (error) {
      // Our own refusals, such as a fenced address, are final.
      const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
      const isRefused = code >= 400 && code < 500
      return { kind: isRefused ? 'rejected' : 'retry', code: isRefused ? 'refused' : 'no answer' }
    }
  }

  async #mail(realm: string, gateway: MailGateway, { to, text }: Message): Promise<GatewayResult> {
    const { subject } = gateway
    const mail: Mail = { from: '', to: mailAddressFor(gateway, to), subject, body: text, isHtml: false }
    try {
      await this.#parts.mail(realm, mail)
      return { kind: 'accepted', providerId: undefined }
    } catch (error) {
      const { code, isFinal } = problemOf(error)
      return { kind: isFinal ? 'rejected' : 'retry', code }
    }
  }
}

const expired: GatewayResult = { kind: 'rejected', code: 'expired' }
