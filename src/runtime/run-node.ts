import { ZodError } from 'zod'
import { runWork, type Work, waitFor } from '../base/work.ts'
import { type Action, fail } from '../engine/action.ts'
import type { NodeSettings } from '../engine/journey.ts'
import { type NodeContext, outcomeIds } from '../engine/node-type.ts'
import { PlaceholderError } from '../engine/placeholders.ts'
import type { PreparedNode } from '../journeys/revisions.ts'
import type { NodePort } from '../nodes/ports/ports.ts'
import { SealError } from '../secrets/seal.ts'
import type { Span } from '../telemetry/traces/tracing.ts'
import { VisitContext } from './node-context.ts'
import { bindPorts } from './ports/bind-ports.ts'
import type { RunContext, Visit } from './run-context.ts'
import { actionAttributes, inSpan, nodeAttributes } from './step-trace.ts'

/**
 * Runs a node with the ports that its type declares. Faults of nodes, scripts and settings become error actions, so
 * that the journey fails closed. Faults of the store and the server are thrown.
 */
export function* runNode(run: RunContext, visit: Visit): Work<Action> {
  try {
    const prepared = run.step.frozen.prepared(visit.node, visit.journey)
    if (prepared === undefined) return fail(unknownType(visit.node))
    return yield* runPrepared(run, visit, prepared)
  } catch (error) {
    if (error instanceof ZodError) return fail(settingsProblem(visit.node, error))
    if (error instanceof PlaceholderError)
      return fail(`${describedNode(visit.node)} cannot run: ${error.message}`)
    if (error instanceof SealError) return fail(`The secrets of ${visit.node.displayName} cannot be opened`)
    throw error
  }
}

function runPrepared(run: RunContext, visit: Visit, node: PreparedNode): Work<Action> {
  const about = () => nodeAttributes(visit.journey, visit.id, visit.node)
  return inSpan(run.world.tracing, `node ${visit.node.type}`, about, (span) => runIn(span, run, visit, node))
}

function* runIn(span: Span, run: RunContext, visit: Visit, node: PreparedNode): Work<Action> {
  const action = yield* runWithPorts(run, visit, node)
  span.setAttributes(actionAttributes(action))
  return action
}

function* runWithPorts(
  run: RunContext,
  visit: Visit,
  { type, config, outcomes }: PreparedNode,
): Work<Action> {
  const context: NodeContext<unknown> = new VisitContext(run, visit, config)
  const acted: Action | Promise<Action> = type.run(
    Object.assign(
      context,
      bindPorts(type, run, visit, context, () => nodePort(run, visit)),
    ),
  )
  const action = yield* waitFor(acted)
  if (action.kind !== 'goTo') return action
  if (!outcomes.has(action.outcome)) return fail(`Node type ${type.type} has no outcome '${action.outcome}'`)
  // A stand-in checks nothing, so it proves nothing.
  if (type.standIn !== undefined) {
    // rule S38: otherwise trace and audit trail do not name a stand-in
    visit.stoodIn(type.type)
    return action
  }
  const proved = action.isUnproven ? undefined : type.proves?.[action.outcome]
  if (proved !== undefined) visit.prove(proved)
  return action
}

function nodePort(run: RunContext, visit: Visit): NodePort {
  const { frozen } = run.step
  const { children } = visit.journey
  const childOf = (id: string) => (Object.hasOwn(children, id) ? children[id] : undefined)
  return {
    typeNamed: frozen.typeNamed,

    childType(id) {
      const node = childOf(id)
      return node && frozen.typeNamed(node.type, node.version)
    },

    runChild({ id, answers, state }) {
      const node = childOf(id)
      if (node === undefined) return undefined
      return runWork(runInside(run, visit, { id, node, answers, state }, (inside) => runNode(run, inside)))
    },

    imitate({ type, version, config, answers, state }) {
      const { id } = visit
      const { displayName } = visit.node
      const found = frozen.typeNamed(type, version)
      if (found === undefined) return fail(unknownType({ type, displayName }))
      // A script made these settings, so sealed values in them are not opened.
      const settings: unknown = found.config.parse(config)
      const reads = [...(found.reads?.(settings, id) ?? [])]
      const node: NodeSettings = { type, version: found.version, displayName, config, reads }
      const outcomes = outcomeIds(found, settings, { typeNamed: frozen.typeNamed, journey: visit.journey })
      return runWork(
        runInside(run, visit, { id, node, answers, state }, (inside) =>
          runPrepared(run, inside, { type: found, config: settings, outcomes }),
        ),
      )
    },
  }
}

/** Runs a node inside another node's visit: it reads only its declared inputs, and its writes are adopted. */
function* runInside(
  run: RunContext,
  visit: Visit,
  { id, node, answers, state }: Pick<Visit, 'id' | 'node' | 'answers' | 'state'>,
  runIt: (inside: Visit) => Work<Action>,
): Work<Action> {
  const inner = state.narrowedTo(node.reads)
  const about = { nodeId: id, nodeType: node.type, displayName: node.displayName }
  const recorded = run.effects.recorder?.begin(about, visit.id, inner, answers)
  const action = yield* runIt({ ...visit, id, node, answers, state: inner, name: `${visit.name}/${id}` })
  recorded?.(inner.snapshot(), { action, ...(action.kind === 'error' ? { reason: action.message } : {}) })
  state.adopt(inner)
  return action
}

/** Imported journeys may contain types that this server doesn't have. They fail rather than do nothing. */
function unknownType({ type, displayName }: Pick<NodeSettings, 'type' | 'displayName'>): string {
  return `Node type ${type} is unknown: node '${displayName}' cannot run`
}

function settingsProblem(node: NodeSettings, error: ZodError): string {
  const [issue] = error.issues
  return `${describedNode(node)} is not configured: ${issue?.path.join('.')}: ${issue?.message}`
}

function describedNode({ displayName, type }: NodeSettings): string {
  return `Node '${displayName}' (${type})`
}
