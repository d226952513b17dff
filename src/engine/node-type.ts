import type { z } from 'zod'
import type { Action } from './action.ts'
import type { Answer, CallbackType } from './callbacks.ts'
import type { NodeSettings } from './journey.ts'
import type { Method } from './methods.ts'
import type { NodeState } from './node-state.ts'

export type Outcome = { id: string; displayName: string }

/** What the outcomes of a node may depend on besides its own settings: the nodes and types around it. */
export type Surroundings = {
  /** Without a version, the first. */
  typeNamed(type: string, version?: string): AnyNodeType | undefined
  child(id: string): NodeSettings | undefined
}

/**
 * The outcomes of a node type: a table of id and label, or free. Settings narrow the table where `offered` says so,
 * and rename its labels where `labels` does.
 * Only a table can be imitated by a Configuration Provider.
 */
export type Outcomes<Config, Id extends string> =
  | {
      all: Readonly<Record<Id, string>>
      offered?: (config: Config) => readonly Id[]
      labels?: (config: Config) => Readonly<Partial<Record<Id, string>>>
    }
  | ((config: Config, around: Surroundings) => readonly Outcome[])

/** For nodes that only go on. */
export const singleOutcome = { all: { outcome: 'Outcome' } } as const

/** For nodes that decide. */
export const decisionOutcomes = { all: { true: 'True', false: 'False' } } as const

/**
 * One request of the client, as nodes may read it: it holds no session token and no bearer token. Header names are lower
 * case, parameter names as sent.
 */
export type RequestView = {
  headers: Readonly<Record<string, string[]>>
  parameters: Readonly<Record<string, string[]>>
  /** Without the cookies of the server itself. */
  cookies: Readonly<Record<string, string>>
  /** Cookies that sign their owner in, by name. Never for scripts, state or logs. */
  persistentCookies: Readonly<Record<string, string>>
  /** Preferred languages, best first. */
  locales: readonly string[]
  /** Scheme, host and context path that links must start with, for example `https://sso.example.com/am`. */
  baseUrl: string
  /** As the server sees it: behind a proxy, the proxy's. */
  clientIp: string
}

/** Lines that a node wants in the log; the driver writes them with realm, journey and node, and what caused them. */
export type NodeLog = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (message: string, cause?: unknown) => void>
>

/** What every node gets to see. `run` is called again with the answers after it sent callbacks. */
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
  /** How the person under `username` has proved who they are so far, in order. */
  methods(): Promise<readonly Method[]>
  /** Properties of the session that the journey runs under, if there is one. */
  existingSession: Readonly<Record<string, string>> | undefined
  /** The backchannel transaction this journey was started for. Known to the bearer alone: never log it. */
  transaction: string | undefined
  resumedFromSuspend: boolean
  /** Where a suspended journey goes on; one time only. */
  resumeUri: string
  /** Epoch milliseconds. The same for all nodes of one request. */
  now: number
  /** At least 0 and less than 1, drawn for this run of the node. */
  random: number
  /** How long the whole journey may take, in minutes from its start. */
  journeyMinutes: number
  /** Unique to this run of the node; the same when the step is run again after a crash. */
  visit: string
  /** True when what a waiting page waits for has happened: it need not wait any longer. */
  isWaitOver: boolean
  log: NodeLog
}

/** What each callback that a node may send asks or shows; `*` for those that others make: a script, other nodes. */
export type SentCallbacks = Readonly<Partial<Record<CallbackType | '*', string>>>

/**
 * Texts that a person may meet, each with its cause: lines in the log, and what a journey is ended with, which the log
 * and the trace tell. `‹name›` in a text stands for whatever is there.
 */
export type NodeErrors = Readonly<
  Partial<Record<'warn' | 'error' | 'fail', Readonly<Record<string, string>>>>
>

/** What the reference page says of a node type besides; every text is a clause or a sentence. */
export type NodeReference<Id extends string> = {
  /** What it looks at besides its settings, state and answers. */
  inputs?: string
  /** What it changes besides state. */
  outputs?: string
  /** What the state keys hold that no other node type knows, by key. */
  keys?: Readonly<Record<string, string>>
  /** What outcomes mean whose labels do not say it. */
  outcomes?: Readonly<Partial<Record<Id, string>>>
  /** What it is good for, where the journey that the page shows does not tell. */
  example?: string
}

/**
 * A node type: everything the engine, the admin REST, the editor, the linter and the reference page know of it.
 * `run` must be safe to repeat until it answers with an outcome.
 */
export type NodeType<Config, Ports, Needs extends keyof Ports = keyof Ports, Id extends string = string> = {
  /** AM's id, for example `UsernameCollectorNode`. */
  type: string
  version: string
  title: string
  /** One or two sentences, shown in the palette. */
  help: string
  tags: readonly string[]
  /** The palette's group, where tags and name don't tell it. */
  family?: 'collect' | 'identity' | 'decide'
  config: z.ZodType<Config> & { shape?: unknown }
  outcomes: Outcomes<Config, Id>
  /**
   * State keys read; `*` for all. Transient values that a later node reads outlive the request.
   * `id` is the node's: some keep state under keys of their own, such as `<id>.end_time`.
   */
  reads?: (config: Config, id: string) => readonly string[]
  /** State keys written, without those of its own; `*` for any. */
  writes?: (config: Config) => readonly string[]
  /** State keys without which it cannot do its work: some of those that it reads. */
  requires?: (config: Config) => readonly string[]
  /** Absent means that it sends none. */
  callbacks?: SentCallbacks
  /** Whether it may make the journey wait until a link is opened. */
  suspends?: true
  /** Absent means that it has none of its own. */
  errors?: NodeErrors
  /** Outcomes by which a credential of the person has proved right, and by which method. */
  proves?: Readonly<Partial<Record<NoInfer<Id>, Method>>>
  needs: readonly Needs[]
  reference?: NodeReference<NoInfer<Id>>
  run(context: NodeContext<Config> & Pick<Ports, Needs>): Action<NoInfer<Id>> | Promise<Action<NoInfer<Id>>>
}

/** A node type whose settings and ports are not known by name: how the driver holds them. */
// biome-ignore lint/suspicious/noExplicitAny: a heterogeneous list; settings are parsed by the type's own schema before `run`.
export type AnyNodeType = NodeType<any, any, any, any>

/** All outcomes a node offers with these settings, in order. */
export function outcomesOf(type: AnyNodeType, config: unknown, around: Surroundings): readonly Outcome[] {
  const { outcomes } = type
  if (typeof outcomes === 'function') return outcomes(config, around)
  const ids: readonly string[] = outcomes.offered?.(config) ?? Object.keys(outcomes.all)
  const labels: Readonly<Record<string, string | undefined>> = {
    ...outcomes.all,
    ...outcomes.labels?.(config),
  }
  return ids.map((id) => ({ id, displayName: labels[id] ?? id }))
}

/** The widest set of outcomes, or undefined for types whose outcomes are free. */
export function everyOutcomeOf(type: AnyNodeType): readonly Outcome[] | undefined {
  const { outcomes } = type
  if (typeof outcomes === 'function') return undefined
  return Object.entries(outcomes.all).map(([id, label]) => ({ id, displayName: String(label) }))
}
