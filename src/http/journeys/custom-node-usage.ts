import { pageChildren } from '../../engine/journey.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import type { RealmStore } from '../../realms/realm-store.ts'

export type JourneySources = { configuration: ConfigurationStore; realms: RealmStore }

/** Node ids by journey, by realm. */
type Usage = Record<string, Record<string, string[]>>

/** The journeys that use a custom node type: in a node, in a page, or through a Configuration Provider. */
export async function journeysWithType(
  { configuration, realms }: JourneySources,
  { serviceName }: Pick<CustomNodeType, 'serviceName'>,
): Promise<Usage> {
  const usage: Usage = {}
  for (const { path } of await realms.all()) {
    const users = await nodesWithType(configuration, path, `designer-${serviceName}`)
    if (users.size === 0) continue
    const journeys = (await configuration.journeys(path)).flatMap(({ _id, nodes }) => {
      const ids = Object.keys(nodes).filter((id) => users.has(id))
      return ids.length === 0 ? [] : [[_id, ids] as const]
    })
    if (journeys.length > 0) usage[path] = Object.fromEntries(journeys)
  }
  return usage
}

async function nodesWithType(configuration: ConfigurationStore, realm: string, typeName: string) {
  const nodes = await configuration.nodes(realm)
  const direct = nodes.filter(({ type, config }) => type === typeName || config.nodeType === typeName)
  const users = new Set(direct.map(({ id }) => id))
  for (const { id, config } of nodes) {
    if (pageChildren(config).some((child) => users.has(child.id))) users.add(id)
  }
  return users
}
