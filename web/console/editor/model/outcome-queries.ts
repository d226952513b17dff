import type { NodeSettings } from '../../../api/journey-document.ts'
import type { NodeType, Outcome, OutcomeQuery } from '../../../api/node-types.ts'
import { connectionsOf, type Draft, memberOf, nodeOf, ownSettings, versionOf } from './draft.ts'
import { fixedOutcomes, type NodeTypeCatalogue } from './node-type-catalogue.ts'
import { childrenOf } from './page-children.ts'

/** Outcomes by query key, so that an undone change finds its outcomes again. */
export type KnownOutcomes = ReadonlyMap<string, readonly Outcome[] | null>

/** A query for the outcomes of a node. `key` identifies its type, version and settings. */
export type NodeQuery = { id: string; key: string; ask: OutcomeQuery }

/** Undefined if the outcomes don't depend on settings, or the type is unknown. */
export function nodeQueryOf(draft: Draft, id: string, catalogue: NodeTypeCatalogue): NodeQuery | undefined {
  const node = nodeOf(draft, id)
  if (node === undefined) return undefined
  const settings = memberOf(draft.nodes, id)
  const version = versionOf(settings, node)
  const type = catalogue.find(node.nodeType, version)
  if (type === undefined || type.outcomesFrom !== 'settings') return undefined
  const children = childrenOf(draft, id).map((child) => [
    child.id,
    textOf(memberOf(draft.innerNodes, child.id)),
  ])
  // Another server may have stated outcomes of a stand-in that this one doesn't know.
  const stated = type.standIn === undefined ? {} : statedOutcomes(settings)
  const key = JSON.stringify([node.nodeType, version, textOf(settings), children, stated])
  return { id, key, ask: { type: node.nodeType, version, settings: { ...ownSettings(settings), ...stated } } }
}

function statedOutcomes(settings: NodeSettings | undefined) {
  return settings?._outcomes === undefined ? {} : { _outcomes: settings._outcomes }
}

/** The query for a new node with default settings. */
export function newNodeQuery(type: NodeType): NodeQuery {
  const { type: name, version, template } = type
  const key = JSON.stringify([name, version, JSON.stringify(template), [], {}])
  return { id: '', key, ask: { type: name, version, settings: template } }
}

/** The outcomes of a new node; undefined while unknown. */
export function newNodeOutcomes(type: NodeType, known: KnownOutcomes): readonly Outcome[] | undefined {
  return fixedOutcomes(type) ?? known.get(newNodeQuery(type).key) ?? undefined
}

export function unansweredQueries(
  draft: Draft,
  catalogue: NodeTypeCatalogue,
  known: KnownOutcomes,
): NodeQuery[] {
  return Object.keys(draft.tree.nodes).flatMap((id) => {
    const query = nodeQueryOf(draft, id, catalogue)
    return query === undefined || known.has(query.key) ? [] : [query]
  })
}

/** The outcomes that the stored journey contains, by query key. */
export function storedOutcomes(draft: Draft, catalogue: NodeTypeCatalogue): Map<string, readonly Outcome[]> {
  const known = Object.keys(draft.tree.nodes).flatMap((id) => {
    const query = nodeQueryOf(draft, id, catalogue)
    const outcomes = outcomesInSettings(memberOf(draft.nodes, id))
    return query === undefined || outcomes === undefined ? [] : [[query.key, outcomes] as const]
  })
  return new Map(known)
}

/**
 * The best known outcomes of a node: the server's, otherwise those it had before, otherwise all that its type can have.
 * @param before outcomes by node id.
 */
export function currentOutcomes(
  draft: Draft,
  id: string,
  catalogue: NodeTypeCatalogue,
  known: KnownOutcomes,
  before: ReadonlyMap<string, readonly Outcome[]>,
): readonly Outcome[] | null {
  const node = nodeOf(draft, id)
  if (node === undefined) return []
  const settings = memberOf(draft.nodes, id)
  const type = catalogue.find(node.nodeType, versionOf(settings, node))
  const fixed = fixedOutcomes(type)
  if (fixed !== undefined) return fixed
  const found = knownOutcomes(draft, id, catalogue, known) ?? before.get(id) ?? outcomesInSettings(settings)
  // A stand-in has every outcome that its journey connects.
  if (type?.standIn !== undefined)
    return withConnected(found ?? type.outcomes ?? [], connectionsOf(draft, id))
  return found ?? type?.outcomes ?? null
}

function withConnected(
  outcomes: readonly Outcome[],
  connections: Readonly<Record<string, string>>,
): Outcome[] {
  const others = Object.keys(connections).filter((each) => !outcomes.some(({ id }) => id === each))
  return [...outcomes, ...others.map((id) => ({ id, displayName: id }))]
}

/** The server's answer. */
function knownOutcomes(draft: Draft, id: string, catalogue: NodeTypeCatalogue, known: KnownOutcomes) {
  const query = nodeQueryOf(draft, id, catalogue)
  return query && known.get(query.key)
}

function outcomesInSettings(settings: NodeSettings | undefined): readonly Outcome[] | undefined {
  const list = settings?._outcomes
  if (!Array.isArray(list)) return undefined
  return list.flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return []
    const { id, displayName } = item
    return typeof id === 'string'
      ? [{ id, displayName: typeof displayName === 'string' ? displayName : id }]
      : []
  })
}

const texts = new WeakMap<NodeSettings, string>()

/** Cached JSON of a node's settings. */
function textOf(settings: NodeSettings | undefined): string {
  if (settings === undefined) return ''
  const cached = texts.get(settings)
  if (cached !== undefined) return cached
  const text = JSON.stringify(ownSettings(settings))
  texts.set(settings, text)
  return text
}
