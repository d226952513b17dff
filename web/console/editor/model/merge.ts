import type { NodeSettings, TreeNode } from '../../../api/journey-document.ts'
import { isSameJson } from '../../../api/json.ts'
import { disconnectTargets } from './connect.ts'
import { type Draft, memberOf } from './draft.ts'
import { isSameNode } from './draft-equality.ts'
import { mergeNotes, withoutNotes } from './notes.ts'
import { childrenOf, withChildren } from './page-children.ts'

export type Side = 'mine' | 'theirs'

/** A node or journey setting that both sides changed in different ways. */
export type Conflict = {
  key: string
  /** Absent for a setting of the journey, which `member` names. */
  nodeId?: string
  member?: string
}

/** The draft uses my side of conflicts that have no choice yet. */
export type Merge = { draft: Draft; conflicts: Conflict[] }

/** A node of the canvas with its settings and the nodes on its page. */
type WholeNode = {
  node: TreeNode
  settings: NodeSettings | undefined
  children: Record<string, NodeSettings>
}

/**
 * Three-way merge of a journey. A change by one side wins; changes by both sides to one node or setting are a
 * conflict. If both moved a node, my position wins.
 * @param choices the side to use, by the key of the conflict.
 */
export function merge(
  base: Draft,
  mine: Draft,
  theirs: Draft,
  choices: ReadonlyMap<string, Side> = new Map(),
): Merge {
  const conflicts: Conflict[] = []
  const decide = <T>(versions: Versions<T>, isEqual: (one: T, other: T) => boolean, conflict: Conflict) => {
    const side = sideOf(versions, isEqual)
    if (side !== 'both') return versions[side]
    conflicts.push(conflict)
    return versions[choices.get(conflict.key) ?? 'mine']
  }
  const nodes = new Map<string, WholeNode>()
  for (const id of idsOf(theirs.tree.nodes, mine.tree.nodes)) {
    const versions = { base: wholeNode(base, id), mine: wholeNode(mine, id), theirs: wholeNode(theirs, id) }
    const whole = decide(versions, isSameWholeNode, { key: `node:${id}`, nodeId: id })
    if (whole !== undefined) nodes.set(id, { ...whole, node: withMergedPlace(whole.node, versions) })
  }
  // Notes are merged one by one.
  const bare = {
    base: withoutNotes(base).tree,
    mine: withoutNotes(mine).tree,
    theirs: withoutNotes(theirs).tree,
  }
  const tree: Record<string, unknown> = {}
  for (const member of idsOf(theirs.tree, mine.tree)) {
    if (member === 'nodes' || member === 'staticNodes') continue
    const versions = { base: bare.base[member], mine: bare.mine[member], theirs: bare.theirs[member] }
    const isRevision = member === '_rev'
    const value = isRevision
      ? versions.theirs
      : decide(versions, isSameJson, { key: `tree:${member}`, member })
    if (value !== undefined) tree[member] = value
  }
  const draft = assemble(
    theirs,
    { ...theirs.tree, ...tree, staticNodes: mergedEnds(base, mine, theirs) },
    nodes,
  )
  const connected = withoutRemovedTargets(draft, [mine, theirs])
  return { draft: mergeNotes(connected, base, mine, theirs), conflicts }
}

type Versions<T> = { base: T | undefined; mine: T | undefined; theirs: T | undefined }

function sideOf<T>(
  { base, mine, theirs }: Versions<T>,
  isEqual: (one: T, other: T) => boolean,
): Side | 'both' {
  const are = (one: T | undefined, other: T | undefined) =>
    one === undefined || other === undefined ? one === other : isEqual(one, other)
  if (are(mine, base) || are(mine, theirs)) return 'theirs'
  return are(theirs, base) ? 'mine' : 'both'
}

export function wholeNode(draft: Draft, id: string): WholeNode | undefined {
  const node = memberOf(draft.tree.nodes, id)
  if (node === undefined) return undefined
  const children = childrenOf(draft, id).flatMap((child) => {
    const settings = memberOf(draft.innerNodes, child.id)
    return settings === undefined ? [] : [[child.id, settings] as const]
  })
  return { node, settings: memberOf(draft.nodes, id), children: Object.fromEntries(children) }
}

/** Whether two nodes differ only in their positions. */
export function isSameWholeNode(one: WholeNode, other: WholeNode): boolean {
  const ids = Object.keys(one.children)
  return (
    isSameJson(withoutPlace(one.node), withoutPlace(other.node)) &&
    isSameNode(one.settings ?? {}, other.settings ?? {}) &&
    ids.length === Object.keys(other.children).length &&
    ids.every((id) => isSameNode(one.children[id], memberOf(other.children, id)))
  )
}

function withoutPlace({ x, y, ...node }: TreeNode): unknown {
  return node
}

function withMergedPlace(node: TreeNode, { base, mine, theirs }: Versions<WholeNode>): TreeNode {
  const isMoved =
    mine !== undefined &&
    (mine.node.x !== base?.node.x || mine.node.y !== base?.node.y || theirs === undefined)
  const from = (isMoved ? mine : (theirs ?? mine))?.node
  return from === undefined ? node : { ...node, x: from.x, y: from.y }
}

function mergedEnds(base: Draft, mine: Draft, theirs: Draft): Draft['tree']['staticNodes'] {
  const ends = idsOf(theirs.tree.staticNodes ?? {}, mine.tree.staticNodes ?? {}).flatMap((id) => {
    const own = memberOf(mine.tree.staticNodes, id)
    const isMoved = own !== undefined && !isSameJson(own, memberOf(base.tree.staticNodes, id))
    const place = isMoved ? own : memberOf(theirs.tree.staticNodes, id)
    return place === undefined ? [] : [[id, place] as const]
  })
  return Object.fromEntries(ends)
}

function assemble(theirs: Draft, tree: Draft['tree'], nodes: ReadonlyMap<string, WholeNode>): Draft {
  const onPages = new Set(
    Object.keys(theirs.tree.nodes).flatMap((id) => childrenOf(theirs, id).map(({ id }) => id)),
  )
  const orphans = Object.entries(theirs.innerNodes).filter(([id]) => !onPages.has(id))
  const whole = [...nodes.entries()]
  const draft: Draft = {
    tree: { ...tree, nodes: Object.fromEntries(whole.map(([id, { node }]) => [id, node])) },
    nodes: Object.fromEntries(
      whole.flatMap(([id, { settings }]) => (settings === undefined ? [] : [[id, settings] as const])),
    ),
    innerNodes: Object.fromEntries([
      ...orphans,
      ...whole.flatMap(([, { children }]) => Object.entries(children)),
    ]),
  }
  return withoutDuplicates(draft)
}

/** Removes a node from a page if the other side moved it to the canvas or to another page. */
function withoutDuplicates(draft: Draft): Draft {
  let next = draft
  const seen = new Set(Object.keys(draft.tree.nodes))
  for (const id of Object.keys(draft.tree.nodes)) {
    const children = childrenOf(next, id)
    const unique = children.filter((child) => !seen.has(child.id))
    if (unique.length < children.length) next = withChildren(next, id, unique)
    for (const child of unique) seen.add(child.id)
  }
  const innerNodes = Object.fromEntries(
    Object.entries(next.innerNodes).filter(([id]) => memberOf(next.tree.nodes, id) === undefined),
  )
  return { ...next, innerNodes }
}

/** Disconnects outcomes that lead to a node which the other side deleted. */
function withoutRemovedTargets(draft: Draft, sides: readonly Draft[]): Draft {
  const removed = sides
    .flatMap(({ tree }) => Object.keys(tree.nodes))
    .filter((id) => !Object.hasOwn(draft.tree.nodes, id))
  return disconnectTargets(draft, new Set(removed))
}

function idsOf(...records: readonly object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))]
}
