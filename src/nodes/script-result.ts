import { type Action, goTo } from '../engine/action.ts'
import { isJsonObject, type Json } from '../engine/json.ts'
import type { NodeLog } from '../engine/node-type.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort, type ScriptRequest } from './ports/ports.ts'

/** What a script decided, or why it decided nothing. Never both: a script that failed takes no outcome. */
export type ScriptResult<Outcome extends string = string> =
  | { ok: true; action: Action<Outcome> }
  | { ok: false; warning: string | undefined; reason: string }

/**
 * Reads what a decision script or a custom node left behind. What `action` says wins over the `outcome` variable;
 * an `action` that says neither where to go nor what to ask counts as empty, and its other wishes are lost.
 * Source: "Scripted Decision node API".
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

/** What nodes say whose script failed. The log line has the reason with it: the text that the journey fails with. */
export const scriptErrors = {
  warn: {
    'error evaluating the script': 'The script threw, took too long, or does not exist.',
    'script outcome error': 'The script set no outcome, or one that is no text.',
    'invalid script outcome ‹outcome›': 'The node has no such outcome.',
    'invalid script outcome ‹outcome› in action': 'The node has no such outcome.',
  },
  fail: {
    "Script must set 'outcome' to a string.": 'It set none, or one that is no text.',
    "Invalid outcome from script, '‹outcome›'": 'The node has no such outcome.',
    'Invalid auditEntryDetail type from script':
      'What the script wants audited is neither text nor an object.',
    '‹what the script threw›': 'The line has the place in the script, where there is one.',
  },
} as const

/** Runs a script and reads its result. Why there is none is written to the log. */
export async function runForResult<Outcome extends string>(
  { scripts, log }: { scripts: ScriptPort; log: NodeLog },
  request: ScriptRequest,
  outcomes: readonly Outcome[],
): Promise<ScriptResult<Outcome>> {
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

function unknownOutcome(outcome: string, warning: string): ScriptResult<never> {
  return failed(`Invalid outcome from script, '${outcome}'`, warning)
}

function failed(reason: string, warning?: string): ScriptResult<never> {
  return { ok: false, warning, reason }
}

/** A failure that is not the script's is a defect of ours and goes on. */
function asResult(cause: unknown): ScriptResult<never> {
  if (!(cause instanceof ScriptFailure)) throw cause
  return failed(cause.message, 'error evaluating the script')
}
