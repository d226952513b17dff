import { isJsonObject, type Json } from '../../base/json.ts'
import { backchannelInitialize } from '../../nodes/backchannel/backchannel-initialize.ts'
import { configProvider } from '../../nodes/utilities/config-provider.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { type Member, membersOf } from '../exchange/references.ts'

/** A place that uses a journey. */
export type Usage = {
  kind: 'innerJourney' | 'transaction' | 'configProvider' | 'defaultJourney' | 'deskCheck' | 'realmSetting'
  /** The journey of the node that uses it. */
  journey?: string
  nodeId?: string
  displayName?: string
  /** Name of the realm setting or thing that uses it. */
  name?: string
}

const kinds: ReadonlyMap<string, Usage['kind']> = new Map([
  [innerTreeEvaluator.type, 'innerJourney'],
  [backchannelInitialize.type, 'transaction'],
])

/**
 * Finds uses of a journey by nodes of other journeys and by settings of the realm.
 * @param settings of the realm. Every member whose name ends in "journey" is the name of one.
 */
export function usagesOf(
  name: string,
  { journeys, nodes }: Pick<RealmContent, 'journeys' | 'nodes'>,
  settings: Json,
): Usage[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const byNodes = journeys
    .filter(({ _id }) => _id !== name)
    .flatMap((journey) =>
      membersOf(journey, byId).flatMap((member): Usage[] => {
        const kind = kindOf(member, name)
        if (kind === undefined) return []
        const { id: nodeId, displayName } = member
        return [{ kind, journey: journey._id, nodeId, displayName }]
      }),
    )
  return [...byNodes, ...settingsWith(name, settings, [])]
}

/** Whether a use prevents deletion. A Configuration Provider does not: it can enter any journey, and rarely this one. */
export function preventsDeletion({ kind }: Usage): boolean {
  return kind !== 'configProvider'
}

function kindOf({ type, settings }: Member, name: string): Usage['kind'] | undefined {
  const { tree, nodeType } = settings?.config ?? {}
  if (type === configProvider.type)
    return typeof nodeType === 'string' && kinds.has(nodeType) ? 'configProvider' : undefined
  return tree === name ? kinds.get(type) : undefined
}

function settingsWith(name: string, json: Json, path: readonly string[]): Usage[] {
  if (Array.isArray(json)) return json.flatMap((one) => settingsWith(name, one, path))
  if (!isJsonObject(json)) return []
  return Object.entries(json).flatMap(([key, value]) => {
    const here = [...path, key]
    if (value !== name || !/journey$/i.test(key)) return settingsWith(name, value, here)
    if (key === 'defaultJourney') return [{ kind: 'defaultJourney' }]
    const { title } = json
    const called = typeof title === 'string' ? title : here.join('.')
    return [{ kind: path.includes('checks') ? 'deskCheck' : 'realmSetting', name: called }]
  })
}
