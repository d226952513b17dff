import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import { catalogue } from '../../nodes/catalogue.ts'
import { categoryOf, nodeCategories } from '../../nodes/categories.ts'
import { describedType, familyOf, nodeFamilies, shownTitle } from '../../nodes/described-type.ts'
import { designerNode } from '../../nodes/designer-node.ts'
import { aboutType } from '../../nodes/reference/about.ts'
import { meaningsOf } from '../../nodes/reference/state-keys.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { typesWith } from '../revisions.ts'

type Content = Pick<RealmContent, 'nodes' | 'customNodeTypes'>

/** Cached, because describing the built-in types takes a while. */
let builtIn: JsonObject[] | undefined

/** All node types for an editor of this realm: built-in, custom, and unsupported ones. */
export function nodeTypeList(content: Content): JsonObject {
  builtIn ??= described(catalogue)
  const custom = describedCustom(content.customNodeTypes)
  const families = Object.entries(nodeFamilies).map(([id, title]) => ({ id, title }))
  const categories = Object.entries(nodeCategories).map(([id, { title }]) => ({ id, title }))
  return { result: [...builtIn, ...custom, ...unsupportedTypes(content)], families, categories }
}

/** The custom types that were described last: a hundred take seconds. */
let lastCustom: { content: string; described: JsonObject[] } | undefined

function describedCustom(types: Content['customNodeTypes']): JsonObject[] {
  const content = JSON.stringify(types)
  if (lastCustom?.content !== content) {
    const nodes = types.map((type): AnyNodeType => designerNode(type))
    lastCustom = { content, described: described(nodes) }
  }
  return lastCustom.described
}

function described(types: readonly AnyNodeType[]): JsonObject[] {
  const meanings = meaningsOf(types)
  const newest = new Map(types.map(({ type, version }) => [type, version]))
  return types.map((type) => ({
    ...describedType(type, newest.get(type.type) === type.version),
    about: aboutType(type, meanings),
  }))
}

/** Types that don't run here, as far as the realm's journeys use them. Some of them have a stand-in. */
function unsupportedTypes({ nodes, customNodeTypes }: Content): JsonObject[] {
  const typeNamed = typesWith(customNodeTypes)
  const found = new Map<string, JsonObject>()
  const meanings = meaningsOf([])
  for (const { type, version, config } of nodes) {
    if (found.has(`${type} ${version}`)) continue
    const known = typeNamed(type, version)
    if (known?.standIn !== undefined) {
      const about = aboutType(known, meanings)
      found.set(`${type} ${version}`, { ...describedType(known, false), about, standIn: known.standIn.why })
    }
    if (known !== undefined) continue
    // An import keeps the original server's description.
    const { name } = isJsonObject(config._type) ? config._type : {}
    found.set(`${type} ${version}`, {
      type,
      version,
      isNewest: false,
      isCustom: type.startsWith('designer-'),
      isSupported: false,
      isInteractive: true,
      title: shownTitle(typeof name === 'string' ? name : type),
      help: '',
      tags: [],
      family: familyOf(type, undefined),
      category: categoryOf({ type, tags: [] }),
      outcomesFrom: 'unknown',
      outcomes: null,
      reads: [],
      writes: [],
    })
  }
  return [...found.values()]
}
