import { isJsonObject, type Json } from '../../engine/json.ts'
import { backchannelInitialize } from '../../nodes/backchannel/backchannel-initialize.ts'
import { configProvider } from '../../nodes/utilities/config-provider.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { type Member, membersOf } from '../exchange/references.ts'

/** Something that runs a journey, or may. */
export type Usage = {
  kind: 'innerJourney' | 'transaction' | 'configProvider' | 'defaultJourney' | 'deskCheck' | 'realmSetting'
  /** Where a node uses it. */
  journey?: string
  nodeId?: string
  displayName?: string
  /** Where a setting of the realm does: what it is called. */
  name?: string
}

const kinds: ReadonlyMap<string, Usage['kind']> = new Map([
  [innerTreeEvaluator.type, 'innerJourney'],
  [backchannelInitialize.type, 'transaction'],
])

/**
 * Who uses a journey: nodes of other journeys, and settings of the realm.
 * @param settings of the realm: every member whose name ends in "journey" names one.
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

/** Whether a journey cannot go without harm. A Configuration Provider may choose any, and rarely this one. */
export function hinders({ kind }: Usage): boolean {
  return kind !== 'configProvider'
}

function kindOf({ type, settings }: Member, name: string): Usage['kind'] | undefined {
  const { tree, nodeType } = settings?.config ?? {}
  if (type === configProvider.type)
    return typeof nodeType === 'string' && kinds.has(nodeType) ? 'configProvider' : undefined
  return tree === name ? kinds.get(type) : undefined
}

function settingsWith(name: string, value: Json, path: readonly string[]): Usage[] {
  if (Array.isArray(value)) return value.flatMap((one) => settingsWith(name, one, path))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const here = [...path, key]
    if (held !== name || !/journey$/i.test(key)) return settingsWith(name, held, here)
    if (key === 'defaultJourney') return [{ kind: 'defaultJourney' }]
    const { title } = value
    const called = typeof title === 'string' ? title : here.join('.')
    return [{ kind: path.includes('checks') ? 'deskCheck' : 'realmSetting', name: called }]
  })
}
