import type { z } from 'zod'
import type { Action } from './action.ts'
import type { Answer, CallbackType } from './callbacks.ts'
import type { Journey, NodeSettings } from './journey.ts'
import type { Method } from './methods.ts'
import type { NodeState } from './node-state.ts'

export type Outcome = { id: string; displayName: string }

/** The context that a node's outcomes may depend on besides its settings. */
export type OutcomeContext = {
  /** Without a version, the first one. */
  typeNamed(type: string, version?: string): AnyNodeType | undefined
  child(id: string): NodeSettings | undefined
  /** Outcomes of the node that its journey connects. They exist although this server may not know them, if the type is a stand-in. */
  connected?: readonly string[]
}

/**
 * The outcomes of a node type: either a table of labels by id, which `offered` may narrow and `labels` may rename, or
 * computed from settings. A Configuration Provider can imitate only types with a table.
 */
export type Outcomes<Config, Id extends string> =
  | {
      all: Readonly<Record<Id, string>>
      offered?: (config: Config) => readonly Id[]
      labels?: (config: Config) => Readonly<Partial<Record<Id, string>>>
    }
  | ((config: Config, around: OutcomeContext) => readonly Outcome[])

/** For nodes with a single outcome. */
export const singleOutcome = { all: { outcome: 'Outcome' } } as const

/** For nodes with the outcomes true and false. */
export const decisionOutcomes = { all: { true: 'True', false: 'False' } } as const

/**
 * A client's request as nodes may read it, without session and bearer tokens. Header names are lower case; parameter
 * names are as sent.
 */
export type RequestView = {
  headers: Readonly<Record<string, string[]>>
  parameters: Readonly<Record<string, string[]>>
  /** Without the server's own cookies. */
  cookies: Readonly<Record<string, string>>
  /** Cookies that sign in their owner, by name. They must not reach scripts, state or logs. */
  persistentCookies: Readonly<Record<string, string>>
  /** Preferred locales of the page that shows the step, best first. */
  locales: readonly string[]
  /** For texts that are sent: without the language of an agent's desk, which says nothing about the person who gets them. */
  messageLocales: readonly string[]
  /** Scheme, host and context path for links, for example `https://sso.example.com/am`. */
  baseUrl: string
  /** The same for what callers and gateways get. Another host if staff have one of their own. */
  callersUrl: string
  /** Origins of pages that may use the server: its own, and those that the realm lists. */
  pageOrigins: readonly string[]
  /** The address that the server sees. Behind a proxy it is the proxy's. */
  clientIp: string
  /** The trusted proxy that sent the request; undefined if a client did. Without it, a header of a proxy is forged. */
  proxyAddress: string | undefined
}

/** Writes log lines. The runtime adds realm, journey and node. */
export type NodeLog = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (message: string, cause?: unknown) => void>
>

/** The input of a node. After it sent callbacks, `run` is called again with the answers. */
export type NodeContext<Config> = {
  id: string
  type: string
  displayName: string
  config: Config
  realm: string
  journey: { name: string; identityResource: string; mustRun: boolean; noSession: boolean; isInner: boolean }
  state: NodeState
  /** Empty on the first visit. */
  answers: readonly Answer[]
  request: RequestView
  /** The methods by which the person under `username` has authenticated so far, in order. */
  methods(): Promise<readonly Method[]>
  /** Properties of the session that the journey runs in, if any. */
  existingSession: Readonly<Record<string, string>> | undefined
  /** Id of the backchannel transaction that started the journey. It is a secret: never log it. */
  transaction: string | undefined
  resumedFromSuspend: boolean
  /** Link that resumes a suspended journey, valid once. */
  resumeUri: string
  /** Epoch milliseconds, the same for all nodes of one request. */
  now: number
  /** In the range [0, 1), drawn for each run of a node. */
  random: number
  /** Maximum duration of the whole journey in minutes, from its start. */
  journeyMinutes: number
  /** Unique id of this run of the node. It stays the same when the step is repeated after a crash. */
  visit: string
  /** Whether the event that a waiting page waits for has happened. */
  isWaitOver: boolean
  log: NodeLog
}

/** The purpose of each kind of callback. `*` covers callbacks made by a script or by other nodes. */
export type SentCallbacks = Readonly<Partial<Record<CallbackType | '*', string>>>

/**
 * Texts that people may see, each with its cause: log lines, and reasons of failed journeys in the log and the trace. `‹name›`
 * is a placeholder.
 */
export type NodeErrors = Readonly<
  Partial<Record<'warn' | 'error' | 'fail', Readonly<Record<string, string>>>>
>

/** Further texts for the reference page, each a clause or a sentence. */
export type NodeReference<Id extends string> = {
  /** Inputs besides settings, state and answers. */
  inputs?: string
  /** Effects besides state. */
  outputs?: string
  /** Meaning of state keys that no other node type declares. */
  keys?: Readonly<Record<string, string>>
  /** Meaning of outcomes whose labels don't explain them. */
  outcomes?: Readonly<Partial<Record<Id, string>>>
  /** A typical use, if the journey on the page doesn't show it. */
  example?: string
}

/** How a node behaves beside other nodes of a page 2.0. With any other outcome it leaves the page, and they don't run. */
export type Standalone<Id extends string> = {
  /** Whether the page can be completed without this node. */
  isOptional: boolean
  /** Outcomes with which the page continues with its other nodes, and which it then leaves with. */
  handsOver?: readonly Id[]
  /** Outcomes that don't count if the person filled in other nodes of the page. */
  yields?: readonly Id[]
}

/**
 * A node type: everything the engine, the admin REST, the editor, the linter and the reference page know about it.
 * `run` must be safe to repeat until it returns an outcome.
 */
export type NodeType<Config, Ports, Needs extends keyof Ports = keyof Ports, Id extends string = string> = {
  /** AM's id, for example `UsernameCollectorNode`. */
  type: string
  version: string
  title: string
  /** One or two sentences, shown in the palette. */
  help: string
  /** The first tag that a category of `src/nodes/categories.ts` has decides the palette's group. */
  tags: readonly string[]
  /** Its colour in diagrams, if tags and name don't imply it. */
  family?: 'collect' | 'identity' | 'decide'
  config: z.ZodType<Config> & { shape?: unknown }
  outcomes: Outcomes<Config, Id>
  /**
   * State keys that the node reads. `*` stands for all. Transient values that a later node reads outlive the request.
   * Some nodes keep state under keys that contain their `id`, such as `<id>.end_time`.
   */
  reads?: (config: Config, id: string) => readonly string[]
  /** State keys that the node writes, without those that contain its id. `*` stands for any. */
  writes?: (config: Config) => readonly string[]
  /** State keys that the node can't work without, a subset of `reads`. */
  requires?: (config: Config) => readonly string[]
  callbacks?: SentCallbacks
  /** Set if the node may suspend the journey until a link is opened. */
  suspends?: true
  errors?: NodeErrors
  /** Outcomes that prove a credential of the person, each with its method. */
  proves?: Readonly<Partial<Record<NoInfer<Id>, Method>>>
  /** Set if the type can't run here and does what an administrator declared. `why` is a sentence. Without own outcomes, only journeys and exports name them. */
  standIn?: { why: string; hasOwnOutcomes: boolean }
  /** Set if the node may stand after the deciding node of a page 2.0, and leave the page on its own. */
  standalone?: Standalone<NoInfer<Id>>
  needs: readonly Needs[]
  reference?: NodeReference<NoInfer<Id>>
  run(context: NodeContext<Config> & Pick<Ports, Needs>): Action<NoInfer<Id>> | Promise<Action<NoInfer<Id>>>
}

/** A node type whose settings and ports are not known statically. */
// biome-ignore lint/suspicious/noExplicitAny: a heterogeneous list; settings are parsed by the type's own schema before `run`.
export type AnyNodeType = NodeType<any, any, any, any>

/** Whether nodes of the type may ask the person. The others belong beside a page, not on it. Source: "Page node". */
export function isInteractive({ callbacks, suspends, standIn }: AnyNodeType): boolean {
  return callbacks !== undefined || suspends === true || standIn !== undefined
}

/** The outcomes of a node with these settings, in order. */
export function outcomesOf(type: AnyNodeType, config: unknown, around: OutcomeContext): readonly Outcome[] {
  const { outcomes } = type
  if (typeof outcomes === 'function') return outcomes(config, around)
  const ids: readonly string[] = outcomes.offered?.(config) ?? Object.keys(outcomes.all)
  const labels: Readonly<Record<string, string | undefined>> = {
    ...outcomes.all,
    ...outcomes.labels?.(config),
  }
  return ids.map((id) => ({ id, displayName: labels[id] ?? id }))
}

/** The ids of the outcomes of a node with these settings, inside a journey. */
export function outcomeIds(
  type: AnyNodeType,
  config: unknown,
  {
    typeNamed,
    journey,
    connected = [],
  }: Omit<OutcomeContext, 'child'> & { journey: Pick<Journey, 'children'> },
): ReadonlySet<string> {
  const outcomes = outcomesOf(type, config, { typeNamed, child: (id) => journey.children[id], connected })
  return new Set(outcomes.map(({ id }) => id))
}

/** All outcomes of the table, or undefined for types that compute them. */
export function allOutcomesOf(type: AnyNodeType): readonly Outcome[] | undefined {
  const { outcomes } = type
  if (typeof outcomes === 'function') return undefined
  return Object.entries(outcomes.all).map(([id, label]) => ({ id, displayName: String(label) }))
}
