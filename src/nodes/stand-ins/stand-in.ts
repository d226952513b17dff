import { z } from 'zod'
import type { Json, JsonObject } from '../../base/json.ts'
import { type Action, fail, goTo } from '../../engine/action.ts'
import type { NodeType, Outcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { WebPort } from '../ports/outside-ports.ts'
import type { Ports, StandInHook } from '../ports/ports.ts'

/** A node type that an administrator has to declare. */
export type StandInRow = {
  type: string
  title: string
  /** Why this server can't run it, as a sentence. */
  why: string
  tags: readonly string[]
  /** Labels by id. Left out if they are known only from the node's export. */
  outcomes?: Readonly<Record<string, string>>
  /** The outcomes of a node with these settings, if they depend on them. */
  offered?: (settings: Readonly<Record<string, unknown>>) => readonly string[]
  /** Names and kinds, as in `name:s other:b`. Left out if they are not known. */
  settings?: string
}

/** JSON Schema types of the kinds. They describe forms only: values are kept as they are. */
const kinds: Readonly<Record<string, JsonObject>> = {
  s: { type: 'string' },
  b: { type: 'boolean' },
  n: { type: 'integer' },
  l: { type: 'array', items: { type: 'string' } },
  m: { type: 'object', additionalProperties: { type: 'string' } },
}

/** The outcomes that the vendor's server stated when the node was exported. */
const statedSchema = z.looseObject({
  _outcomes: z.array(z.object({ id: z.string(), displayName: z.string() })),
})

const errors = {
  fail: {
    '‹type› has no stand-in in this realm: declare one in the realm’s settings':
      'The type can’t run here, and no administrator has declared what it does.',
    'The hook of the stand-in for ‹type› gave no usable answer':
      'The log has the reason. It is never treated as a success.',
  },
  warn: {
    'the hook of a stand-in failed': 'It did not answer in time, or not as documented.',
  },
} as const

/**
 * A node type that does what an administrator of the realm declared: always the same outcome, or the one that a web service
 * answers. It proves nothing about a person.
 */
export function standInType(row: StandInRow): NodeType<JsonObject, Ports, 'standIns' | 'web', string> {
  const { type, title, why, tags } = row
  return defineNode<JsonObject, 'standIns' | 'web', string>({
    type,
    version: '1.0',
    title,
    help: `Not built in: ${why} It does what an administrator declared in the realm’s settings.`,
    tags,
    standIn: { why, hasOwnOutcomes: Object.keys(row.outcomes ?? {}).length > 0 },
    config: () => settingsSchema(row.settings ?? ''),
    outcomes: (settings, { connected = [] }) => withConnected(outcomesOfRow(row, settings), connected),
    writes: () => ['*'],
    errors,
    needs: ['standIns', 'web'],
    async run({ config, displayName, journey, realm, standIns, state, web, log }) {
      const declared = standIns.declared(type)
      if (declared === undefined) {
        return fail(`${type} has no stand-in in this realm: declare one in the realm’s settings`)
      }
      if (declared.does === 'outcome') return goTo(declared.outcome)
      const { shared } = state.snapshot()
      const node = {
        type,
        name: displayName,
        // rule S38: otherwise the web service gets secret settings
        settings: standIns.withoutSecrets(ownSettings(config)),
      }
      const sent = { realm, journey: journey.name, node, sharedState: pick(shared, declared.sends) }
      try {
        return adopt(await ask(web, declared, sent), declared, (key, value) =>
          state.remove(key).putShared(key, value),
        )
      } catch (error) {
        log.warn('the hook of a stand-in failed', error)
        return fail(`The hook of the stand-in for ${type} gave no usable answer`)
      }
    },
  })
}

/** The outcomes of the type. If it has none, those that another server stated. */
function outcomesOfRow({ outcomes = {}, offered }: StandInRow, settings: JsonObject): Outcome[] {
  const ids = offered?.(settings) ?? Object.keys(outcomes)
  if (ids.length === 0) return statedSchema.safeParse(settings).data?._outcomes ?? []
  return ids.map((id) => ({ id, displayName: Object.hasOwn(outcomes, id) ? (outcomes[id] ?? id) : id }))
}

function withConnected(known: readonly Outcome[], connected: readonly string[]): Outcome[] {
  const others = connected.filter((each) => !known.some(({ id }) => id === each))
  return [...known, ...others.map((id) => ({ id, displayName: id }))]
}

/** Accepts and keeps any value: nothing here reads it. */
function settingsSchema(settings: string) {
  const fields = settings.split(' ').flatMap((text) => {
    const [name = '', kind = ''] = text.split(':')
    const help = 'Kept for the server that this journey comes from.'
    const field: z.ZodType<Json> = setting(titleOf(name), help, z.custom<Json>().exactOptional())
    return name === '' ? [] : [[name, field.meta(kinds[kind] ?? {})] as const]
  })
  return z.object(Object.fromEntries(fields)).catchall(z.json())
}

/** `pingOneWorker` becomes `Ping One Worker`. */
function titleOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const answerSchema = z.strictObject({
  outcome: z.string(),
  sharedState: z.record(z.string(), z.json()).exactOptional(),
})

type HookAnswer = z.infer<typeof answerSchema>

/** @throws if the hook doesn't answer, or not as documented. */
async function ask(web: WebPort, { url }: StandInHook, sent: JsonObject): Promise<HookAnswer> {
  const { status, body } = await web.send({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(sent),
    // rule S38: otherwise the journey’s data goes where a redirect of the web service points
    redirect: 'manual',
  })
  // rule S38: otherwise an error of the web service counts
  if (status !== 200) throw new Error(`the hook answered with status ${status}, not 200`)
  return answerSchema.parse(JSON.parse(body))
}

/** Takes only keys that the administrator named. @throws for other ones. */
function adopt(
  { outcome, sharedState = {} }: HookAnswer,
  { takes }: StandInHook,
  put: (key: string, value: Json) => unknown,
): Action<string> {
  const unknown = Object.keys(sharedState).find((key) => !takes.includes(key))
  // rule S38: otherwise the web service sets any state
  if (unknown !== undefined) throw new Error(`the hook may not change '${unknown}' of the shared state`)
  for (const [key, value] of Object.entries(sharedState)) put(key, value)
  return goTo(outcome)
}

function pick(state: JsonObject, keys: readonly string[]): JsonObject {
  // rule S38: otherwise the web service gets all shared state
  return Object.fromEntries(Object.entries(state).filter(([key]) => keys.includes(key)))
}

/** Without what the other server said about the node. */
function ownSettings(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !name.startsWith('_')))
}
