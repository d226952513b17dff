import { type Action, type Extras, goTo, send, suspend } from '../engine/action.ts'
import { NodeState } from '../engine/node-state.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptRequest } from '../nodes/ports/ports.ts'
import type { ScriptJob, ScriptKind, ScriptResult } from '../sandbox/script-engine.ts'

/**
 * Longest that the whole state may become, UTF-16 units of its JSON. Each script adds little, but a circle of them
 * would fill the machine before the limit on nodes ends it.
 */
const maxStateLength = 1_048_576

/** Next generation by evaluator version: exports of next-generation scripts still carry the legacy context's name. */
export function kindOf(as: ScriptRequest['as'], evaluatorVersion: string): ScriptKind {
  if (as === 'customNode') return 'customNode'
  const isLegacy = evaluatorVersion.startsWith('1')
  if (as === 'transformation') return isLegacy ? 'legacyTransformation' : 'transformation'
  if (as === 'config') return isLegacy ? 'legacyConfig' : 'config'
  if (as === 'deviceMatch') return isLegacy ? 'legacyDeviceMatch' : 'deviceMatch'
  return isLegacy ? 'legacyDecision' : 'decision'
}

/** What a script may read of a state. */
export function visibleState(state: NodeState, inputs: readonly string[]): ScriptJob['state'] {
  const all = state.snapshot()
  if (inputs.length === 0 || inputs.includes('*')) return all
  const only = (part: ScriptJob['state']['shared']) =>
    Object.fromEntries(Object.entries(part).filter(([key]) => inputs.includes(key)))
  return { shared: only(all.shared), secure: only(all.secure), transient: only(all.transient) }
}

/**
 * All or nothing: a script that threw left no writes, and one refused write takes back the others.
 * A script of the legacy engine leaves what its node declares as outputs, all of it and nothing else; `*` among them
 * lifts both rules, whatever else is declared.
 */
export function makeWrites(
  state: NodeState,
  { writes }: ScriptResult,
  outputs: readonly string[] = ['*'],
): void {
  const isOpen = outputs.length === 0 || outputs.includes('*')
  const isDeclared = (key: string) => isOpen || outputs.includes(key)
  const after = new NodeState(state.snapshot())
  for (const write of writes) {
    switch (write.op) {
      case 'mergeShared':
      case 'mergeTransient':
        after[write.op](write.value)
        break
      case 'putShared':
      case 'putTransient':
        if (isDeclared(write.key)) after[write.op](write.key, write.value)
        break
      case 'remove':
        if (isDeclared(write.key)) after.remove(write.key)
    }
  }
  if (!isOpen && outputs.some((key) => !after.isDefined(key))) {
    throw new ScriptFailure('Script did not provide all declared outputs')
  }
  if (writes.length > 0 && JSON.stringify(after.snapshot()).length > maxStateLength) {
    throw new ScriptFailure(`Script made the state of the journey longer than ${maxStateLength} characters`)
  }
  state.adopt(after)
}

/** What a script left, as nodes read it. */
export function outcomeOf(result: ScriptResult): ScriptOutcome {
  const { action, callbacks, outcome, config, auditEntryDetail, value } = result
  return {
    action: actionOf(action, callbacks),
    outcome,
    config,
    auditDetail: auditEntryDetail,
    ...(value === undefined ? {} : { value }),
  }
}

/** A suspension wins over callbacks, callbacks over an outcome; an action with neither counts as empty. */
function actionOf(action: ScriptResult['action'], callbacks: ScriptResult['callbacks']): Action | undefined {
  const { suspend: suspension, outcome, ...extras } = action
  if (suspension !== undefined) return suspend(suspension.message, suspension.minutes)
  const [first, ...rest] = callbacks
  if (first !== undefined) return send([first, ...rest], extras satisfies Extras)
  return outcome?.trim() ? goTo(outcome, extras satisfies Extras) : undefined
}
