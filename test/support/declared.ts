import { afterAll, afterEach, expect, type RunnerTask, type RunnerTestFile } from 'vitest'
import type { Action } from '../../src/engine/action.ts'
import type { NodeState, StateSnapshot } from '../../src/engine/node-state.ts'
import type { AnyNodeType, NodeContext, NodeErrors } from '../../src/engine/node-type.ts'
import type { Ports } from '../../src/nodes/ports/ports.ts'

// Holds node types to what they declare, so that the reference page, which is made of it, is true. Every run of a
// node is watched; and in the test file beside a node type, whatever it declares has to come up.

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
const deedsOfTypes = new Map<AnyNodeType, Set<string>>()

/** Fails the test when a node did what its type does not declare. */
export function expectDeclared(type: AnyNodeType, run: Run): void {
  const deeds = deedsOf(run)
  deedsOfTypes.set(type, new Set([...(deedsOfTypes.get(type) ?? []), ...deeds]))
  const declared = declarationsOf(type, run)
  const undeclared = deeds.filter((deed) => !declared.some((each) => isLike(each, deed)))
  expect(undeclared, `${type.type} ${type.version} does what its type does not declare`).toEqual([])
}

const looks = ['existingSession', 'transaction', 'resumedFromSuspend']
const looksAtRequest = ['headers', 'parameters', 'cookies', 'clientIp']
/** Port methods with side effects, by port. */
const effects: Readonly<Partial<Record<keyof Ports, readonly string[]>>> = {
  identities: ['createWithStep', 'patch', 'changePassword', 'setActive'],
  backchannel: ['open', 'notify'],
  mailer: ['send', 'sendTemplate'],
  devices: ['save'],
  directories: ['changePassword'],
  metrics: ['count', 'time'],
}

/** A context that notes what a node looks at besides its settings, state and answers, and what it changes. */
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
  const request = noting(context.request, looksAtRequest, 'inputs')
  return noting({ ...context, request, ...Object.fromEntries(ports) }, looks, 'inputs')
}

function deedsOf({ id, before, state, action, log, uses }: Run): string[] {
  const after = state.snapshot()
  const parts = ['shared', 'secure', 'transient'] as const
  const touched = [...state.keysWritten].filter((key) => !key.startsWith(`${id}.`))
  const isHeld = (key: string) => parts.some((part) => after[part][key] !== undefined)
  const isNew = (key: string) =>
    parts.some((part) => after[part][key] !== undefined && after[part][key] !== before[part][key])
  const isGone = (key: string) => !isHeld(key) && parts.some((part) => before[part][key] !== undefined)
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
    ...wishesIn(action).map((what) => `reference.outputs: ${what}`),
  ]
}

/** Requests of an action besides its outcome, without texts and audit data. */
function wishesIn({ kind, ...action }: Action): string[] {
  const { auditDetail, header, description, stage, errorMessage, lockoutMessage, ...wishes } = action
  const itself = ['outcome', 'callbacks', 'message', 'minutes', 'journey', 'hasErrorOutcome']
  return Object.keys(wishes).filter((name) => !itself.includes(name))
}

function declarationsOf(type: AnyNodeType, { config, id }: Run): string[] {
  // Scripts and other nodes that it runs answer for what they do with state.
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

/** Effects that the test next to the type has to cover. */
function provable({ callbacks = {}, suspends, errors = {} }: AnyNodeType): string[] {
  return [
    ...Object.keys(callbacks).map((kind) => `callbacks: ${kind}`),
    ...(suspends ? ['suspends'] : []),
    ...Object.entries(errors satisfies NodeErrors).flatMap(([level, texts]) =>
      Object.keys(texts).map((text) => `errors.${level}: ${text}`),
    ),
  ]
}

/** `‹name›` and `*` stand for anything. */
function isLike(declared: string, deed: string): boolean {
  const parts = declared
    .split(/‹[^›]*›|\*/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(deed)
}

let file: RunnerTestFile | undefined

afterEach(({ task }) => {
  file = task.file
})

afterAll(async () => {
  if (file === undefined || !file.tasks.every(hasPassed)) return
  const source = file.filepath.replace('.test.ts', '.ts')
  if (!source.includes('/src/nodes/')) return
  const beside: Record<string, unknown> = await import(source)
  const types = [...deedsOfTypes.keys()].filter((type) => Object.values(beside).includes(type))
  // Types of one file share their code: what one of them shows need not be shown of the next.
  const deeds = types.flatMap((type) => [...(deedsOfTypes.get(type) ?? [])])
  for (const type of types) {
    const unseen = provable(type).filter((each) => !deeds.some((deed) => isLike(each, deed)))
    expect(unseen, `${type.type} ${type.version} declares what no test beside it shows`).toEqual([])
  }
})

/** When only some tests run, what the others show is not missed. */
function hasPassed(task: RunnerTask): boolean {
  return 'tasks' in task ? task.tasks.every(hasPassed) : task.result?.state === 'pass'
}
