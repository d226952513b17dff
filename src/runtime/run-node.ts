import { ZodError } from 'zod'
import { type Action, fail } from '../engine/action.ts'
import type { Answer } from '../engine/callbacks.ts'
import type { Journey, NodeSettings } from '../engine/journey.ts'
import { type Method, methodsOf, type Proof } from '../engine/methods.ts'
import type { NodeState } from '../engine/node-state.ts'
import { type AnyNodeType, type NodeContext, outcomesOf, type Surroundings } from '../engine/node-type.ts'
import type { NodePort, Ports } from '../nodes/ports/ports.ts'
import { deviceKeys } from '../people/devices/device-keys.ts'
import { base32, counterOf } from '../people/devices/oath-code.ts'
import { passkeys } from '../people/devices/passkeys.ts'
import { thingTokens } from '../people/devices/thing-tokens.ts'
import { isSameSecret } from '../secrets/digest.ts'
import { digits, hex } from '../secrets/random.ts'
import { SealError } from '../secrets/seal.ts'
import { backchannelPort } from './ports/backchannel-port.ts'
import { devicePort } from './ports/device-port.ts'
import { directoryPort, identityPort } from './ports/guarded-passwords.ts'
import { mailPort } from './ports/mail-port.ts'
import { metricsPort } from './ports/metrics-port.ts'
import { persistentCookiePort } from './ports/persistent-cookie-port.ts'
import type { RunContext } from './ports/run-context.ts'
import { scriptPort } from './ports/script-port.ts'
import { transformationPort } from './ports/transformation-port.ts'
import { tryPort } from './ports/try-port.ts'
import { verificationPort } from './ports/verification-port.ts'
import { aboutAction, aboutNode } from './step-trace.ts'

/** One visit of a node: where, with what, as part of which request. */
export type Visit = {
  id: string
  node: NodeSettings
  journey: Journey
  isInner: boolean
  answers: readonly Answer[]
  state: NodeState
  resumedFromSuspend: boolean
  isWaitOver: boolean
  name: string
  /** What proved right before this visit. */
  proofs: readonly Proof[]
  /** Takes the method when a credential proves right here, on a page or in another node's place too. */
  prove(method: Method): void
}

/**
 * Runs a node with the ports it declared. Never throws for what a node, a script or its settings did wrong:
 * that is an error action, so that the journey fails closed. What the store or the server did wrong goes through.
 */
export async function runNode(run: RunContext, visit: Visit): Promise<Action> {
  const type = run.frozen.typeNamed(visit.node.type, visit.node.version)
  if (type === undefined) return fail(unknownType(visit.node))
  try {
    return await runTyped(run, visit, type, run.frozen.settingsOf(visit.node, type))
  } catch (error) {
    if (error instanceof ZodError) return fail(settingsProblem(visit.node, error))
    if (error instanceof SealError) return fail(`The secrets of ${visit.node.displayName} cannot be opened`)
    throw error
  }
}

function runTyped(run: RunContext, visit: Visit, type: AnyNodeType, config: unknown): Promise<Action> {
  const about = aboutNode(visit.journey, visit.id, visit.node)
  return run.tracing.span(`node ${visit.node.type}`, about, async (span) => {
    const action = await runWithPorts(run, visit, type, config)
    span.note(aboutAction(action))
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
  const action: Action = await type.run(Object.assign(context, portsFor(type, run, visit, context)))
  if (action.kind !== 'goTo') return action
  const offered = outcomesOf(type, config, surroundings(run, visit.journey))
  if (!offered.some(({ id }) => id === action.outcome)) {
    return fail(`Node type ${type.type} has no outcome '${action.outcome}'`)
  }
  const proved = type.proves?.[action.outcome]
  if (proved !== undefined) visit.prove(proved)
  return action
}

/** Nodes know a person by user name or by id; what proved right for the one did for the other. */
async function methodsIn({ identities }: RunContext, { proofs, state }: Visit): Promise<readonly Method[]> {
  const name = state.getText('username') ?? ''
  const person = name === '' ? undefined : await identities.find(name)
  return methodsOf(proofs, person === undefined ? [name] : [person._id, person.userName])
}

function contextOf(run: RunContext, visit: Visit, config: unknown): NodeContext<unknown> {
  const { journey, node } = visit
  const where = { journey: journey.name, nodeId: visit.id, nodeType: node.type }
  const line = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, cause?: unknown) => {
    run.recorder?.line(level, message)
    run.log[level](cause === undefined ? where : { ...where, err: cause }, message)
  }
  return {
    id: visit.id,
    type: node.type,
    displayName: node.displayName,
    config,
    realm: run.realm.path,
    journey: {
      name: journey.name,
      identityResource: journey.identityResource,
      mustRun: journey.mustRun,
      noSession: journey.noSession,
      isInner: visit.isInner,
    },
    state: visit.state,
    answers: visit.answers,
    request: run.request,
    methods: () => methodsIn(run, visit),
    existingSession: run.existingSession,
    transaction: run.transaction,
    resumedFromSuspend: visit.resumedFromSuspend,
    get resumeUri() {
      return run.resumeUri
    },
    now: run.now,
    random: Math.random(),
    journeyMinutes: run.journeyMinutes,
    visit: visit.name,
    isWaitOver: visit.isWaitOver,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
  }
}

/** Only what the node type needs is made. */
function portsFor(
  type: AnyNodeType,
  run: RunContext,
  visit: Visit,
  context: NodeContext<unknown>,
): Partial<Ports> {
  const make: { [Name in keyof Ports]: () => Ports[Name] } = {
    identities: () => identityPort(run),
    scripts: () => scriptPort(run, context),
    backchannel: () => backchannelPort(run, visit),
    verification: () => verificationPort(run, visit.name),
    nodes: () => nodePort(run, visit),
    mailer: () => mailPort(run),
    secrets: () => ({ digits, hex, isSame: isSameSecret }),
    devices: () => devicePort(run),
    oath: () => ({ counterOf, base32 }),
    tries: () => tryPort(run),
    passkeys: () => passkeys,
    deviceKeys: () => deviceKeys,
    thingTokens: () => thingTokens,
    authorizedKeys: () => run.authorizedKeys,
    persistentCookies: () => persistentCookiePort(run),
    directories: () => directoryPort(run, run.directories),
    web: () => run.web,
    social: () => run.social,
    socialClients: () => run.social,
    transformations: () => transformationPort(run, context),
    saml: () => run.saml,
    metrics: () => metricsPort(run),
    webhooks: () => ({ exists: run.hasWebhook }),
    selfService: () => run.realm.settings.selfService,
  }
  const needed: readonly (keyof Ports)[] = type.needs
  return Object.fromEntries(needed.map((name) => [name, make[name]()]))
}

function nodePort(run: RunContext, visit: Visit): NodePort {
  return {
    typeNamed: run.frozen.typeNamed,

    async runChild({ id, answers, state }) {
      const { children } = visit.journey
      const node = Object.hasOwn(children, id) ? children[id] : undefined
      return node && runInside(run, visit, { id, node, answers, state }, (inside) => runNode(run, inside))
    },

    async imitate({ type, version, config, answers, state }) {
      const { id } = visit
      const { displayName } = visit.node
      const found = run.frozen.typeNamed(type, version)
      if (found === undefined) return fail(unknownType({ type, displayName }))
      // A script made these settings: whatever looks sealed in them is not opened.
      const settings: unknown = found.config.parse(config)
      const reads = [...(found.reads?.(settings, id) ?? [])]
      const node: NodeSettings = { type, version: found.version, displayName, config, reads }
      return runInside(run, visit, { id, node, answers, state }, (inside) =>
        runTyped(run, inside, found, settings),
      )
    },
  }
}

/** Runs a node as part of another one's visit: it sees its own inputs, and its writes are taken over. */
async function runInside(
  run: RunContext,
  visit: Visit,
  { id, node, answers, state }: Pick<Visit, 'id' | 'node' | 'answers' | 'state'>,
  go: (inside: Visit) => Promise<Action>,
): Promise<Action> {
  const inner = state.narrowedTo(node.reads)
  const about = { nodeId: id, nodeType: node.type, displayName: node.displayName }
  const recorded = run.recorder?.begin(about, visit.id, inner, answers)
  const action = await go({ ...visit, id, node, answers, state: inner, name: `${visit.name}/${id}` })
  recorded?.(inner.snapshot(), { action, ...(action.kind === 'error' ? { reason: action.message } : {}) })
  state.adopt(inner)
  return action
}

function surroundings(run: RunContext, journey: Journey): Surroundings {
  return {
    typeNamed: run.frozen.typeNamed,
    child: (id) => journey.children[id],
  }
}

/** An imported journey may hold types that do not run here; they are never faked. */
function unknownType({ type, displayName }: Pick<NodeSettings, 'type' | 'displayName'>): string {
  return `Node type ${type} is not known here: node '${displayName}' cannot run`
}

function settingsProblem(node: NodeSettings, error: ZodError): string {
  const [issue] = error.issues
  return `Node '${node.displayName}' (${node.type}) is not configured: ${issue?.path.join('.')}: ${issue?.message}`
}
