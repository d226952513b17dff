import type { Json, JsonObject } from '../../base/json.ts'
import type { NodeSettings } from '../../engine/journey.ts'
import { type AnyNodeType, outcomesOf } from '../../engine/node-type.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import { designerNode } from '../../nodes/designer-node.ts'
import { parsedSettings } from '../../nodes/settings-of.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'

/**
 * Writes nodes in the form of the REST interface, with the outcomes of their settings. Sealed secrets are left out;
 * plain text from files stays.
 */
export function nodeWriter(
  {
    nodes,
    customNodeTypes,
    journeys = [],
  }: Pick<ConfigurationChange, 'nodes' | 'customNodeTypes'> & Partial<Pick<ConfigurationChange, 'journeys'>>,
  shownForSecrets: Json = null,
): (node: NodeDocument) => JsonObject {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const custom = new Map(customNodeTypes.map((type) => [`designer-${type.serviceName}`, ownType(type)]))
  const typeNamed = (type: string, version?: string) => nodeTypeNamed(type, version) ?? custom.get(type)
  const child = (id: string): NodeSettings | undefined => {
    const node = byId.get(id)
    return node && { ...node, displayName: '', reads: [] }
  }
  return ({ id, type, version, config }) => {
    const known = typeNamed(type, version)
    return {
      _id: id,
      _type: {
        _id: type,
        name: known?.title ?? type,
        collection: true,
        ...(version === '1.0' ? {} : { version }),
      },
      ...(known === undefined
        ? {}
        : {
            _outcomes: outcomesNow(known, config, { typeNamed, child, connected: connectedTo(journeys, id) }),
          }),
      ...withoutSealed(known === undefined ? config : withoutOutcomes(config), shownForSecrets),
    }
  }
}

function withoutOutcomes({ _outcomes, ...config }: JsonObject): JsonObject {
  return config
}

/** Outcomes of a node that journeys connect. */
export function connectedTo(journeys: readonly JourneyDocument[], id: string): string[] {
  const all = journeys.flatMap(({ nodes }) =>
    Object.hasOwn(nodes, id) ? Object.keys(nodes[id]?.connections ?? {}) : [],
  )
  return [...new Set(all)]
}

function ownType(type: CustomNodeType): AnyNodeType {
  return designerNode(type)
}

function outcomesNow(type: AnyNodeType, config: JsonObject, around: Parameters<typeof outcomesOf>[2]) {
  const parsed = parsedSettings(type, config)
  return parsed.success
    ? outcomesOf(type, parsed.data, around).map(({ id, displayName }) => ({ id, displayName }))
    : []
}
