import { isDeepStrictEqual } from 'node:util'
import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { encodeCallbacks } from '../../engine/callbacks.ts'
import { NodeState, StateError, type StateSnapshot } from '../../engine/node-state.ts'
import { ScriptFailure, type ScriptOutcome } from '../../nodes/ports/ports.ts'
import { scriptResult } from '../../nodes/script-result.ts'
import {
  type ScriptEngine,
  ScriptError,
  type ScriptHost,
  type ScriptJob,
  type ScriptLogLine,
  type ScriptResult,
} from '../../sandbox/script-engine.ts'
import { runsAlone, scriptContext } from '../script-contexts.ts'
import { kindOf, makeWrites, outcomeOf, visibleState } from '../script-outcome.ts'
import { sending, type TimedCall, trialHost } from './trial-host.ts'
import { answersOf, lowerCase, sourceOf, type Trial } from './trial-request.ts'

/** The dependencies of a trial. */
export type TrialScope = {
  engine: ScriptEngine
  host: ScriptHost
  realm: string
  cookieName: string
  resumeUri: string
  libraries: Readonly<Record<string, string>>
  limits: { cpuMs: number; heapBytes: number }
  /** Saves the script's changes of people. @returns false after a concurrent update. */
  save(): Promise<boolean>
}

type TrialError = { kind: string; message: string; line: number | null; column: number | null }

/** The result of a script as a node would read it. */
type Ran = {
  outcome?: string
  config?: Json
  value?: Json
  action?: JsonObject
  callbacks?: Json
  after: StateSnapshot
}

/** Runs a script once without a journey, in the same sandbox and with the same limits. */
export async function tryScript(trial: Trial, scope: TrialScope): Promise<JsonObject> {
  const { host, calls } = trialHost(scope.host, trial.effects, trial.responses)
  const state = new NodeState(trial.state)
  const usage = { cpuMs: 0, memoryBytes: undefined as number | undefined }
  const startedAt = performance.now()
  let logs: readonly ScriptLogLine[] = []
  let ran: Ran | { error: TrialError }
  try {
    const result = await scope.engine.run(jobOf(trial, state, scope), host, (attempt) => {
      usage.cpuMs += attempt.cpuMs
      usage.memoryBytes = attempt.memoryBytes
    })
    logs = result.logs
    ran = readAsNode(trial, state, result)
    if (trial.effects && !(await scope.save())) {
      throw new ScriptFailure('Another request changed the person at the same time. Nothing was saved.')
    }
  } catch (error) {
    if (error instanceof ScriptError) logs = error.logs
    ran = { error: errorOf(error) }
  }
  const { cpuMs, heapBytes } = scope.limits
  return {
    ...report(trial, ran, { logs, calls, usage, wallMs: performance.now() - startedAt }),
    limits: { cpuMilliseconds: cpuMs, memoryBytes: heapBytes },
  }
}

function jobOf(trial: Trial, state: NodeState, scope: TrialScope): ScriptJob {
  const { context, properties, profile, existingSession } = trial
  const known = scriptContext(context)
  // The schema allows no other contexts.
  if (known === undefined || !runsAlone(known)) throw new Error(`scripts of ${context} can't be tried`)
  const kind = kindOf(known.as, trial.evaluatorVersion ?? known.evaluatorVersions[0])
  return {
    name: trial.name,
    // Not the id of the script, so that a killed draft doesn't block the next one.
    id: 'trial',
    context,
    kind,
    source: sourceOf(trial),
    libraries: kind === 'customNode' ? {} : scope.libraries,
    state: visibleState(state, trial.inputs),
    callbacks: answersOf(trial),
    ...(kind === 'customNode' ? { properties } : {}),
    ...(known.as === 'transformation' ? { profile: profile ?? { selectedIdp: '' } } : {}),
    request: {
      headers: lowerCase(trial.headers),
      parameters: trial.parameters,
      cookies: trial.cookies,
      locales: trial.locales,
    },
    ...(existingSession ? { existingSession } : {}),
    resumedFromSuspend: trial.resumedFromSuspend,
    realm: scope.realm,
    cookieName: scope.cookieName,
    resumeUri: scope.resumeUri,
    journey: {
      name: trial.journey,
      identityResource: `managed/${scope.realm === '/' ? '' : `${scope.realm.slice(1)}_`}user`,
      innerJourney: false,
      mustRun: false,
    },
  }
}

/** @throws ScriptFailure for results that a node would reject. */
function readAsNode(trial: Trial, state: NodeState, result: ScriptResult): Ran {
  const { as, evaluatorVersions } = scriptContext(trial.context) ?? {
    as: 'decision',
    evaluatorVersions: [''],
  }
  const isLegacy = (trial.evaluatorVersion ?? evaluatorVersions[0] ?? '').startsWith('1')
  makeWrites(state, result, isLegacy && as === 'decision' ? trial.outputs : undefined)
  const left = outcomeOf(result)
  const after = state.snapshot()
  if (as === 'config') {
    if (!isJsonObject(left.config)) throw new ScriptFailure("Script must set 'config' to a Map.")
    return { config: left.config, after }
  }
  if (as === 'transformation') {
    if (!isJsonObject(left.value)) throw new ScriptFailure(`Script '${trial.name}' made no profile`)
    return { value: left.value, after }
  }
  const read = scriptResult(left, trial.outcomes ?? anyOutcome(left))
  if (!read.ok) throw new ScriptFailure(read.reason)
  const { outcome: _outcome, ...action } = result.action
  const { action: taken } = read
  return {
    ...(taken.kind === 'goTo' ? { outcome: taken.outcome } : {}),
    ...(taken.kind === 'send' ? { callbacks: plain(encodeCallbacks(taken.callbacks)) } : {}),
    action: jsonObjectSchema.parse(action),
    after,
  }
}

/** Without declared outcomes, any outcome is accepted. */
function anyOutcome({ action, outcome }: ScriptOutcome): string[] {
  const wished = action?.kind === 'goTo' ? action.outcome : outcome
  return typeof wished === 'string' ? [wished] : []
}

/** @throws errors that the script did not cause. */
function errorOf(error: unknown): TrialError {
  if (error instanceof ScriptError) {
    const { fault: kind, message, line = null, column = null } = error
    return { kind, message, line, column }
  }
  if (!(error instanceof ScriptFailure || error instanceof StateError)) throw error
  return { kind: 'result', message: error.message, line: null, column: null }
}

type Observed = {
  logs: readonly ScriptLogLine[]
  calls: readonly TimedCall[]
  usage: { cpuMs: number; memoryBytes: number | undefined }
  wallMs: number
}

function report(trial: Trial, ran: Ran | { error: TrialError }, seen: Observed): JsonObject {
  const { logs, calls, usage, wallMs } = seen
  const done = 'error' in ran ? undefined : ran
  return {
    outcome: done?.outcome ?? null,
    config: done?.config ?? null,
    value: done?.value ?? null,
    error: 'error' in ran ? ran.error : null,
    action: done?.action ?? {},
    state: done === undefined ? {} : changesOf(trial.state, done.after),
    callbacks: done?.callbacks ?? [],
    log: [
      ...logs.map(({ level, message, at = 0 }) => ({ level, at: thousandths(at), message })),
      ...calls
        .filter(({ isMade }) => !isMade)
        .map(({ op, summary, at }) => ({
          level: 'effect',
          at: thousandths(at),
          message: op === sending ? `Not sent: ${summary}. Example answer` : `Would have called ${summary}`,
        })),
    ],
    calls: calls.map(({ op, summary, isMade }) => ({ op, summary, isMade })),
    cpuMilliseconds: thousandths(usage.cpuMs),
    wallMilliseconds: thousandths(wallMs),
    ...defined({ memoryBytes: usage.memoryBytes }),
  }
}

/** Changed state keys. */
function changesOf(before: StateSnapshot, after: StateSnapshot): JsonObject {
  const parts = ['shared', 'transient', 'secure'] as const
  const changes = parts.toReversed().flatMap((part) => {
    const keys = new Set([...Object.keys(before[part]), ...Object.keys(after[part])])
    return [...keys].flatMap((key) => {
      const was = Object.hasOwn(before[part], key) ? before[part][key] : undefined
      const is = Object.hasOwn(after[part], key) ? after[part][key] : undefined
      if (isDeepStrictEqual(was, is)) return []
      const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
      return [[key, { part, change, before: was ?? null, after: is ?? null }] as const]
    })
  })
  return Object.fromEntries(changes)
}

function thousandths(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value))
}
