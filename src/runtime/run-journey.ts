import { defined } from '../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Work } from '../base/work.ts'
import { type Action, fail } from '../engine/action.ts'
import { type Advanced, advance, endedAtEntry, type Next } from '../engine/advance.ts'
import { type JourneyNode, nodeOf } from '../engine/journey.ts'
import { type Frame, innermost, type JourneySession } from '../engine/journey-session.ts'
import type { Method } from '../engine/methods.ts'
import { NodeState, type StateSnapshot } from '../engine/node-state.ts'
import { failureInWords, type ScriptException } from '../engine/script-exception.ts'
import type { TraceEntry } from '../engine/trace.ts'
import { withDuePassword, withNewPasswords } from './due-passwords.ts'
import { type Arrival, emptyArrival, type RunContext } from './run-context.ts'
import { runNode } from './run-node.ts'
import {
  requireFreshProofs,
  requireSamePeople,
  withKnownPeople,
  withOwnChanges,
  withProofsOf,
} from './stale-proofs.ts'
import { recordAudit } from './step-audit.ts'

/** Bounds loops without callbacks. */
const maxNodesPerRequest = 200

export type Ran = {
  session: JourneySession
  next: Exclude<Next, { kind: 'node' }>
  visits: number
  /** Nodes that ran in this request, oldest first. */
  trace: TraceEntry[]
  /** Those of the last node: see `Extras`. */
  volatileKeys?: readonly string[]
}

/**
 * Runs nodes until the journey sends callbacks, suspends or ends. Saves nothing: the caller commits the session together
 * with `run.effects`.
 *
 * @param visits number of nodes that earlier requests ran. It names the visits, so a repeated step repeats their names.
 */
export function* runJourney(
  run: RunContext,
  before: JourneySession,
  arrival: Arrival,
  visits: number,
): Work<Ran> {
  if (before.known !== undefined) yield* requireSamePeople(run, before)
  if (before.proofs !== undefined) yield* requireFreshProofs(run, before)
  const ended = endedAtEntry(run.step.frozen.content.journeys, before)
  if (ended !== undefined && ended.next.kind !== 'node')
    return { session: ended.session, next: ended.next, visits, trace: [] }
  let session = before
  const trace: TraceEntry[] = []
  let transient: JsonObject = {}
  let current = arrival
  for (let count = 1; ; count++) {
    const visit = `${visits + count}`
    const ran = yield* visitNode(run, session, transient, current, visit, count)
    session = ran.session
    trace.push(ran.entry)
    transient = ran.transient
    if (ran.next.kind !== 'node')
      return {
        session: yield* withKnownPeople(run, withOwnChanges(run, session)),
        next: ran.next,
        visits: visits + count,
        trace,
        ...defined({ volatileKeys: ran.volatileKeys }),
      }
    current = emptyArrival
  }
}

function* visitNode(
  run: RunContext,
  session: JourneySession,
  transient: JsonObject,
  arrival: Arrival,
  visit: string,
  count: number,
): Work<Advanced & { entry: TraceEntry } & Pick<Action, 'volatileKeys'>> {
  const { journeys } = run.step.frozen.content
  const frame = innermost(session)
  const journey = journeys[frame.journey]
  const node = nodeOf(journeys, frame)
  const state = new NodeState({ ...partsOf(session), transient }, node?.reads ?? [])
  const about = aboutNode(frame, node)
  const recorded = beginRecord(run, session, visit)?.begin(about, null, state, arrival.answers)
  const startedAt = performance.now()
  const problem = problemBefore(run, frame, count)
  const { proved, failed, standIns, ...reports } = reportsTo(run)
  const action: Action =
    journey === undefined || node === undefined || problem !== undefined
      ? fail(problem ?? '')
      : yield* runNode(run, {
          ...arrival,
          id: frame.nodeId,
          node,
          journey,
          isInner: session.position.length > 1,
          state,
          name: `${frame.journey}/${frame.nodeId}/${visit}`,
          proofs: session.proofs ?? [],
          ...reports,
        })
  const after = action.kind === 'error' ? { ...partsOf(session), transient } : state.snapshot()
  run.effects.cookies.push(...(action.cookies ?? []))
  const marked = withStandIns(session, standIns)
  const proven = yield* withProofs(run, marked, after, action, proved)
  const advanced = advance({ journeys, session: proven, state: after }, action)
  const ended = { ...resultOf(action, advanced.next), ...costOf(state, startedAt) }
  const inside = { journey: frame.journey, ...(standIns.length === 0 ? {} : { standIns }) }
  const entry: TraceEntry = { ...momentOf(run), ...inside, ...about, ...ended }
  recorded?.(after, { action, reason: entry.reason, standIns })
  record(run, entry, action)
  run.effects.visits.push({ entry, taken: advanced.taken ?? [] })
  const kept = withFailedScript(entry, failed.at(-1))
  return { ...advanced, entry: kept, ...defined({ volatileKeys: action.volatileKeys }) }
}

function momentOf({ step: { now, stored } }: RunContext): Pick<TraceEntry, 'at' | 'request'> {
  return { at: now, request: stored.step + 1 }
}

/** Collects what a visit reports besides its action. */
function reportsTo({ effects }: RunContext) {
  const proved: Method[] = []
  const failed: ScriptException[] = []
  const standIns: string[] = []
  return {
    proved,
    failed,
    standIns,
    stoodIn: (type: string) => void standIns.push(type),
    prove: (method: Method) => void proved.push(method),
    scriptFailed(exception: ScriptException): void {
      failed.push(exception)
      effects.recorder?.exception(exception)
    },
  }
}

/** Remembers for the audit trail that the journey passed stand-ins. */
function withStandIns(session: JourneySession, types: readonly string[]): JourneySession {
  if (types.length === 0) return session
  return { ...session, standIns: [...new Set([...(session.standIns ?? []), ...types])] }
}

/** The trace says which script failed and where, but not what it threw: that can contain secrets. */
function withFailedScript(entry: TraceEntry, exception: ScriptException | undefined): TraceEntry {
  if (exception === undefined) return entry
  const { message: _secret, ...failedScript } = exception
  return {
    ...entry,
    // rule R8: otherwise a run that nobody watches keeps what a script threw
    ...(entry.result === 'error' ? { reason: failureInWords(failedScript) } : {}),
    failedScript,
  }
}

/** Adds proofs. The username in state right after the check tells whose credential it was. A failed node proves nothing. */
function* withProofs(
  run: RunContext,
  session: JourneySession,
  { shared, transient }: Pick<StateSnapshot, 'shared' | 'transient'>,
  action: Action,
  proved: readonly Method[],
): Work<JourneySession> {
  const renewed = yield* withNewPasswords(run, session)
  if (proved.length === 0 || action.kind === 'error') return renewed
  const known = action.identified?.name ?? transient.username ?? shared.username
  const name = typeof known === 'string' ? known : ''
  const { counted, session: before } = yield* withDuePassword(run, renewed, name, proved)
  return yield* withProofsOf(run, before, name, counted)
}

function partsOf({ shared, secure }: JourneySession) {
  return { shared, secure }
}

/** How long a visit took, and which state keys it used. */
function costOf({ keysRead, keysWritten }: NodeState, startedAt: number) {
  return {
    duration: Math.round((performance.now() - startedAt) * 1000) / 1000,
    keysRead: [...keysRead],
    keysWritten: [...keysWritten],
  }
}

function aboutNode({ nodeId }: Frame, node: JourneyNode | undefined) {
  return { nodeId, nodeType: node?.type ?? '', displayName: node?.displayName ?? '' }
}

function beginRecord({ effects: { recorder } }: RunContext, { position }: JourneySession, visit: string) {
  if (recorder === undefined) return undefined
  recorder.enter(
    position.map(({ journey }) => journey),
    Number(visit),
  )
  return recorder
}

/** The reason why a node can't run. */
function problemBefore({ step: { frozen } }: RunContext, frame: Frame, count: number): string | undefined {
  if (nodeOf(frozen.content.journeys, frame) === undefined) {
    return `node ${frame.nodeId} is not in journey '${frame.journey}'`
  }
  if (count <= maxNodesPerRequest) return undefined
  return `more than ${maxNodesPerRequest} nodes ran in one request: the journey loops`
}

function record(run: RunContext, entry: TraceEntry, action: Action): void {
  run.world.metrics.nodeRan(entry.nodeType, entry.duration / 1000)
  logVisit(run, entry)
  if (action.kind === 'goTo') auditVisit(run, entry, action.auditDetail)
}

function resultOf(action: Action, next: Next): Pick<TraceEntry, 'result' | 'outcome' | 'reason'> {
  const reason = next.kind === 'failure' ? { reason: next.reason } : {}
  switch (action.kind) {
    case 'goTo':
      return { result: 'outcome', outcome: action.outcome, ...reason }
    case 'send':
      return { result: 'callbacks' }
    case 'suspend':
      return { result: 'suspended' }
    case 'enter':
      return { result: 'entered', ...reason }
    case 'error':
      return { result: 'error', reason: action.message }
  }
}

function logVisit(run: RunContext, entry: TraceEntry): void {
  if (entry.reason === undefined && !run.step.log.isLevelEnabled('debug')) return
  const { at: _at, request: _request, keysRead: _read, keysWritten: _written, ...line } = entry
  if (entry.reason === undefined) run.step.log.debug(line, 'node')
  else run.step.log.warn(line, 'the journey ends at this node')
}

function auditVisit(run: RunContext, entry: TraceEntry, detail: Json | undefined): void {
  recordAudit(run, {
    eventName: 'AM-NODE-LOGIN-COMPLETED',
    node: {
      id: entry.nodeId,
      type: entry.nodeType,
      name: entry.displayName,
      outcome: entry.outcome ?? '',
    },
    ...defined({ standIns: entry.standIns }),
    entries: {
      nodeOutcome: entry.outcome ?? '',
      treeName: entry.journey,
      displayName: entry.displayName,
      nodeType: entry.nodeType,
      nodeId: entry.nodeId,
      ...(isJsonObject(detail) ? detail : {}),
    },
  })
}
