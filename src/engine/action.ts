import type { Callback } from './callbacks.ts'
import type { Cookie, PersistentCookie } from './cookie.ts'
import { defined } from './defined.ts'
import type { EndDetails, SuccessDetails } from './end-details.ts'
import type { Json } from './json.ts'

/** Who a node found out the person or agent to be. */
export type Identified = { kind: 'user' | 'agent'; name: string }

/** What a node may say besides where to go. Absent members change nothing. */
export type Extras = {
  header?: string
  description?: string
  stage?: string
  /** Shown in place of `Login failure` should the journey fail. */
  errorMessage?: string
  lockoutMessage?: string
  /** null removes a property that an earlier node set. */
  sessionProperties?: Readonly<Record<string, string | null>>
  identified?: Identified
  maxSessionMinutes?: number
  maxIdleMinutes?: number
  /** How long the whole journey may take, from its start. */
  journeyMinutes?: number
  /** What the answer says besides, should the journey end in success, in failure, or in an error. */
  successDetails?: SuccessDetails
  failureDetails?: EndDetails
  errorDetails?: EndDetails
  /** Attributes of the person that a success of the journey makes void, for example a count of tries. */
  voidOnSuccess?: readonly string[]
  /** Set with the answer to this request. */
  cookies?: readonly Cookie[]
  /** Called when the session ends that the journey ends in, by name. */
  webhooks?: readonly string[]
  /** Set when the journey ends in a session. */
  persistentCookie?: PersistentCookie
  /** Goes into the audit event of this node. */
  auditDetail?: Json
}

/**
 * What a node answers: exactly one of an outcome, questions, a suspension, an inner journey, or an error.
 * It is a value; nothing has happened yet. Source: "Action" in the vendor's node API.
 */
export type Action<Outcome extends string = string> = Extras &
  (
    | { kind: 'goTo'; outcome: Outcome }
    | { kind: 'send'; callbacks: readonly [Callback, ...Callback[]] }
    | { kind: 'suspend'; message: string; minutes?: number }
    | { kind: 'enter'; journey: string; hasErrorOutcome: boolean }
    | { kind: 'error'; message: string }
  )

export function goTo<Outcome extends string>(outcome: Outcome, extras: Extras = {}): Action<Outcome> {
  return { kind: 'goTo', outcome, ...extras }
}

/** Asks the client; the node runs again with the answers. */
export function send(callbacks: readonly [Callback, ...Callback[]], extras: Extras = {}): Action<never> {
  return { kind: 'send', callbacks, ...extras }
}

/** Ends the request; the node runs again when the resume link is opened. `minutes` unset means the realm's. */
export function suspend(message: string, minutes?: number, extras: Extras = {}): Action<never> {
  return { kind: 'suspend', message, ...defined({ minutes }), ...extras }
}

/** Runs another journey in this node's place; its end gives the outcome `true`, `false` or `error`. */
export function enter(journey: string, hasErrorOutcome: boolean): Action<never> {
  return { kind: 'enter', journey, hasErrorOutcome }
}

/** The node could not do its work: no outcome is taken and the journey fails, as with an exception in AM. */
export function fail(message: string): Action<never> {
  return { kind: 'error', message }
}
