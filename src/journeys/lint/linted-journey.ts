import { asText } from '../../base/as-text.ts'
import type { JsonObject } from '../../base/json.ts'
import { reachableFrom } from '../../engine/graph.ts'
import {
  connectedOfChild,
  failureId,
  type NodeSettings,
  pageChildren,
  successId,
  versionText,
} from '../../engine/journey.ts'
import { type AnyNodeType, type Outcome, outcomesOf } from '../../engine/node-type.ts'
import { parsedSettings } from '../../nodes/settings-of.ts'
import { configProvider } from '../../nodes/utilities/config-provider.ts'
import { firstStandalone } from '../../nodes/utilities/page-outcomes.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import type { TypeLookup } from '../revision.ts'

/** A node for rules, with its type and parsed settings. */
export type LintedNode = {
  id: string
  type: string
  version: string
  /** The display name. */
  name: string
  config: JsonObject
  /** Whether its settings are stored. */
  isStored: boolean
  /** undefined for an unknown type. */
  nodeType: AnyNodeType | undefined
  /** With defaults; undefined for invalid settings. */
  settings: unknown
  /** Problems of the settings as `setting: reason`. */
  problems: readonly string[]
  /** The type that a Configuration Provider imitates. */
  imitates: AnyNodeType | undefined
  /** undefined if unknown. */
  outcomes: readonly Outcome[] | undefined
  /** The nodes on a page, in order. */
  children: readonly LintedNode[]
  connections: Readonly<Record<string, string>>
}

/** A journey for rules. Only one rule looks at unreachable nodes. */
export type LintedJourney = {
  name: string
  document: JourneyDocument
  nodes: ReadonlyMap<string, LintedNode>
  /** In the order of the document. */
  reachable: readonly LintedNode[]
}

type Settings = { nodes: ReadonlyMap<string, NodeDocument>; typeNamed: TypeLookup }

/** Builds a journey from its document and the settings of its nodes. */
export function lintedJourney(document: JourneyDocument, from: Settings): LintedJourney {
  const nodes = new Map(
    Object.entries(document.nodes).map(([id, { nodeType, displayName, version, connections }]) => {
      const place = { id, type: nodeType, displayName, version }
      return [id, { ...lintedNode(place, from, connections), connections }] as const
    }),
  )
  const reached = reachableFrom([document.entryNodeId], (id) => targetsOf(nodes.get(id)))
  const reachable = [...nodes.values()].filter(({ id }) => reached.has(id))
  return { name: document._id, document, nodes, reachable }
}

/** The targets of a node's connections, without those of outcomes that it does not have. */
export function targetsOf(node: LintedNode | undefined): string[] {
  return liveConnections(node).map(([, target]) => target)
}

/** Outcome and target of every connection whose outcome exists. */
export function liveConnections(node: LintedNode | undefined): [outcome: string, target: string][] {
  if (node === undefined) return []
  const { outcomes, connections } = node
  return Object.entries(connections).filter(
    ([outcome]) => outcomes === undefined || outcomes.some(({ id }) => id === outcome),
  )
}

/** Whether an id is Success or Failure. */
export function isEnd(id: string): boolean {
  return id === successId || id === failureId
}

/** All reachable nodes, including those on pages. */
export function membersOf({ reachable }: LintedJourney): LintedNode[] {
  return reachable.flatMap((node) => [node, ...node.children])
}

type Place = { id: string; type: string; displayName: string; version: string | undefined }

function lintedNode(place: Place, from: Settings, connections: Readonly<Record<string, string>>): LintedNode {
  const connected = Object.keys(connections)
  const node = withSettings(place, from)
  // Only one level: a page on a page is invalid, and could contain itself.
  const children = pageChildren(node.config).map((child) => {
    const settled = withSettings(child, from)
    const own = connectedOfChild(connected, child.id, node.version)
    return { ...settled, children: [], outcomes: outcomesIn(settled, [], from, own) }
  })
  return { ...node, children, outcomes: outcomesIn(node, children, from, connected) }
}

type Settled = Omit<LintedNode, 'children' | 'outcomes'>

function withSettings({ id, type, displayName, version }: Place, { nodes, typeNamed }: Settings): Settled {
  const stored = nodes.get(id)
  const config = stored?.config ?? {}
  const known = version ?? stored?.version ?? '1.0'
  const nodeType = typeNamed(type, known)
  const parsed = nodeType && parsedSettings(nodeType, config)
  return {
    id,
    type,
    version: known,
    name: displayName || id,
    config,
    isStored: stored !== undefined,
    nodeType,
    settings: parsed?.data,
    problems: parsed?.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [],
    imitates:
      type === configProvider.type ? typeNamed(asText(config.nodeType), versionIn(config)) : undefined,
    connections: {},
  }
}

/** The version of the type that a Configuration Provider imitates. */
function versionIn({ nodeVersion }: JsonObject): string | undefined {
  return nodeVersion === undefined ? undefined : versionText(nodeVersion)
}

/** The place of the first node of a page whose outcomes are outcomes of the page. */
export function firstDecider(
  { version }: Pick<LintedNode, 'version'>,
  children: readonly LintedNode[],
): number {
  const standalone =
    version === '1.0' ? children.length : firstStandalone(children, ({ nodeType }) => nodeType)
  return Math.max(standalone - 1, 0)
}

function outcomesIn(
  node: Settled,
  children: readonly LintedNode[],
  { typeNamed }: Settings,
  connected: readonly string[],
) {
  const { type, nodeType, settings, imitates } = node
  const isUnclear =
    type === configProvider.type
      ? imitates === undefined
      : children.slice(firstDecider(node, children)).some(({ outcomes }) => outcomes === undefined)
  if (nodeType === undefined || settings === undefined || !node.isStored || isUnclear) return undefined
  const asChild = (id: string): NodeSettings | undefined => {
    const child = children.find((each) => each.id === id)
    return child && { ...child, displayName: child.name, reads: [] }
  }
  const offered = outcomesOf(nodeType, settings, { typeNamed, child: asChild, connected })
  // The outcomes of some stand-ins are known only from an export.
  return nodeType.standIn !== undefined && offered.length === 0 ? undefined : offered
}
