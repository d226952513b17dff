import type { Client } from '../client.ts'

/** Something that goes wrong, and is right again when the promise settles. */
export type Fault = { kind: string; make(): Promise<void> }

/** Servers on one database, and what can happen to them. */
export type Place = {
  name: string
  client: Client
  faults: readonly Fault[]
  /** Faults that cannot be had on this machine, with the reason. */
  missing: readonly string[]
  close(): Promise<void>
}
