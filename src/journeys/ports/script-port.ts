import { type Action, type Extras, goTo, send, suspend } from '../../journey/action.ts'
import { NodeState, StateError } from '../../journey/node-state.ts'
import type { NodeContext } from '../../journey/node-type.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort, type ScriptRequest } from '../../nodes/ports.ts'
import {
  ScriptError,
  type ScriptJob,
  type ScriptKind,
  type ScriptLogLine,
  type ScriptResult,
} from '../../scripting/script-engine.ts'
import type { FrozenScript } from '../revision.ts'
import type { RunContext } from './run-context.ts'

/**
 * Longest that the whole state may become, UTF-16 units of its JSON. Each script adds little, but a circle of them
 * would fill the machine before the limit on nodes ends it.
 */
const maxStateLength = 1_048_576

/** Runs scripts for one visit of a node: its state, its answers, its request. */
export function scriptPort(run: RunContext, node: NodeContext<unknown>): ScriptPort {
  return {
    async run(request) {
      const job = jobFor(run, node, request)
      const logger = run.log.child({ logger: `scripts.${job.context}.${job.id}.(${job.name})` })
      const write = (line: ScriptLogLine) => {
        run.recorder?.line(line.level, line.message)
        logger[line.level](line.message)
      }
      try {
        const result = await run.scripts.run(job, (call) => run.scriptHost(call))
        for (const line of result.logs) write(line)
        node.state.noteReads(result.reads)
        makeWrites(node.state, result, job.kind.startsWith('legacy') ? request.outputs : undefined)
        return outcomeOf(result)
      } catch (cause) {
        if (cause instanceof ScriptError) {
          for (const line of cause.logs) write(line)
        } else if (!(cause instanceof StateError || cause instanceof ScriptFailure)) {
          throw cause
        }
        throw new ScriptFailure(cause.message, { cause })
      }
    },
  }
}

function jobFor(run: RunContext, node: NodeContext<unknown>, request: ScriptRequest): ScriptJob {
  const script = resolve(run, request)
  const { headers, parameters, cookies, locales } = run.request
  return {
    name: script.name,
    id: script.id,
    context: script.context,
    kind: kindOf(request, script),
    source: script.source,
    libraries: request.as === 'customNode' ? {} : librariesOf(run),
    state: visibleState(node.state, request.inputs),
    callbacks: node.answers,
    ...(request.properties === undefined ? {} : { properties: request.properties }),
    ...(request.profile === undefined ? {} : { profile: request.profile }),
    request: { headers, parameters, cookies, locales },
    ...(run.existingSession === undefined ? {} : { existingSession: run.existingSession }),
    resumedFromSuspend: node.resumedFromSuspend,
    realm: run.realm.path,
    cookieName: run.cookieName,
    resumeUri: run.resumeUri,
    journey: {
      name: node.journey.name,
      identityResource: node.journey.identityResource,
      innerJourney: node.journey.isInner,
      mustRun: node.journey.mustRun,
    },
  }
}

function resolve(run: RunContext, { script }: ScriptRequest): FrozenScript {
  if (typeof script !== 'string') {
    return { ...script, context: 'NODE_DESIGNER', evaluatorVersion: '2.0' }
  }
  const { scripts } = run.frozen.content
  const found = Object.hasOwn(scripts, script) ? scripts[script] : undefined
  if (found === undefined)
    throw new ScriptFailure(`Script ${script} does not exist in realm ${run.realm.path}`)
  return found
}

/** Next generation by evaluator version: exports of next-generation scripts still carry the legacy context's name. */
function kindOf({ as }: ScriptRequest, { evaluatorVersion }: FrozenScript): ScriptKind {
  if (as === 'customNode') return 'customNode'
  const isLegacy = evaluatorVersion.startsWith('1')
  if (as === 'transformation') return isLegacy ? 'legacyTransformation' : 'transformation'
  if (as === 'config') return isLegacy ? 'legacyConfig' : 'config'
  if (as === 'deviceMatch') return isLegacy ? 'legacyDeviceMatch' : 'deviceMatch'
  return isLegacy ? 'legacyDecision' : 'decision'
}

function librariesOf(run: RunContext): Record<string, string> {
  const libraries = Object.values(run.frozen.content.scripts).filter(({ context }) => context === 'LIBRARY')
  return Object.fromEntries(libraries.map(({ name, source }) => [name, source]))
}

function visibleState(state: NodeState, inputs: readonly string[]): ScriptJob['state'] {
  const all = state.snapshot()
  if (inputs.length === 0 || inputs.includes('*')) return all
  const only = (part: ScriptJob['state']['shared']) =>
    Object.fromEntries(Object.entries(part).filter(([key]) => inputs.includes(key)))
  return { shared: only(all.shared), secure: only(all.secure), transient: only(all.transient) }
}

/**
 * All or nothing: a script that threw left no writes, and one refused write takes back the others.
 * A script of the legacy engine leaves what its node declares as outputs, all of it and nothing else.
 */
function makeWrites(state: NodeState, { writes }: ScriptResult, outputs: readonly string[] = ['*']): void {
  const isDeclared = (key: string) => outputs.length === 0 || outputs.includes('*') || outputs.includes(key)
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
  if (outputs.some((key) => key !== '*' && !after.isDefined(key))) {
    throw new ScriptFailure('Script did not provide all declared outputs')
  }
  if (writes.length > 0 && JSON.stringify(after.snapshot()).length > maxStateLength) {
    throw new ScriptFailure(`Script made the state of the journey longer than ${maxStateLength} characters`)
  }
  state.adopt(after)
}

function outcomeOf(result: ScriptResult): ScriptOutcome {
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
