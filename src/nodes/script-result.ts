import { isJsonObject, type Json } from '../base/json.ts'
import { type Action, goTo } from '../engine/action.ts'
import type { NodeLog } from '../engine/node-type.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort, type ScriptRequest } from './ports/ports.ts'

/** The action of a script, or the reason why it failed. A failed script takes no outcome. */
export type ScriptResult<Outcome extends string = string> =
  | { ok: true; action: Action<Outcome> }
  | { ok: false; warning: string | undefined; reason: string }

/**
 * Reads the result of a decision script or a custom node. An `action` takes precedence over the variable `outcome`. An
 * `action` with neither outcome nor callbacks counts as empty, and its extras are dropped. Source: "Scripted Decision
 * node API".
 */
export function scriptResult<Outcome extends string>(
  left: ScriptOutcome,
  outcomes: readonly Outcome[],
): ScriptResult<Outcome> {
  const detail = auditDetail(left.auditDetail)
  if (detail === 'invalid') return failed('Invalid auditEntryDetail type from script')
  const { action } = left
  if (action !== undefined && !isEmpty(action)) {
    if (action.kind !== 'goTo') return { ok: true, action: { ...action, ...detail } }
    const chosen = outcomes.find((each) => each === action.outcome)
    return chosen === undefined
      ? unknownOutcome(action.outcome, `invalid script outcome ${action.outcome} in action`)
      : { ok: true, action: { ...action, outcome: chosen, ...detail } }
  }
  const { outcome } = left
  if (typeof outcome !== 'string') {
    return failed("Script must set 'outcome' to a string.", 'script outcome error')
  }
  const chosen = outcomes.find((each) => each === outcome)
  return chosen === undefined
    ? unknownOutcome(outcome, `invalid script outcome ${outcome}`)
    : { ok: true, action: goTo(chosen, detail) }
}

/** Errors of nodes with scripts. Log lines contain the error with which the journey fails. */
export const scriptErrors = {
  warn: {
    'error evaluating the script':
      'The script failed. A watched run says which script, why and in which line.',
    'script outcome error': 'The script set no outcome, or one that is not a text.',
    'invalid script outcome ‹outcome›': 'The node has no such outcome.',
    'invalid script outcome ‹outcome› in action': 'The node has no such outcome.',
  },
  fail: {
    "Script must set 'outcome' to a string.": 'The script set no outcome, or one that is not a text.',
    "Invalid outcome from script, '‹outcome›'": 'The node has no such outcome.',
    'Invalid auditEntryDetail type from script': 'The audit detail is neither text nor an object.',
    '‹what the script threw›': 'The text includes the line in the script, if known.',
  },
} as const

/** Runs a script and reads its result. Failures are logged. */
export async function runForResult<Outcome extends string>(
  { scripts, log }: { scripts: ScriptPort; log: NodeLog },
  request: ScriptRequest,
  outcomes: readonly Outcome[],
): Promise<ScriptResult<Outcome>> {
  const result = await scripts.run(request).then((left) => scriptResult(left, outcomes), asResult)
  if (!result.ok && result.warning !== undefined) log.warn(result.warning, result.reason)
  return result
}

/** State keys that a script may read. An empty list, like one with `*`, means all. */
export function stateKeys(declared: readonly string[]): readonly string[] {
  return declared.length === 0 ? ['*'] : declared
}

/** State keys that a script names one by one; none if it may use all. */
export function namedKeys(declared: readonly string[]): readonly string[] {
  return declared.includes('*') ? [] : declared
}

/** The variable `auditEntryDetail` as audit detail, if set: text or an object. */
export function auditDetail(value: Json | undefined) {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'string' && !isJsonObject(value)) return 'invalid'
  return { auditDetail: { auditInfo: value } }
}

function isEmpty(action: Action): boolean {
  return action.kind === 'goTo' && action.outcome.trim() === ''
}

function unknownOutcome(outcome: string, warning: string): ScriptResult<never> {
  return failed(`Invalid outcome from script, '${outcome}'`, warning)
}

function failed(reason: string, warning?: string): ScriptResult<never> {
  return { ok: false, warning, reason }
}

/** Failures other than the script's are defects of the server and are rethrown. */
function asResult(cause: unknown): ScriptResult<never> {
  if (!(cause instanceof ScriptFailure)) throw cause
  return failed(cause.message, 'error evaluating the script')
}
