import type { JourneyParts, NodeSettings, TreeNode } from '../../../api/journey-document.ts'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'

/**
 * A journey in the editor: the vendor's document, including members that the editor doesn't know.
 * Immutable: unchanged parts stay the same object.
 */
export type Draft = JourneyParts

/** Ids of the start and the two ends, which are the same in every journey. */
export const startId = 'startNode'
export const successId = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
export const failureId = 'e301438c-0bd0-429c-ab0c-66126501069a'
export const pageType = 'PageNode'

/** A journey with a start and two ends, and no nodes. */
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

/** Reads an own member of a record, never one of its prototype. */
export function memberOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}

export function isEnd(id: string): boolean {
  return id === successId || id === failureId
}

/** A node on the canvas. Nodes on pages are children, see `childOf`. */
export function nodeOf({ tree }: Draft, id: string): TreeNode | undefined {
  return memberOf(tree.nodes, id)
}

export function settingsOf(draft: Draft, id: string): NodeSettings | undefined {
  return memberOf(draft.nodes, id) ?? memberOf(draft.innerNodes, id)
}

/** Settings without the members that the server adds. */
export function ownSettings(settings: NodeSettings | undefined): JsonObject {
  const { _id, _rev, _type, _outcomes, ...own } = settings ?? {}
  return own
}

export function versionOf(settings: NodeSettings | undefined, node?: { version?: unknown }): string {
  const version = node?.version ?? (isJsonObject(settings?._type) ? settings._type.version : undefined)
  if (typeof version === 'number') return version.toFixed(1)
  return typeof version === 'string' ? version : '1.0'
}

/** The first node or end of the journey. */
export function entryOf(draft: Draft): string | undefined {
  const entry = draft.tree.entryNodeId
  return entry !== undefined && isInJourney(draft, entry) ? entry : undefined
}

/** Whether a connection may lead to this id: a node on the canvas or an end. */
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

export function omit<T>(
  record: Readonly<Record<string, T>>,
  keys: { has(key: string): boolean },
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)))
}

export type { JsonObject }
