import { defined } from '../base/defined.ts'
import { type Action, type Extras, goTo, send, suspend } from '../engine/action.ts'
import { NodeState } from '../engine/node-state.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptRequest } from '../nodes/ports/ports.ts'
import type { ScriptJob, ScriptKind, ScriptResult } from '../sandbox/script-engine.ts'

/**
 * Maximum size of the whole state, in UTF-16 units of its JSON. A loop of scripts could fill the memory before it reaches
 * the limit on nodes.
 */
const maxStateLength = 1_048_576

/** Decided by the evaluator version, because exports of next-generation scripts still have the legacy context. */
export function kindOf(
  as: ScriptRequest['as'] | 'accessToken' | 'claims',
  evaluatorVersion: string,
): ScriptKind {
  if (as === 'customNode') return 'customNode'
  const isLegacy = evaluatorVersion.startsWith('1')
  if (as === 'transformation') return isLegacy ? 'legacyTransformation' : 'transformation'
  if (as === 'config') return isLegacy ? 'legacyConfig' : 'config'
  if (as === 'accessToken') return isLegacy ? 'legacyAccessToken' : 'accessToken'
  if (as === 'claims') return isLegacy ? 'legacyClaims' : 'claims'
  if (as === 'deviceMatch') return isLegacy ? 'legacyDeviceMatch' : 'deviceMatch'
  return isLegacy ? 'legacyDecision' : 'decision'
}

/** The part of the state that a script may read. */
export function visibleState(state: NodeState, inputs: readonly string[]): ScriptJob['state'] {
  const all = state.snapshot()
  if (inputs.length === 0 || inputs.includes('*')) return all
  const only = (part: ScriptJob['state']['shared']) =>
    Object.fromEntries(Object.entries(part).filter(([key]) => inputs.includes(key)))
  return { shared: only(all.shared), secure: only(all.secure), transient: only(all.transient) }
}

/**
 * Applies a script's writes to the state: all of them, or none if one is refused. A legacy script must write all outputs
 * that its node declares, and its other writes are dropped. The output `*` lifts both rules.
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
    throw new ScriptFailure(`Script made the journey's state longer than ${maxStateLength} characters`)
  }
  state.adopt(after)
}

/** Converts a script's result to the form that nodes read. */
export function outcomeOf(result: ScriptResult): ScriptOutcome {
  const { action, callbacks, outcome, config, auditEntryDetail, value } = result
  return {
    action: actionOf(action, callbacks),
    outcome,
    config,
    auditDetail: auditEntryDetail,
    ...defined({ value }),
  }
}

/** A suspension takes precedence over callbacks, and callbacks over an outcome. Without any of them there is no action. */
function actionOf(action: ScriptResult['action'], callbacks: ScriptResult['callbacks']): Action | undefined {
  const { suspend: suspension, outcome, ...extras } = action
  if (suspension !== undefined) return suspend(suspension.message, suspension.minutes)
  const [first, ...rest] = callbacks
  if (first !== undefined) return send([first, ...rest], extras satisfies Extras)
  return outcome?.trim() ? goTo(outcome, extras satisfies Extras) : undefined
}
