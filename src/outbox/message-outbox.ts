import { randomUUID } from 'node:crypto'
import { maskedNumber } from '../base/masked.ts'
import type { MessageChannel } from '../realms/messaging-settings.ts'
import { digest, randomToken } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Span, Tracing } from '../telemetry/traces/tracing.ts'
import {
  type GatewayAnswer,
  type GatewayMessage,
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
import type { PushAddress } from './gateways/push-sns.ts'
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
  /**
   * @throws an error with a `code` like an HTTP status if there is no response. `isUnsure`: the gateway may have the request.
   */
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

/** Messages of one realm in flight. A gateway that answers slowly delays only its own realm. */
const maxPerRealm = 2

/** How long a message that is passed at once stays useful. */
const passedForMs = 5 * 60_000

/** Path below the base URL, before the token. */
const reportPath = 'messages/status'

/**
 * Passes messages to gateways. A message leaves the queue only after an answer, so a crash in between can send it twice and never
 * loses it. It is not sent once it is useless.
 */
export class MessageOutbox extends Outbox<QueuedMessage> {
  readonly #parts: Parts
  /** Messages in flight, by realm. */
  readonly #inFlight = new Map<string, number>()

  constructor(parts: Parts) {
    super(parts)
    this.#parts = parts
  }

  /**
   * Passes a message to the realm's gateway at once, without the queue and without a delivery report. For tests of gateways: one
   * attempt.
   */
  async passNow(
    realm: string,
    channel: MessageChannel,
    message: Omit<Message, 'statusUrl'>,
  ): Promise<GatewayResult> {
    const expiresAt = this.#parts.now() + passedForMs
    return this.#pass(realm, channel, { ...message, id: randomUUID(), expiresAt })
  }

  /**
   * Registers a device at the realm's push gateway.
   * @returns its address there; undefined if there is no gateway, or it doesn't take the device
   */
  async enrol(realm: string, device: PushAddress): Promise<string | undefined> {
    try {
      const gateway = await this.#parts.gatewayFor(realm, 'push')
      if (gateway === undefined || 'address' in gateway) return undefined
      if (gateway.enrolment === undefined) return device.deviceId
      const request = await gateway.enrolment.requestOf(device, this.#parts.now())
      if (request === undefined) return undefined
      return gateway.enrolment.addressIn(await this.#parts.send(request), device)
    } catch {
      // The error can contain the device's token.
      this.#parts.log.error({ realm }, 'registering a device at the push gateway failed')
      return undefined
    }
  }

  /** Makes a queued message fail, unless an attempt is under way. @returns it; undefined if it can't be discarded now. */
  async discard(id: string): Promise<QueuedMessage | undefined> {
    const { store, now, changed } = this.#parts
    const message = await store.discard(id, now())
    if (message?.transactionHash !== undefined) changed(message.transactionHash)
    return message
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
      about: channel === 'push' ? undefined : maskedNumber(message.to),
    }
  }

  /**
   * Records what a provider reports about the message with a token. Reports out of order, or about a message that has expired,
   * change nothing.
   * @returns false if no message has the token.
   */
  async report(token: string, to: 'delivered' | 'failed' | 'underway'): Promise<boolean> {
    const { store, now } = this.#parts
    const message = await store.byToken(digest(token))
    if (message === undefined) return false
    // rule R11: otherwise a token counts after its message became useless
    const isLate = message.expiresAt <= now()
    if (!isLate && to !== 'underway') await this.#advance(message, to)
    return true
  }

  /**
   * One at a time, so that a realm with a slow gateway never has more than its share. After a failure, what is claimed is sent:
   * otherwise it would count as in flight for ever.
   */
  protected async claim(now: number, until: number, limit: number): Promise<QueuedMessage[]> {
    const claimed: QueuedMessage[] = []
    while (claimed.length < limit) {
      // rule R11: otherwise the slow gateway of one realm delays all realms
      const busy = [...this.#inFlight].flatMap(([realm, count]) => (count >= maxPerRealm ? [realm] : []))
      const [message] = await this.#parts.store.claim(now, until, 1, busy).catch((error: unknown) => {
        if (claimed.length === 0) throw error
        return []
      })
      if (message === undefined) break
      this.#count(message.realm, 1)
      claimed.push(message)
    }
    return claimed
  }

  protected deliver(message: QueuedMessage): Promise<void> {
    return this.#parts.tracing
      .rootSpan('message', {}, (span) => this.#deliver(message, span))
      .finally(() => this.#count(message.realm, -1))
  }

  protected nextDue(): Promise<number | undefined> {
    return this.#parts.store.nextDue()
  }

  #count(realm: string, change: number): void {
    const count = (this.#inFlight.get(realm) ?? 0) + change
    if (count > 0) this.#inFlight.set(realm, count)
    else this.#inFlight.delete(realm)
  }

  async #deliver(message: QueuedMessage, span: Span): Promise<void> {
    const { store, log, now } = this.#parts
    const { id, realm, channel, attempts, expiresAt } = message
    span.setAttributes({ 'sidegate.message': id, 'sidegate.realm': realm, 'sidegate.tries': attempts })
    // Numbers, texts and the gateway's own words stay out of the log.
    const line = { message: id, realm, channel, attempts }
    // rule R11: otherwise a message is sent after it became useless
    const result = expiresAt <= now() ? expired : await this.#attempt(message)
    const dueAt = now() + backoffAfter(attempts)
    span.setAttributes({ 'sidegate.verdict': result.kind })
    if (result.kind === 'accepted') {
      await this.#advance(message, 'sent')
      return log.info({ ...line, providerId: result.providerId }, 'a gateway accepted a message')
    }
    if (result.kind === 'retry' && dueAt < expiresAt) {
      log.warn({ ...line, code: result.code }, 'sending a message failed, will retry')
      return store.postpone(message, dueAt, result.code)
    }
    await this.#advance(message, 'failed', result.code)
    log.error({ ...line, code: result.code }, 'sending a message failed, giving up')
  }

  async #advance(message: QueuedMessage, to: MessageChange, problem?: string): Promise<void> {
    const { store, now, changed } = this.#parts
    const isMoved = await store.advance(message, to, now(), problem)
    if (isMoved && message.transactionHash !== undefined) changed(message.transactionHash)
  }

  async #attempt({ id, realm, channel, body, expiresAt }: QueuedMessage): Promise<GatewayResult> {
    let message: Message
    try {
      message = messageSchema.parse(JSON.parse(this.#parts.sealer.open(body)))
    } catch {
      return unreadable
    }
    return this.#pass(realm, channel, { ...message, id, expiresAt })
  }

  async #pass(realm: string, channel: MessageChannel, message: GatewayMessage): Promise<GatewayResult> {
    let gateway: BoundGateway | undefined
    try {
      gateway = await this.#parts.gatewayFor(realm, channel)
    } catch {
      return unreadable
    }
    if (gateway === undefined) return { kind: 'rejected', code: 'no gateway' }
    return 'address' in gateway ? this.#mail(realm, gateway, message) : this.#ask(gateway, message)
  }

  async #ask(gateway: HttpGateway, message: GatewayMessage): Promise<GatewayResult> {
    let request: GatewayRequest
    try {
      request = await gateway.requestOf(message, this.#parts.now())
    } catch {
      // Such as a private key that isn't one.
      return { kind: 'rejected', code: 'unusable settings' }
    }
    const result = await this.#exchange(gateway, request)
    // A telephone must not ring five times, nor get a text five times, because answers are late.
    if (result.kind !== 'unsure') return result
    return {
      // rule R11: otherwise a call is made again although the telephone may have rung
      kind: gateway.isRecognised ? 'retry' : 'rejected',
      code: result.code,
    }
  }

  async #exchange(gateway: HttpGateway, request: GatewayRequest): Promise<GatewayResult> {
    try {
      return gateway.resultOf(await this.#parts.send(request))
    } catch (error) {
      // Our own refusals, such as a fenced address, are final.
      const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
      if (code >= 400 && code < 500) return { kind: 'rejected', code: 'refused' }
      const isUnsure = error instanceof Error && 'isUnsure' in error
      return isUnsure ? { kind: 'unsure', code: 'no answer' } : { kind: 'retry', code: 'no connection' }
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

const unreadable: GatewayResult = { kind: 'rejected', code: 'unreadable message or gateway' }
const expired: GatewayResult = { kind: 'rejected', code: 'expired' }
