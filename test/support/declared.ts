import { afterAll, afterEach, expect, type RunnerTask, type RunnerTestFile } from 'vitest'
import type { Action } from '../../src/engine/action.ts'
import type { NodeState, StateSnapshot } from '../../src/engine/node-state.ts'
import type { AnyNodeType, NodeContext, NodeErrors } from '../../src/engine/node-type.ts'
import type { Ports } from '../../src/nodes/ports/ports.ts'

// Compares node types with what they declare, so that the generated reference is right. Every run of a node
// is checked, and the test file next to a node type must cover everything that it declares.

/** Effects of one run of a node. */
export type Run = {
  id: string
  config: unknown
  before: StateSnapshot
  state: NodeState
  action: Action
  log: readonly { level: string; message: string }[]
  /** Effects that {@link watched} recorded. */
  uses: ReadonlySet<string>
}

/** Effects of each type in this test file, such as `callbacks: NameCallback`. */
const effectsByType = new Map<AnyNodeType, Set<string>>()

/** Fails the test if a node did something that its type doesn't declare. */
export function expectDeclared(type: AnyNodeType, run: Run): void {
  const found = effectsOf(run)
  effectsByType.set(type, new Set([...(effectsByType.get(type) ?? []), ...found]))
  const declared = declarationsOf(type, run)
  const undeclared = found.filter((effect) => !declared.some((each) => isLike(each, effect)))
  expect(undeclared, `${type.type} ${type.version} does something that its type doesn't declare`).toEqual([])
}

const readsOfContext = ['existingSession', 'transaction', 'resumedFromSuspend']
const readsOfRequest = ['headers', 'parameters', 'cookies', 'clientIp', 'proxyAddress']
/** Port methods with side effects, by port. */
const effects: Readonly<Partial<Record<keyof Ports, readonly string[]>>> = {
  identities: ['createWithStep', 'patch', 'changePassword', 'setActive'],
  backchannel: ['open', 'notify'],
  mailer: ['send', 'sendTemplate'],
  devices: ['save'],
  directories: ['changePassword'],
  metrics: ['count', 'time'],
}

/** A context that records what a node reads besides its settings, state and answers, and what it changes. */
export function watched<Context extends Pick<NodeContext<unknown>, 'request'> & Partial<Ports>>(
  context: Context,
  uses: Set<string>,
): Context {
  const noting = <Of extends object>(of: Of, names: readonly string[], what: 'inputs' | 'outputs') =>
    new Proxy(of, {
      get(target, name, receiver) {
        if (names.some((each) => each === name)) uses.add(`${what}: ${String(name)}`)
        return Reflect.get(target, name, receiver)
      },
    })
  const ports = Object.entries(context).flatMap(([name, port]) => {
    const names = Object.entries(effects).find(([each]) => each === name)?.[1]
    return names && typeof port === 'object' && port !== null ? [[name, noting(port, names, 'outputs')]] : []
  })
  const request = noting(context.request, readsOfRequest, 'inputs')
  return noting({ ...context, request, ...Object.fromEntries(ports) }, readsOfContext, 'inputs')
}

function effectsOf({ id, before, state, action, log, uses }: Run): string[] {
  const after = state.snapshot()
  const parts = ['shared', 'secure', 'transient'] as const
  const touched = [...state.keysWritten].filter((key) => !key.startsWith(`${id}.`))
  const isSet = (key: string) => parts.some((part) => after[part][key] !== undefined)
  const isNew = (key: string) =>
    parts.some((part) => after[part][key] !== undefined && after[part][key] !== before[part][key])
  const isGone = (key: string) => !isSet(key) && parts.some((part) => before[part][key] !== undefined)
  return [
    ...[...state.keysRead].map((key) => `reads: ${key}`),
    ...touched.filter(isNew).map((key) => `writes: ${key}`),
    ...touched.filter(isGone).map((key) => `removes: ${key}`),
    ...(action.kind === 'send' ? action.callbacks.map(({ type }) => `callbacks: ${type}`) : []),
    ...(action.kind === 'suspend' ? ['suspends'] : []),
    ...(action.kind === 'error' ? [`errors.fail: ${action.message}`] : []),
    ...log
      .filter(({ level }) => level === 'warn' || level === 'error')
      .map(({ level, message }) => `errors.${level}: ${message}`),
    ...[...uses].map((what) => `reference.${what}`),
    ...requestsIn(action).map((what) => `reference.outputs: ${what}`),
  ]
}

/** Requests of an action besides its outcome, without texts, audit data, and keys that need no save. */
function requestsIn({ kind, ...action }: Action): string[] {
  const { auditDetail, volatileKeys, header, description, stage, errorMessage, lockoutMessage, ...requests } =
    action
  const itself = ['outcome', 'callbacks', 'message', 'minutes', 'journey', 'hasErrorOutcome']
  return Object.keys(requests).filter((name) => !itself.includes(name))
}

function declarationsOf(type: AnyNodeType, { config, id }: Run): string[] {
  // Scripts and other nodes that it runs are responsible for their own state.
  const others = runsOthers(type) ? ['*'] : []
  const written = [...(type.writes?.(config) ?? []), ...others]
  const { inputs, outputs } = type.reference ?? {}
  return [
    ...[...(type.reads?.(config, id) ?? []), ...written].map((key) => `reads: ${key}`),
    ...written.flatMap((key) => [`writes: ${key}`, `removes: ${key}`]),
    ...(inputs === undefined ? [] : ['reference.inputs: *']),
    ...(outputs === undefined ? [] : ['reference.outputs: *', 'removes: *']),
    ...provable(type),
  ]
}

function runsOthers({ needs }: AnyNodeType): boolean {
  return needs.includes('nodes') || needs.includes('scripts')
}

/** Effects that the test next to the type must cover. */
function provable({ callbacks = {}, suspends, errors = {} }: AnyNodeType): string[] {
  return [
    ...Object.keys(callbacks).map((kind) => `callbacks: ${kind}`),
    ...(suspends ? ['suspends'] : []),
    ...Object.entries(errors satisfies NodeErrors).flatMap(([level, texts]) =>
      Object.keys(texts).map((text) => `errors.${level}: ${text}`),
    ),
  ]
}

/** `‹name›` and `*` match anything. */
function isLike(declared: string, effect: string): boolean {
  const parts = declared
    .split(/‹[^›]*›|\*/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(effect)
}

let file: RunnerTestFile | undefined

afterEach(({ task }) => {
  file = task.file
})

afterAll(async () => {
  if (file === undefined || !file.tasks.every(hasPassed)) return
  const source = file.filepath.replace('.test.ts', '.ts')
  if (!source.includes('/src/nodes/')) return
  const exports: Record<string, unknown> = await import(source)
  const types = [...effectsByType.keys()].filter((type) => Object.values(exports).includes(type))
  // Types in one file share their code, so one of them can cover the others.
  const found = types.flatMap((type) => [...(effectsByType.get(type) ?? [])])
  for (const type of types) {
    const unseen = provable(type).filter((each) => !found.some((effect) => isLike(each, effect)))
    expect(unseen, `${type.type} ${type.version} declares something that no test next to it covers`).toEqual(
      [],
    )
  }
})

/** If only some tests run, the others' coverage isn't required. */
function hasPassed(task: RunnerTask): boolean {
  return 'tasks' in task ? task.tasks.every(hasPassed) : task.result?.state === 'pass'
}
