import type { Client } from '../client.ts'

/** The servers of a place, and credentials. */
export type Stage = {
  client: Client
  /** The administrator's session. */
  administrator: string
  /** The client's bearer token. */
  token: string
  /** Usernames of ordinary people, and of one whose password is unknown. */
  people: readonly string[]
  stranger: string
  /** Registers a check that runs some faults later, or at the end. */
  later(check: () => Promise<void>): void
  isOver(): boolean
}
