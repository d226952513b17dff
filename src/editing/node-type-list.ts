import type { RealmContent } from '../exchange/realm-content.ts'
import { isJsonObject, type JsonObject } from '../journey/json.ts'
import type { AnyNodeType } from '../journey/node-type.ts'
import { typesWith } from '../journeys/revisions.ts'
import { catalogue } from '../nodes/catalogue.ts'
import { describedType } from '../nodes/described-type.ts'
import { designerNode } from '../nodes/designer-node.ts'
import { familyOf, nodeFamilies } from '../nodes/node-families.ts'

type Content = Pick<RealmContent, 'nodes' | 'customNodeTypes'>

/** All node types that an editor of this realm may meet: ours, custom ones, and those that do not run here. */
export function nodeTypeList(content: Content): JsonObject {
  const custom = content.customNodeTypes.map((type): AnyNodeType => designerNode(type))
  const all = [...catalogue, ...custom]
  const newest = new Map(all.map(({ type, version }) => [type, version]))
  const described = all.map((type) => describedType(type, newest.get(type.type) === type.version))
  const families = Object.entries(nodeFamilies).map(([id, title]) => ({ id, title }))
  return { result: [...described, ...unsupportedTypes(content)], families }
}

function unsupportedTypes({ nodes, customNodeTypes }: Content): JsonObject[] {
  const typeNamed = typesWith(customNodeTypes)
  const found = new Map<string, JsonObject>()
  for (const { type, version, config } of nodes) {
    if (typeNamed(type, version) !== undefined || found.has(`${type} ${version}`)) continue
    // What the other server said of it came along.
    const { name } = isJsonObject(config._type) ? config._type : {}
    found.set(`${type} ${version}`, {
      type,
      version,
      isNewest: false,
      isCustom: type.startsWith('designer-'),
      isSupported: false,
      title: typeof name === 'string' ? name : type,
      help: '',
      tags: [],
      family: familyOf(type, undefined),
      outcomesFrom: 'unknown',
      outcomes: null,
      reads: [],
      writes: [],
    })
  }
  return [...found.values()]
}
