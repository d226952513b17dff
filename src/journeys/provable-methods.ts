import { asText } from '../engine/as-text.ts'
import { reachableFrom } from '../engine/graph.ts'
import { innerJourneyOf, type Journey, type NodeSettings, pageChildren } from '../engine/journey.ts'
import type { Method } from '../engine/methods.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { pushAuthenticationSender } from '../nodes/multi-factor/push-authentication-sender.ts'
import { configProvider } from '../nodes/utilities/config-provider.ts'
import type { FrozenJourney } from './revisions.ts'

type Frozen = Pick<FrozenJourney, 'content' | 'typeNamed'>

/**
 * The methods that a journey can prove on some path, with its inner journeys and pages. An upper bound: a person may take a
 * weaker path. Scripts prove nothing, so that nodes with scripts and unknown types add nothing.
 */
export function provableMethods(frozen: Frozen): Method[] {
  const nodes = reachableNodes(frozen)
  const types = nodes.flatMap((node) => provingTypes(node, frozen))
  // An approval without the number proves nothing.
  const asksForNumber = nodes.some(
    ({ type, config }) => type === pushAuthenticationSender.type && config.pushType === 'CHALLENGE',
  )
  return [...new Set(types.flatMap(({ proves = {} }) => Object.values(proves)))]
    .filter((method) => method !== undefined)
    .filter((method) => method !== 'push' || asksForNumber)
}

/** The nodes that a journey can reach, with those on pages and in inner journeys. */
export function reachableNodes({ content }: Pick<Frozen, 'content'>): NodeSettings[] {
  const journeyNamed = (name: string) =>
    Object.hasOwn(content.journeys, name) ? content.journeys[name] : undefined
  const nodesOf = (name: string) => {
    const journey = journeyNamed(name)
    return journey === undefined ? [] : nodesIn(journey)
  }
  const names = reachableFrom([content.root], (name) =>
    nodesOf(name).flatMap((node) => innerJourneyOf(node) ?? []),
  )
  return [...names].flatMap(nodesOf)
}

function nodesIn({ entryNodeId, nodes, children }: Journey): NodeSettings[] {
  const nodeAt = (id: string) => (Object.hasOwn(nodes, id) ? nodes[id] : undefined)
  const ids = reachableFrom([entryNodeId], (id) => Object.values(nodeAt(id)?.connections ?? {}))
  return [...ids].flatMap((id) => {
    const node = nodeAt(id)
    if (node === undefined) return []
    const onPage = pageChildren(node.config).flatMap((child) =>
      Object.hasOwn(children, child.id) ? (children[child.id] ?? []) : [],
    )
    return [node, ...onPage]
  })
}

/** The type of a node, and the one that a Configuration Provider imitates. */
function provingTypes({ type, version, config }: NodeSettings, { typeNamed }: Frozen): AnyNodeType[] {
  const imitated = type === configProvider.type ? typeNamed(asText(config.nodeType)) : undefined
  return [typeNamed(type, version), imitated].filter((found) => found !== undefined)
}
