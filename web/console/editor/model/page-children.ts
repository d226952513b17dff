import { isJsonObject, type Json } from '../../../api/json.ts'
import {
  connectionsOf,
  type Draft,
  memberOf,
  nodeOf,
  pageType,
  settingsOf,
  versionOf,
  withNode,
} from './draft.ts'

/** An entry in a page's list of nodes. */
export type PageChild = {
  id: string
  type: string
  displayName: string
  version: string
  /** The entry as stored, including unknown members. */
  entry: Json
}

/** The nodes on a page. Exports contain objects or texts like `id:type[:version]:name`. */
export function childrenOf(draft: Draft, pageId: string): PageChild[] {
  const list = settingsOf(draft, pageId)?.nodes
  return Array.isArray(list) && isPage(draft, pageId) ? list.flatMap(childFrom) : []
}

export function isPage(draft: Draft, id: string): boolean {
  return nodeOf(draft, id)?.nodeType === pageType
}

/** The page that contains a node; undefined for nodes on the canvas. */
export function pageOf(draft: Draft, childId: string): string | undefined {
  if (memberOf(draft.innerNodes, childId) === undefined) return undefined
  return Object.keys(draft.tree.nodes).find((id) => childrenOf(draft, id).some(({ id }) => id === childId))
}

export function childOf(draft: Draft, id: string): (PageChild & { pageId: string }) | undefined {
  for (const pageId of Object.keys(draft.tree.nodes)) {
    const child = childrenOf(draft, pageId).find((child) => child.id === id)
    if (child !== undefined) return { ...child, pageId }
  }
  return undefined
}

export function withChildren(draft: Draft, pageId: string, children: readonly PageChild[]): Draft {
  const settings = memberOf(draft.nodes, pageId) ?? { _id: pageId }
  const nodes = children.map(({ entry }) => entry)
  const next = { ...draft, nodes: { ...draft.nodes, [pageId]: { ...settings, nodes } } }
  return renamePageOutcomes(next, pageId, children.at(-1)?.id)
}

export function newChild(id: string, type: string, displayName: string, version: string): PageChild {
  const entry = {
    _id: id,
    nodeType: type,
    displayName,
    ...(version === '1.0' ? {} : { nodeVersion: version }),
  }
  return { id, type, displayName, version, entry }
}

export function editChild(
  child: PageChild,
  { id = child.id, displayName = child.displayName }: { id?: string; displayName?: string },
): PageChild {
  const { type, version, entry } = child
  if (isJsonObject(entry))
    return { id, type, version, displayName, entry: { ...entry, _id: id, displayName } }
  const hasVersion = typeof entry === 'string' && entry.split(':').length > 3
  const text = [id, type, ...(hasVersion ? [version] : []), displayName].join(':')
  return { id, type, version, displayName, entry: text }
}

function childFrom(entry: Json): PageChild[] {
  if (typeof entry === 'string') {
    const [id, type, ...rest] = entry.split(':')
    if (!id || !type) return []
    const version = (rest.length > 1 ? rest[0] : undefined) ?? '1.0'
    return [{ id, type, version, displayName: rest.at(-1) ?? '', entry }]
  }
  if (!isJsonObject(entry)) return []
  const { _id: id, nodeType: type, displayName, nodeVersion } = entry
  if (typeof id !== 'string' || typeof type !== 'string') return []
  return [
    {
      id,
      type,
      displayName: typeof displayName === 'string' ? displayName : '',
      version: typeof nodeVersion === 'string' ? nodeVersion : '1.0',
      entry,
    },
  ]
}

/** Outcomes of newer pages: the id of a node on the page, and the outcome of that node. */
const ofChild = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-(.+)$/i

/** The outcome of a node on a newer page for an outcome of the page; other outcomes as they are. */
export function outcomeOfChild(outcome: string): string {
  return ofChild.exec(outcome)?.[1] ?? outcome
}

/**
 * Newer page versions prefix their outcomes with the id of their last node. If another node is last now, the
 * connections move to its outcomes.
 */
function renamePageOutcomes(draft: Draft, pageId: string, last: string | undefined): Draft {
  const node = nodeOf(draft, pageId)
  if (last === undefined || versionOf(memberOf(draft.nodes, pageId), node) === '1.0') return draft
  const before = Object.entries(connectionsOf(draft, pageId))
  const isOwn = (outcome: string) => outcome.startsWith(`${last}-`)
  if (before.every(([outcome]) => isOwn(outcome) || !ofChild.test(outcome))) return draft
  const connections: Record<string, string> = {}
  for (const [outcome, target] of before) {
    const [, own] = isOwn(outcome) ? [] : (ofChild.exec(outcome) ?? [])
    const renamed = own === undefined ? outcome : `${last}-${own}`
    // Keep connections that the last node already has.
    if (renamed === outcome || !before.some(([other]) => other === renamed)) connections[renamed] = target
  }
  return withNode(draft, pageId, { connections })
}
