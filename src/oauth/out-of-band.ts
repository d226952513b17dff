import type { OutgoingCall } from '../outbox/call.ts'
import type { Realm } from '../realms/realm.ts'

/** Whom to ask, by which journey, and for whom. */
export type Asking = {
  realm: Realm
  /** Scheme, host and context path of the link. */
  baseUrl: string
  personId: string
  journey: string
  client: { id: string; name: string }
  /** Checked: people read it. */
  message: string | undefined
  lifeSeconds: number
}

/** Somebody who can be asked; nothing has happened yet. */
export type Prepared = {
  /** Leads to what comes of it, and to nothing else. */
  key: string
  /** Asks. @param atEnd is called once there is a result. */
  ask(atEnd: OutgoingCall | undefined): Promise<void>
}

/** What came of it so far. `gone` is nothing any more: cancelled, over, or forgotten. */
export type Reaction =
  | { kind: 'waiting' | 'denied' | 'gone' }
  /** Only ever by the person who was asked. `at`: epoch milliseconds. */
  | { kind: 'approved'; at: number; methods: string[] }

/** Asks people on a device of their own. What happens there is no business of OAuth2. */
export interface OutOfBand {
  /** @returns a sentence for the log instead, where this person cannot be asked now. */
  prepare(asking: Asking): Promise<Prepared | { hindrance: string }>
  reaction(realm: string, key: string): Promise<Reaction>
}
