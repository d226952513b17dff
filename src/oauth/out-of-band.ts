import type { OutgoingCall } from '../outbox/call.ts'
import type { Realm } from '../realms/realm.ts'

/** A request to ask a person on their own device. */
export type OutOfBandRequest = {
  realm: Realm
  /** Scheme, host and context path of the link. */
  baseUrl: string
  personId: string
  journey: string
  client: { id: string; name: string }
  /** Already validated, because it is shown to people. */
  message: string | undefined
  lifeSeconds: number
}

/** A prepared request. The person has not been asked yet. */
export type Prepared = {
  /** Gives access only to the result. */
  key: string
  /** Asks the person. @param atEnd the call to send when there is a result. */
  ask(atEnd: OutgoingCall | undefined): Promise<void>
}

/** The current state of a request. `gone`: cancelled, expired or deleted. */
export type OutOfBandAnswer =
  | { kind: 'waiting' | 'denied' | 'gone' }
  /** Approved by the person who was asked. `at`: epoch milliseconds. */
  | { kind: 'approved'; at: number; methods: string[] }

/** Asks people on their own device. Hides the transactions from OAuth2. */
export interface OutOfBand {
  /** @returns a log text instead if this person can't be asked now. */
  prepare(asking: OutOfBandRequest): Promise<Prepared | { refusal: string }>
  answer(realm: string, key: string): Promise<OutOfBandAnswer>
}
