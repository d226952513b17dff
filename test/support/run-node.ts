import type { Json, JsonObject } from '../../src/base/json.ts'
import type { Action } from '../../src/engine/action.ts'
import type { Answer, Callback, CallbackType } from '../../src/engine/callbacks.ts'
import { NodeState, type StateSnapshot } from '../../src/engine/node-state.ts'
import type { NodeContext, NodeType, RequestView } from '../../src/engine/node-type.ts'
import { type AttemptPort, type Ports, tooManyAttempts } from '../../src/nodes/ports/ports.ts'
import { expectDeclared, watched } from './declared.ts'

type Given = {
  config?: JsonObject
  shared?: JsonObject
  secure?: JsonObject
  transient?: JsonObject
  answers?: readonly Answer[]
  request?: Partial<RequestView>
  /** Small fakes for the ports that the node needs. */
  ports?: Partial<Ports>
  context?: Partial<NodeContext<unknown>>
}

export type Ran = {
  action: Action
  state: StateSnapshot
  log: { level: string; message: string }[]
}

/**
 * Runs one node like the driver: parses settings, limits reads to its inputs and keeps log lines. The test
 * fails if the node does something that its type doesn't declare.
 */
export async function runNode<Config, Needs extends keyof Ports, Id extends string>(
  type: NodeType<Config, Ports, Needs, Id>,
  given: Given = {},
): Promise<Ran> {
  const config = type.config.parse(given.config ?? {})
  const log: Ran['log'] = []
  const line = (level: string) => (message: string) => void log.push({ level, message })
  const snapshot = { shared: {}, secure: {}, transient: {}, ...pickState(given) }
  const id = given.context?.id ?? 'node-1'
  const state = new NodeState(snapshot, type.reads?.(config, id) ?? [])
  const context: NodeContext<Config> = {
    id,
    type: type.type,
    displayName: type.title,
    realm: '/alpha',
    journey: {
      name: 'Test',
      identityResource: 'managed/alpha_user',
      mustRun: false,
      noSession: false,
      isInner: false,
    },
    methods: async () => [],
    answers: given.answers ?? [],
    request: {
      headers: {},
      parameters: {},
      cookies: {},
      persistentCookies: {},
      locales: ['en'],
      messageLocales: given.request?.locales ?? ['en'],
      baseUrl: 'http://127.0.0.1:8080/am',
      callersUrl: 'http://127.0.0.1:8080/am',
      pageOrigins: ['http://127.0.0.1:8080'],
      clientIp: '127.0.0.1',
      proxyAddress: undefined,
      ...given.request,
    },
    existingSession: undefined,
    transaction: undefined,
    resumedFromSuspend: false,
    resumeUri: 'http://127.0.0.1:8080/am/XUI/?suspendedId=one-time',
    now: 1_700_000_000_000,
    random: 0,
    journeyMinutes: 5,
    visit: 'visit-1',
    isWaitOver: false,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    ...given.context,
    config,
    state,
  }
  // A test passes the ports that its node needs. A node that uses another port fails.
  const ports = { attempts: everyAttemptChecked, ...given.ports } as Pick<Ports, Needs>
  const uses = new Set<string>()
  const action = await type.run(watched({ ...context, ...ports }, uses))
  expectDeclared(type, { id, config, before: snapshot, state, action, log, uses })
  return { action, state: state.snapshot(), log }
}

/** A port that rejects every attempt, as after too many failures. */
export const noAttemptChecked: AttemptPort = {
  check: async () => ({ kind: 'wrong', reason: tooManyAttempts }),
}

/** Default port without a limit. */
const everyAttemptChecked: AttemptPort = { check: (_factor, _personId, check) => check() }

/** An answer as the driver decodes it. */
export function answer(type: CallbackType, value?: Json, more: JsonObject = {}): Answer {
  return { type, output: {}, input: value === undefined ? more : { '': value, ...more } }
}

/** The callbacks of an action. Fails if it sends none. */
export function callbacksOf(action: Action): readonly Callback[] {
  if (action.kind !== 'send') throw new Error(`expected callbacks, got ${JSON.stringify(action)}`)
  return action.callbacks
}

/** The outcome of an action. Fails if it has none. */
export function outcomeOf(action: Action): string {
  if (action.kind !== 'goTo') throw new Error(`expected an outcome, got ${JSON.stringify(action)}`)
  return action.outcome
}

function pickState({ shared, secure, transient }: Given): Partial<StateSnapshot> {
  return { ...(shared && { shared }), ...(secure && { secure }), ...(transient && { transient }) }
}
