import type { Logger } from 'pino'
import { randomToken } from '../secrets/digest.ts'
import type { AuditStore } from './audit-store.ts'

type Parts = { store: Pick<AuditStore, 'takeTurn'>; now(): number; log: Logger }

/** A turn ends after this time unless it is renewed, as when its server was killed. */
const turnMs = 3000

/**
 * Whose turn it is to chain: that of one of the servers that share a database. It only saves the work that servers would lose
 * against each other; the guard of the head keeps the chain whole, also when a paused server believes that it still has the turn.
 */
export class ChainTurn {
  readonly #parts: Parts
  readonly #server = randomToken(6)
  #endsAt = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get isOurs(): boolean {
    return this.#parts.now() < this.#endsAt
  }

  /** Takes or renews the turn. @returns false if it is another server's. */
  async take(): Promise<boolean> {
    const { store, now, log } = this.#parts
    const at = now()
    if (this.#endsAt - at > turnMs / 2) return true
    const hadIt = this.#endsAt > 0
    const endsAt = at + turnMs
    this.#endsAt = (await store.takeTurn(this.#server, at, endsAt)) ? endsAt : 0
    if (this.#endsAt > 0 && !hadIt) log.info('this server now chains the audit entries of all servers')
    return this.#endsAt > 0
  }

  /** Lets another server take the turn at once. */
  async end(): Promise<void> {
    if (!this.isOurs) return
    const at = this.#parts.now()
    this.#endsAt = 0
    await this.#parts.store.takeTurn(this.#server, at, at)
  }
}
