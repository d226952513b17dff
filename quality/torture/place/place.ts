import type { Client } from '../client.ts'

/** A fault that is over when the promise settles. */
export type Fault = { kind: string; make(): Promise<void> }

/** Servers on one database, and their faults. */
export type Place = {
  name: string
  client: Client
  faults: readonly Fault[]
  /** Faults that this machine can't produce, with the reason. */
  missing: readonly string[]
  close(): Promise<void>
}
