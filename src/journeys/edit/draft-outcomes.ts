import { z } from 'zod'
import { isJsonObject, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { NodeSettings } from '../../engine/journey.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { statedMembers } from '../../nodes/node-schema.ts'
import { parsedSettings } from '../../nodes/settings-of.ts'
import { sharedKeys } from '../../nodes/state-keys.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { typesWith } from '../revisions.ts'

/** Nodes whose outcomes are requested, and the drafts of nodes on their pages. */
export const outcomeRequestSchema = z.object({
  nodes: z
    .array(
      z.object({
        type: z.string('must be a text'),
        version: z.string('must be a text').default('1.0'),
        settings: jsonObjectSchema.default({}),
      }),
      'must be a list',
    )
    .max(2000, 'must not be longer than 2000'),
  innerNodes: z.record(z.string(), jsonObjectSchema).default({}),
})

type OutcomeRequest = z.output<typeof outcomeRequestSchema>

/** The outcomes of each node with these settings, and its state keys. Outcomes are null with the reason if they are unknown. */
export function draftOutcomes(
  { nodes, innerNodes }: OutcomeRequest,
  content: Pick<RealmContent, 'nodes' | 'customNodeTypes'>,
): JsonObject[] {
  const typeNamed = typesWith(content.customNodeTypes)
  const stored = new Map(content.nodes.map((node) => [node.id, node]))
  const child = (id: string): NodeSettings | undefined => {
    const drafted = Object.hasOwn(innerNodes, id) ? innerNodes[id] : undefined
    if (drafted !== undefined) return settingsOf(drafted)
    const node = stored.get(id)
    return node && { ...node, displayName: '', reads: [] }
  }
  return nodes.map(({ type: name, version, settings }) => {
    const type = typeNamed(name, version)
    if (type === undefined) return { outcomes: null, problem: `Node type ${name} ${version} is unknown` }
    const config = { ...settingsOf(settings).config, ...statedMembers(type, settings) }
    const parsed = parsedSettings(type, config)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return { outcomes: null, problem: `${issue?.path.join('.')}: ${issue?.message}` }
    }
    const found = outcomesOf(type, parsed.data, { typeNamed, child })
    return {
      outcomes: found.map(({ id, displayName }) => ({ id, displayName })),
      ...sharedKeys(type, parsed.data),
    }
  })
}

function settingsOf({ _id, _rev, _type, _outcomes, ...config }: JsonObject): NodeSettings {
  const { _id: type, version } = isJsonObject(_type) ? _type : {}
  return {
    type: typeof type === 'string' ? type : '',
    version: typeof version === 'string' ? version : '1.0',
    displayName: '',
    config,
    reads: [],
  }
}
