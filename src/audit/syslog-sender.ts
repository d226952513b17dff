import { createSocket } from 'node:dgram'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import type { Logger } from 'pino'
import type { SyslogAddress } from './syslog-address.ts'

/** Beyond this many waiting messages, new ones are dropped. The audit book still has them. */
const maxWaiting = 10_000

/** Time for the last messages at shutdown. */
const closeTimeoutMs = 2000

const retry = { firstMs: 500, longestMs: 30_000 }

/** `lost`: the syslog server will never get it. */
export type SyslogResult = 'sent' | 'lost'

export type SyslogNeeds = {
  address: SyslogAddress
  count(result: SyslogResult, messages: number): void
  log: Pick<Logger, 'warn' | 'info'>
}

/** Sends messages with best effort: requests neither wait for it nor fail because of it. */
export interface SyslogSender {
  send(messages: readonly string[]): void
  /** Sends waiting messages if a connection is open, and drops the rest. */
  close(): Promise<void>
}

/** Creates a sender, which connects with the first message. */
export function syslogSender(needs: SyslogNeeds): SyslogSender {
  return needs.address.transport === 'udp' ? new DatagramSender(needs) : new StreamSender(needs)
}

/** Sends one datagram per message. Source: RFC 5426. */
class DatagramSender implements SyslogSender {
  readonly #needs: SyslogNeeds
  readonly #socket
  #open = 0
  #onIdle: (() => void) | undefined

  constructor(needs: SyslogNeeds) {
    this.#needs = needs
    this.#socket = createSocket(isIP(needs.address.host) === 6 ? 'udp6' : 'udp4').unref()
    // Each message's callback reports its error.
    this.#socket.on('error', () => undefined)
  }

  send(messages: readonly string[]): void {
    const { address, count } = this.#needs
    for (const message of messages) {
      this.#open++
      this.#socket.send(message, address.port, address.host, (error) => {
        count(error ? 'lost' : 'sent', 1)
        this.#open--
        if (this.#open === 0) this.#onIdle?.()
      })
    }
  }

  async close(): Promise<void> {
    if (this.#open > 0) {
      await within(closeTimeoutMs, (done) => {
        this.#onIdle = done
      })
    }
    this.#socket.close()
  }
}

/** Sends a stream of length-prefixed messages ("octet counting"). Sources: RFC 6587, 3.4.1; RFC 5425. */
class StreamSender implements SyslogSender {
  readonly #needs: SyslogNeeds
  /** Written messages stay in front until the system has taken them, so that a new connection can repeat them. */
  readonly #waiting: string[] = []
  #written = 0
  #socket: Socket | undefined
  #isConnected = false
  #isClosed = false
  #retryMs = retry.firstMs
  #timer: NodeJS.Timeout | undefined
  #onIdle: (() => void) | undefined

  constructor(needs: SyslogNeeds) {
    this.#needs = needs
  }

  send(messages: readonly string[]): void {
    const room = Math.max(0, maxWaiting - this.#waiting.length)
    this.#waiting.push(...messages.slice(0, room))
    if (messages.length > room) this.#needs.count('lost', messages.length - room)
    if (this.#socket === undefined && this.#timer === undefined) this.#connect()
    else this.#pump()
  }

  async close(): Promise<void> {
    if (this.#waiting.length > 0 && this.#isConnected) {
      await within(closeTimeoutMs, (done) => {
        this.#onIdle = done
      })
    }
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#socket?.end()
    this.#socket?.destroySoon()
    if (this.#waiting.length > 0) this.#needs.count('lost', this.#waiting.length)
  }

  #connect(): void {
    this.#timer = undefined
    const { transport, host, port } = this.#needs.address
    const isSecure = transport === 'tls'
    const socket = isSecure
      ? connectSecurely({ host, port, servername: isIP(host) ? '' : host })
      : connect({ host, port })
    socket.unref()
    this.#socket = socket
    socket.on(isSecure ? 'secureConnect' : 'connect', () => {
      this.#isConnected = true
      this.#retryMs = retry.firstMs
      this.#pump()
    })
    socket.on('drain', () => this.#pump())
    // Logged once, when the connection closes.
    let reason = 'the connection was closed'
    socket.on('error', (error) => {
      reason = error.message
    })
    // Syslog servers don't answer; discard what they send.
    socket.on('data', () => undefined)
    socket.on('close', () => this.#reconnect(reason))
  }

  #reconnect(reason: string): void {
    const waiting = this.#waiting.length
    this.#socket = undefined
    this.#isConnected = false
    this.#written = 0
    this.#onIdle?.()
    if (this.#isClosed || waiting === 0) return
    if (this.#retryMs === retry.firstMs) {
      this.#needs.log.warn({ reason, waiting }, 'sending audit events to syslog failed, will retry')
    }
    this.#timer = setTimeout(() => this.#connect(), this.#retryMs).unref()
    this.#retryMs = Math.min(this.#retryMs * 2, retry.longestMs)
  }

  #pump(): void {
    const socket = this.#socket
    if (socket === undefined || !this.#isConnected) return
    while (this.#written < this.#waiting.length && !socket.writableNeedDrain) {
      const message = this.#waiting[this.#written++] ?? ''
      socket.write(`${Buffer.byteLength(message)} ${message}`, (error) => {
        if (error || socket !== this.#socket) return
        this.#waiting.shift()
        this.#written--
        this.#needs.count('sent', 1)
        if (this.#waiting.length === 0) this.#onIdle?.()
      })
    }
  }
}

function within(milliseconds: number, begin: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    begin(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
