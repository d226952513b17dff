import { defined } from '../base/defined.ts'
import type { JsonObject } from '../base/json.ts'
import type { Action, Extras } from './action.ts'
import type { Callback } from './callbacks.ts'
import type { PersistentCookie } from './cookie.ts'
import { withEndDetails, withSuccessDetails } from './end-details.ts'
import { failureId, type Journeys, nodeOf, startId, successId } from './journey.ts'
import { type Frame, innermost, type JourneySession } from './journey-session.ts'
import type { StateSnapshot } from './node-state.ts'
import { keysReadFrom, keysReadIn, pickKeys, promote } from './promotion.ts'

/** How the journey continues. */
export type Next =
  | { kind: 'node' }
  | {
      kind: 'callbacks'
      callbacks: readonly Callback[]
      header?: string
      description?: string
      stage?: string
    }
  | { kind: 'suspended'; message: string; minutes?: number }
  | { kind: 'success' }
  /** `reason` is for log and trace, never for the client. `isError`: the journey didn't reach its failure end. */
  | { kind: 'failure'; reason: string; isError?: true }

/** A connection that a journey session took: an outcome of a node, or the start of an inner journey. */
export type TakenConnection = {
  journey: string
  nodeId: string
  outcome: string
  /** The outcome leads nowhere, which ends the journey with an error. */
  isLost?: true
}

export type Advanced = {
  session: JourneySession
  transient: JsonObject
  next: Next
  /** In order. The first belongs to the node whose action this is, if that was an outcome; others to inner journeys. */
  taken?: readonly TakenConnection[]
}

/** The reason of a failure that is not an error. */
export const failureReached = 'the journey reached its failure end'

type Turn = { journeys: Journeys; session: JourneySession; state: StateSnapshot }

/**
 * Applies a node's action to its journey session. Pure: nothing is run, saved or sent.
 *
 * @param turn all journeys reachable from the start, the session before the node ran, and the state after it
 * @returns the new session, the transient state for the next node of this request, and what to do next
 */
export function advance(turn: Turn, action: Action): Advanced {
  const session = withExtras(withState(turn.session, turn.state), action)
  const { transient } = turn.state
  switch (action.kind) {
    case 'goTo':
      return follow({ ...turn, session }, transient, action.outcome)
    case 'send':
      return {
        session: {
          ...settleState({ ...turn, session }, transient),
          pending: [...action.callbacks],
          isSuspended: false,
        },
        transient: {},
        next: { kind: 'callbacks', callbacks: action.callbacks, ...page(action) },
      }
    case 'suspend':
      return {
        session: { ...settleState({ ...turn, session }, transient), pending: [], isSuspended: true },
        transient: {},
        next: {
          kind: 'suspended',
          message: action.message,
          ...defined({ minutes: action.minutes }),
        },
      }
    case 'enter':
      return enterJourney({ ...turn, session }, transient, action)
    case 'error':
      return raise({ ...turn, session }, action.message)
  }
}

function withState(session: JourneySession, state: StateSnapshot): JourneySession {
  return { ...session, shared: state.shared, secure: state.secure }
}

/** The members of an action without extras, as most nodes return it. */
const plain: ReadonlySet<string> = new Set(['kind', 'outcome', 'callbacks'])

function withExtras(session: JourneySession, extras: Extras): JourneySession {
  if (Object.keys(extras).every((name) => plain.has(name))) return session
  const { maxSessionMinutes, maxIdleMinutes, errorMessage, lockoutMessage, identified, voidOnSuccess } =
    extras
  const { journeyMinutes } = extras
  return {
    ...session,
    session: {
      ...session.session,
      properties: withProperties(session.session.properties, extras.sessionProperties ?? {}),
      ...defined({ maxSessionMinutes, maxIdleMinutes, sessionEndsAt: earliest(session, extras) }),
      ...withPersistentCookie(session.session, extras.persistentCookie),
      ...withWebhooks(session.session, extras.webhooks),
    },
    ...defined({ identified, errorMessage, lockoutMessage, journeyMinutes }),
    ...(voidOnSuccess === undefined
      ? {}
      : { voidOnSuccess: [...new Set([...(session.voidOnSuccess ?? []), ...voidOnSuccess])] }),
    ...withDetails(session, extras),
  }
}

function earliest({ session }: JourneySession, { sessionEndsAt }: Extras): number | undefined {
  const ends = [session.sessionEndsAt, sessionEndsAt].filter((each) => each !== undefined)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

function withDetails(session: JourneySession, { successDetails, failureDetails, errorDetails }: Extras) {
  return {
    ...(successDetails && { successDetails: withSuccessDetails(session.successDetails, successDetails) }),
    ...(failureDetails && { failureDetails: withEndDetails(session.failureDetails, failureDetails) }),
    ...(errorDetails && { errorDetails: withEndDetails(session.errorDetails, errorDetails) }),
  }
}

function withProperties(existing: Record<string, string>, changes: Readonly<Record<string, string | null>>) {
  const next = Object.entries({ ...existing, ...changes })
  return Object.fromEntries(next.filter((entry): entry is [string, string] => entry[1] !== null))
}

/** A cookie replaces an earlier one with the same name, as in the browser. */
function withPersistentCookie(
  { persistentCookies = [] }: JourneySession['session'],
  added: PersistentCookie | undefined,
) {
  if (added === undefined) return {}
  return { persistentCookies: [...persistentCookies.filter(({ name }) => name !== added.name), added] }
}

/** A webhook is called once, however often it is registered. */
function withWebhooks({ webhooks = [] }: JourneySession['session'], added: readonly string[] = []) {
  return added.length === 0 ? {} : { webhooks: [...new Set([...webhooks, ...added])] }
}

function page({ header, description, stage }: Extras) {
  return {
    ...(header ? { header } : {}),
    ...(description ? { description } : {}),
    ...(stage ? { stage } : {}),
  }
}

/** Promotes the transient state that later nodes read to secure state, in every frame, and drops the rest. */
function settleState({ journeys, session }: Turn, transient: JsonObject): JourneySession {
  const { journey, nodeId } = innermost(session)
  const position = session.position.map((frame, depth): Frame => {
    const waiting = session.position[depth - 1]
    if (frame.outer === undefined || waiting === undefined) return frame
    const keys = keysReadFrom(journeys, waiting.journey, waiting.nodeId)
    const secure = promote(frame.outer.secure, frame.outer.transient, keys)
    return { ...frame, outer: { secure, transient: {} } }
  })
  const secure = promote(session.secure, transient, keysReadFrom(journeys, journey, nodeId))
  return { ...session, position, secure }
}

/** Follows an outcome's connection. */
function follow(turn: Turn, transient: JsonObject, outcome: string): Advanced {
  const { journey, nodeId } = innermost(turn.session)
  const taken = { journey, nodeId, outcome }
  const target = targetOf(turn, outcome)
  return target === undefined
    ? withTaken({ ...taken, isLost: true }, lost(turn, outcome))
    : withTaken(taken, leaveTo(turn, transient, target))
}

function withTaken(first: TakenConnection, advanced: Advanced): Advanced {
  return { ...advanced, taken: [first, ...(advanced.taken ?? [])] }
}

function targetOf({ journeys, session }: Turn, outcome: string): string | undefined {
  const { connections = {} } = nodeOf(journeys, innermost(session)) ?? {}
  return Object.hasOwn(connections, outcome) ? connections[outcome] : undefined
}

function lost({ journeys, session }: Turn, outcome: string): Advanced {
  const frame = innermost(session)
  // rule H19: otherwise an unconnected outcome is a success
  const name = nodeOf(journeys, frame)?.displayName ?? frame.nodeId
  return failed(session, `outcome '${outcome}' of node '${name}' leads nowhere`, { isError: true })
}

function leaveTo(turn: Turn, transient: JsonObject, target: string): Advanced {
  const { session } = turn
  const frame = innermost(session)
  if (isEnd(target)) return reachEnd(turn, target)
  const position = [...session.position.slice(0, -1), { ...frame, nodeId: target }]
  return goOn({ ...turn, session: { ...session, position } }, transient)
}

/** Ends the journey. The end of an inner journey is an outcome of the node that entered it. */
function reachEnd(turn: Turn, end: string): Advanced {
  const { session } = turn
  if (session.position.length > 1) {
    return leaveJourney(turn, (left, outerTransient) =>
      follow(left, outerTransient, end === successId ? 'true' : 'false'),
    )
  }
  return end === successId
    ? { session: ended(session), transient: {}, next: { kind: 'success' } }
    : failed(session, failureReached)
}

/**
 * Ends a journey whose entry is one of its ends, as in some imports: it is over before any node ran.
 * @returns undefined for other journeys
 */
export function endedAtEntry(journeys: Journeys, session: JourneySession): Advanced | undefined {
  const { nodeId } = innermost(session)
  const { shared, secure } = session
  return isEnd(nodeId)
    ? reachEnd({ journeys, session, state: { shared, secure, transient: {} } }, nodeId)
    : undefined
}

function isEnd(id: string): boolean {
  return id === successId || id === failureId
}

function goOn(turn: Turn, transient: JsonObject): Advanced {
  const frame = innermost(turn.session)
  if (isEnd(frame.nodeId)) return reachEnd(turn, frame.nodeId)
  if (nodeOf(turn.journeys, frame) === undefined) {
    return raise(turn, `node ${frame.nodeId} is not in journey '${frame.journey}'`)
  }
  return { session: { ...turn.session, pending: [], isSuspended: false }, transient, next: { kind: 'node' } }
}

function enterJourney(
  turn: Turn,
  transient: JsonObject,
  action: { journey: string; hasErrorOutcome: boolean },
) {
  const { journeys, session } = turn
  const inner = Object.hasOwn(journeys, action.journey) ? journeys[action.journey] : undefined
  const isLoop = session.position.some((frame) => frame.journey === action.journey)
  if (inner === undefined || !inner.enabled || isLoop) {
    const reason = isLoop
      ? `Tree would result in recursive loop: ${action.journey}`
      : `Configured tree does not exist: ${action.journey}`
    return raise(turn, reason)
  }
  const keys = keysReadIn(journeys, inner.name)
  const frame: Frame = {
    journey: inner.name,
    nodeId: inner.entryNodeId,
    hasErrorOutcome: action.hasErrorOutcome,
    outer: { secure: session.secure, transient },
  }
  const entered: JourneySession = {
    ...session,
    position: [...session.position, frame],
    secure: pickKeys(session.secure, keys),
  }
  const started = { journey: inner.name, nodeId: startId, outcome: '' }
  return withTaken(started, goOn({ ...turn, session: entered }, pickKeys(transient, keys)))
}

/** Drops the innermost frame. Its shared state stays; its secure and transient state end with it. */
function leaveJourney(turn: Turn, then: (turn: Turn, transient: JsonObject) => Advanced): Advanced {
  const { outer } = innermost(turn.session)
  const session: JourneySession = {
    ...turn.session,
    position: turn.session.position.slice(0, -1),
    secure: outer?.secure ?? {},
  }
  return then({ ...turn, session }, outer?.transient ?? {})
}

/** Ends the journey with an error, unless a node that entered an inner journey catches it by its `error` outcome. */
function raise(turn: Turn, message: string): Advanced {
  const frame = innermost(turn.session)
  const node = nodeOf(turn.journeys, frame)
  return catchError(turn, message, {
    id: frame.nodeId,
    displayName: node?.displayName ?? '',
    type: node?.type ?? '',
  })
}

function catchError(turn: Turn, message: string, errorNode: JsonObject): Advanced {
  if (turn.session.position.length === 1) return failed(turn.session, message, { isError: true })
  const { hasErrorOutcome } = innermost(turn.session)
  return leaveJourney(turn, (left, outerTransient) => {
    if (!hasErrorOutcome) return catchError(left, message, errorNode)
    const shared = { ...left.session.shared, errorNode, errorMessage: message }
    return follow({ ...left, session: { ...left.session, shared } }, outerTransient, 'error')
  })
}

function failed(session: JourneySession, reason: string, cause: { isError?: true } = {}): Advanced {
  return { session: ended(session), transient: {}, next: { kind: 'failure', reason, ...cause } }
}

/** Clears all secure state, including what outer frames set aside. */
function ended(session: JourneySession): JourneySession {
  const position = session.position.map(({ outer: _private, ...frame }) => frame)
  return { ...session, position, pending: [], isSuspended: false, secure: {} }
}
