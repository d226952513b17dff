import { type Action, goTo } from '../journey/action.ts'
import { isJsonObject, type Json } from '../journey/json.ts'
import type { NodeLog } from '../journey/node-type.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort, type ScriptRequest } from './ports.ts'

/** What a script decided, or why it decided nothing. Never both: a script that failed takes no outcome. */
export type ScriptResult =
  | { ok: true; action: Action }
  | { ok: false; warning: string | undefined; reason: string }

/**
 * Reads what a decision script or a custom node left behind. What `action` says wins over the `outcome` variable;
 * an `action` that says neither where to go nor what to ask counts as empty, and its other wishes are lost.
 * Source: "Scripted Decision node API".
 */
export function scriptResult(left: ScriptOutcome, outcomes: readonly string[]): ScriptResult {
  const detail = auditDetail(left.auditDetail)
  if (detail === 'invalid') return failed('Invalid auditEntryDetail type from script')
  const { action } = left
  if (action !== undefined && !isEmpty(action)) {
    return action.kind === 'goTo' && !outcomes.includes(action.outcome)
      ? unknownOutcome(action.outcome, `invalid script outcome ${action.outcome} in action`)
      : { ok: true, action: { ...action, ...detail } }
  }
  const { outcome } = left
  if (typeof outcome !== 'string') {
    return failed("Script must set 'outcome' to a string.", 'script outcome error')
  }
  return outcomes.includes(outcome)
    ? { ok: true, action: goTo(outcome, detail) }
    : unknownOutcome(outcome, `invalid script outcome ${outcome}`)
}

/** Runs a script and reads its result. Why there is none is written to the log. */
export async function runForResult(
  { scripts, log }: { scripts: ScriptPort; log: NodeLog },
  request: ScriptRequest,
  outcomes: readonly string[],
): Promise<ScriptResult> {
  const result = await scripts.run(request).then((left) => scriptResult(left, outcomes), asResult)
  if (!result.ok && result.warning !== undefined) log.warn(result.warning, result.reason)
  return result
}

/** The state keys that a script may read: a list that names none, like one with `*`, means all. */
export function stateKeys(declared: readonly string[]): readonly string[] {
  return declared.length === 0 ? ['*'] : declared
}

/** The state keys that a script names one by one; none when it means all. */
export function namedKeys(declared: readonly string[]): readonly string[] {
  return declared.includes('*') ? [] : declared
}

/** The audit event's form of the `auditEntryDetail` variable: text or an object, if it is set. */
export function auditDetail(value: Json | undefined) {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'string' && !isJsonObject(value)) return 'invalid'
  return { auditDetail: { auditInfo: value } }
}

function isEmpty(action: Action): boolean {
  return action.kind === 'goTo' && action.outcome.trim() === ''
}

function unknownOutcome(outcome: string, warning: string): ScriptResult {
  return failed(`Invalid outcome from script, '${outcome}'`, warning)
}

function failed(reason: string, warning?: string): ScriptResult {
  return { ok: false, warning, reason }
}

/** A failure that is not the script's is a defect of ours and goes on. */
function asResult(cause: unknown): ScriptResult {
  if (!(cause instanceof ScriptFailure)) throw cause
  return failed(cause.message, 'error evaluating the script')
}
