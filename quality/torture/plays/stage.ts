import type { Client } from '../client.ts'

/** Where plays are played: the servers of a place, and who may ask them for what. */
export type Stage = {
  client: Client
  /** The administrator's session. */
  administrator: string
  /** The client's bearer token. */
  token: string
  /** User names of people without anything special, and of one whose password nobody knows. */
  people: readonly string[]
  stranger: string
  /** Remembers to look again some faults later, and at the latest when all is calm. */
  later(check: () => Promise<void>): void
  isOver(): boolean
}
