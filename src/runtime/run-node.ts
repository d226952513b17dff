import { ZodError } from 'zod'
import { type Action, fail } from '../engine/action.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import { type Method, methodsOf } from '../engine/methods.ts'
import { type AnyNodeType, type NodeContext, type OutcomeContext, outcomesOf } from '../engine/node-type.ts'
import type { NodePort } from '../nodes/ports/ports.ts'
import { SealError } from '../secrets/seal.ts'
import { bindPorts } from './ports/bind-ports.ts'
import { type RunContext, resumeUriOf, type Visit } from './run-context.ts'
import { actionAttributes, nodeAttributes } from './step-trace.ts'

/**
 * Runs a node with the ports that its type declares. Faults of nodes, scripts and settings become error actions, so
 * that the journey fails closed. Faults of the store and the server are thrown.
 */
export async function runNode(run: RunContext, visit: Visit): Promise<Action> {
  const type = run.step.frozen.typeNamed(visit.node.type, visit.node.version)
  if (type === undefined) return fail(unknownType(visit.node))
  try {
    return await runTyped(run, visit, type, run.step.frozen.settingsOf(visit.node, type))
  } catch (error) {
    if (error instanceof ZodError) return fail(settingsProblem(visit.node, error))
    if (error instanceof SealError) return fail(`The secrets of ${visit.node.displayName} cannot be opened`)
    throw error
  }
}

function runTyped(run: RunContext, visit: Visit, type: AnyNodeType, config: unknown): Promise<Action> {
  const about = nodeAttributes(visit.journey, visit.id, visit.node)
  return run.world.tracing.span(`node ${visit.node.type}`, about, async (span) => {
    const action = await runWithPorts(run, visit, type, config)
    span.setAttributes(actionAttributes(action))
    return action
  })
}

async function runWithPorts(
  run: RunContext,
  visit: Visit,
  type: AnyNodeType,
  config: unknown,
): Promise<Action> {
  const context = contextOf(run, visit, config)
  const action: Action = await type.run(
    Object.assign(
      context,
      bindPorts(type, run, visit, context, () => nodePort(run, visit)),
    ),
  )
  if (action.kind !== 'goTo') return action
  const offered = outcomesOf(type, config, surroundings(run, visit.journey))
  if (!offered.some(({ id }) => id === action.outcome)) {
    return fail(`Node type ${type.type} has no outcome '${action.outcome}'`)
  }
  const proved = type.proves?.[action.outcome]
  if (proved !== undefined) visit.prove(proved)
  return action
}

/** A proof counts whether the journey named the person by username or by id. */
async function methodsIn(
  { effects: { identities } }: RunContext,
  { proofs, state }: Visit,
): Promise<readonly Method[]> {
  const name = state.getText('username') ?? ''
  const person = name === '' ? undefined : await identities.find(name)
  return methodsOf(proofs, person === undefined ? [name] : [person._id, person.userName])
}

function contextOf(run: RunContext, visit: Visit, config: unknown): NodeContext<unknown> {
  const { journey, node } = visit
  const { stored, saved } = run.step
  const where = { journey: journey.name, nodeId: visit.id, nodeType: node.type }
  const line = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, cause?: unknown) => {
    run.effects.recorder?.line(level, message)
    run.step.log[level](cause === undefined ? where : { ...where, err: cause }, message)
  }
  return {
    id: visit.id,
    type: node.type,
    displayName: node.displayName,
    config,
    realm: run.step.request.realm.path,
    journey: {
      name: journey.name,
      identityResource: journey.identityResource,
      mustRun: journey.mustRun,
      noSession: journey.noSession,
      isInner: visit.isInner,
    },
    state: visit.state,
    answers: visit.answers,
    request: run.step.request.view,
    methods: () => methodsIn(run, visit),
    existingSession: saved.existingSession?.properties,
    transaction: saved.transaction,
    resumedFromSuspend: visit.resumedFromSuspend,
    get resumeUri() {
      return resumeUriOf(run.step)
    },
    now: run.step.now,
    random: Math.random(),
    journeyMinutes: (stored.expiresAt - stored.startedAt) / 60_000,
    visit: visit.name,
    isWaitOver: visit.isWaitOver,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
  }
}

function nodePort(run: RunContext, visit: Visit): NodePort {
  return {
    typeNamed: run.step.frozen.typeNamed,

    async runChild({ id, answers, state }) {
      const { children } = visit.journey
      const node = Object.hasOwn(children, id) ? children[id] : undefined
      return node && runInside(run, visit, { id, node, answers, state }, (inside) => runNode(run, inside))
    },

    async imitate({ type, version, config, answers, state }) {
      const { id } = visit
      const { displayName } = visit.node
      const found = run.step.frozen.typeNamed(type, version)
      if (found === undefined) return fail(unknownType({ type, displayName }))
      // A script made these settings, so sealed values in them are not opened.
      const settings: unknown = found.config.parse(config)
      const reads = [...(found.reads?.(settings, id) ?? [])]
      const node: NodeSettings = { type, version: found.version, displayName, config, reads }
      return runInside(run, visit, { id, node, answers, state }, (inside) =>
        runTyped(run, inside, found, settings),
      )
    },
  }
}

/** Runs a node inside another node's visit: it reads only its declared inputs, and its writes are adopted. */
async function runInside(
  run: RunContext,
  visit: Visit,
  { id, node, answers, state }: Pick<Visit, 'id' | 'node' | 'answers' | 'state'>,
  runIt: (inside: Visit) => Promise<Action>,
): Promise<Action> {
  const inner = state.narrowedTo(node.reads)
  const about = { nodeId: id, nodeType: node.type, displayName: node.displayName }
  const recorded = run.effects.recorder?.begin(about, visit.id, inner, answers)
  const action = await runIt({ ...visit, id, node, answers, state: inner, name: `${visit.name}/${id}` })
  recorded?.(inner.snapshot(), { action, ...(action.kind === 'error' ? { reason: action.message } : {}) })
  state.adopt(inner)
  return action
}

function surroundings(run: RunContext, journey: Journey): OutcomeContext {
  return {
    typeNamed: run.step.frozen.typeNamed,
    child: (id) => journey.children[id],
  }
}

/** Imported journeys may contain types that this server doesn't have. They fail rather than do nothing. */
function unknownType({ type, displayName }: Pick<NodeSettings, 'type' | 'displayName'>): string {
  return `Node type ${type} is unknown: node '${displayName}' cannot run`
}

function settingsProblem(node: NodeSettings, error: ZodError): string {
  const [issue] = error.issues
  return `Node '${node.displayName}' (${node.type}) is not configured: ${issue?.path.join('.')}: ${issue?.message}`
}
