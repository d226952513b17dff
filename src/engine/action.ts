import { defined } from '../base/defined.ts'
import type { Json } from '../base/json.ts'
import type { Callback } from './callbacks.ts'
import type { Cookie, PersistentCookie } from './cookie.ts'
import type { EndDetails, SuccessDetails } from './end-details.ts'

/** The person or agent whom a node identified. */
export type Identified = { kind: 'user' | 'agent'; name: string }

/** Further effects of an action. Absent members change nothing. */
export type Extras = {
  header?: string
  description?: string
  stage?: string
  /** Replaces `Login failure` if the journey fails. */
  errorMessage?: string
  lockoutMessage?: string
  /** null removes a property that an earlier node set. */
  sessionProperties?: Readonly<Record<string, string | null>>
  identified?: Identified
  /** Set if the outcome proves a credential on other paths, but not on this one. */
  isUnproven?: boolean
  maxSessionMinutes?: number
  maxIdleMinutes?: number
  /** Epoch milliseconds at which the session ends at the latest, whatever its maximum. The earliest of several counts. */
  sessionEndsAt?: number
  /** Maximum duration of the whole journey, from its start. */
  journeyMinutes?: number
  /** Added to the response when the journey ends in success, in failure or in an error. */
  successDetails?: SuccessDetails
  failureDetails?: EndDetails
  errorDetails?: EndDetails
  /** Attributes of the person to remove when the journey succeeds, such as a count of attempts. */
  voidOnSuccess?: readonly string[]
  /** Set with the response to this request. */
  cookies?: readonly Cookie[]
  /** Names of the logout webhooks to call when the new session ends. */
  webhooks?: readonly string[]
  /** Set when the journey ends in a session. */
  persistentCookie?: PersistentCookie
  /** Added to the node's audit event. */
  auditDetail?: Json
  /**
   * State keys whose change alone is not worth saving. If the page is the same as before and nothing else changed, the request
   * gets the last response again.
   */
  volatileKeys?: readonly string[]
}

/**
 * The result of a node: an outcome, callbacks, a suspension, an inner journey, or an error. It is a value without side effects.
 * Source: "Action" in the vendor's node API.
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

/** Sends callbacks to the client. The node runs again with the answers. */
export function send(callbacks: readonly [Callback, ...Callback[]], extras: Extras = {}): Action<never> {
  return { kind: 'send', callbacks, ...extras }
}

/** Ends the request. The node runs again when the resume link is opened. Without `minutes`, the realm's lifetime applies. */
export function suspend(message: string, minutes?: number, extras: Extras = {}): Action<never> {
  return { kind: 'suspend', message, ...defined({ minutes }), ...extras }
}

/** Runs an inner journey. Its end gives the outcome `true`, `false` or `error`. */
export function enter(journey: string, hasErrorOutcome: boolean): Action<never> {
  return { kind: 'enter', journey, hasErrorOutcome }
}

/** Fails the journey without an outcome, as an exception does in AM. */
export function fail(message: string): Action<never> {
  return { kind: 'error', message }
}
