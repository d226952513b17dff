import type { JourneyParts, NodeSettings, TreeNode } from '../../../api/journey-document.ts'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'

/**
 * A journey as it is edited: the vendor's document itself, so that nothing is lost that we do not know.
 * Never changed in place: what did not change stays the same object.
 */
export type Draft = JourneyParts

/** The three places of every journey that are no nodes. */
export const startId = 'startNode'
export const successId = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
export const failureId = 'e301438c-0bd0-429c-ab0c-66126501069a'
export const pageType = 'PageNode'

/** A journey that only its start and its ends are in. */
export function emptyDraft(name: string, more: JsonObject = {}): Draft {
  return {
    tree: {
      enabled: true,
      innerTreeOnly: false,
      mustRun: false,
      noSession: false,
      ...more,
      _id: name,
      entryNodeId: '',
      nodes: {},
      staticNodes: {
        [startId]: { x: 48, y: 120 },
        [successId]: { x: 480, y: 120 },
        [failureId]: { x: 480, y: 192 },
      },
      uiConfig: {},
    },
    nodes: {},
    innerNodes: {},
  }
}

/** A member of a record by its key, never one of the prototype's. */
export function memberOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}

export function isEnd(id: string): boolean {
  return id === successId || id === failureId
}

/** A node on the canvas; those on pages are children, and have no place of their own. */
export function nodeOf({ tree }: Draft, id: string): TreeNode | undefined {
  return memberOf(tree.nodes, id)
}

export function settingsOf(draft: Draft, id: string): NodeSettings | undefined {
  return memberOf(draft.nodes, id) ?? memberOf(draft.innerNodes, id)
}

/** Settings alone, without what the server says about the node. */
export function ownSettings(settings: NodeSettings | undefined): JsonObject {
  const { _id, _rev, _type, _outcomes, ...own } = settings ?? {}
  return own
}

export function versionOf(settings: NodeSettings | undefined, node?: { version?: unknown }): string {
  const version = node?.version ?? (isJsonObject(settings?._type) ? settings._type.version : undefined)
  if (typeof version === 'number') return version.toFixed(1)
  return typeof version === 'string' ? version : '1.0'
}

/** Where the journey begins: a node, an end, or nowhere. */
export function entryOf(draft: Draft): string | undefined {
  const entry = draft.tree.entryNodeId
  return entry !== undefined && isInJourney(draft, entry) ? entry : undefined
}

/** True for nodes on the canvas and for ends: what a connection may lead to. */
export function isInJourney(draft: Draft, id: string): boolean {
  return isEnd(id) || nodeOf(draft, id) !== undefined
}

export function connectionsOf(draft: Draft, id: string): Readonly<Record<string, string>> {
  return nodeOf(draft, id)?.connections ?? {}
}

export function withTree(draft: Draft, change: Partial<Draft['tree']>): Draft {
  return { ...draft, tree: { ...draft.tree, ...change } }
}

export function withNode(draft: Draft, id: string, change: Partial<TreeNode>): Draft {
  const node = nodeOf(draft, id)
  if (node === undefined) return draft
  return withTree(draft, { nodes: { ...draft.tree.nodes, [id]: { ...node, ...change } } })
}

/** A record without some of its members. */
export function omit<T>(
  record: Readonly<Record<string, T>>,
  keys: { has(key: string): boolean },
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)))
}

export type { JsonObject }
