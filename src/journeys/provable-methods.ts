import { asText } from '../base/as-text.ts'
import { reachableFrom } from '../engine/graph.ts'
import {
  innerJourneyOf,
  type Journey,
  type NodeSettings,
  pageChildren,
  successId,
} from '../engine/journey.ts'
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
export function provableMethods(frozen: Frozen, isTaken: IsTaken = always): Method[] {
  const nodes = reachableNodes(frozen, isTaken)
  const types = nodes.flatMap((node) => provingTypes(node, frozen))
  // An approval without the number proves nothing.
  const asksForNumber = nodes.some(
    ({ type, config }) => type === pushAuthenticationSender.type && config.pushType === 'CHALLENGE',
  )
  return [...new Set(types.flatMap(({ proves = {} }) => Object.values(proves)))]
    .filter((method) => method !== undefined)
    .filter((method) => method !== 'push' || asksForNumber)
}

/** What a person can do in a journey who lacks some methods, for example because no device is registered. */
export type Passage = {
  methods: Method[]
  /** Whether a path without these methods leads to success. */
  canSucceed: boolean
}

/** An upper bound, like {@link provableMethods}. A node that proves a missing method doesn't leave by that outcome. */
export function passageWithout(frozen: Frozen, missing: ReadonlySet<Method>): Passage {
  const { journeys, root } = frozen.content
  const lacks = (node: NodeSettings, outcome: string) =>
    provingTypes(node, frozen).some(({ proves = {} }) => {
      const method = Object.hasOwn(proves, outcome) ? proves[outcome as keyof typeof proves] : undefined
      return method !== undefined && missing.has(method)
    })
  const successful = new Set<string>()
  const isTaken = (node: NodeSettings, outcome: string) => {
    const inner = innerJourneyOf(node)
    return !lacks(node, outcome) && (inner === undefined || outcome !== 'true' || successful.has(inner))
  }
  // Each round finds at least one more journey whose success no longer depends on an unknown one.
  for (let before = -1; before < successful.size; ) {
    before = successful.size
    for (const [name, journey] of Object.entries(journeys)) {
      if (idsIn(journey, isTaken).has(successId)) successful.add(name)
    }
  }
  const methods = provableMethods(frozen, isTaken).filter((method) => !missing.has(method))
  return { methods, canSucceed: successful.has(root) }
}

/** Whether a journey can leave a node by an outcome. */
type IsTaken = (node: NodeSettings, outcome: string) => boolean

const always: IsTaken = () => true

/** The nodes that a journey can reach, with those on pages and in inner journeys. */
export function reachableNodes({ content }: Pick<Frozen, 'content'>, isTaken = always): NodeSettings[] {
  const journeyNamed = (name: string) =>
    Object.hasOwn(content.journeys, name) ? content.journeys[name] : undefined
  const nodesOf = (name: string) => {
    const journey = journeyNamed(name)
    return journey === undefined ? [] : nodesIn(journey, isTaken)
  }
  const names = reachableFrom([content.root], (name) =>
    nodesOf(name).flatMap((node) => innerJourneyOf(node) ?? []),
  )
  return [...names].flatMap(nodesOf)
}

/** The ids that a journey can reach, its ends included. */
function idsIn({ entryNodeId, nodes }: Journey, isTaken: IsTaken): Set<string> {
  return reachableFrom([entryNodeId], (id) => {
    const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined
    const connections = Object.entries(node?.connections ?? {})
    return connections.flatMap(([outcome, target]) => (node && isTaken(node, outcome) ? [target] : []))
  })
}

function nodesIn(journey: Journey, isTaken: IsTaken): NodeSettings[] {
  const { nodes, children } = journey
  return [...idsIn(journey, isTaken)].flatMap((id) => {
    const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined
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
