import type { ConfigurationChange } from '../configuration-store.ts'
import type { LineChanges } from './lines.ts'

/** The journeys, scripts, custom node types and documents of a realm, a folder or an export. */
export type Content = ConfigurationChange

/** A part of a content that is compared as one. */
export type Item = {
  /** `journey`, `script`, `customNodeType`, or the kind of a document. */
  kind: string
  /** The id after the change; before it if the item was removed. */
  id: string
  name: string
}

export type DifferenceKind =
  | 'added'
  | 'removed'
  | 'renamed'
  /** A node has another type or version. */
  | 'type'
  /** A node is on another page, or the nodes of a page have another order. */
  | 'page'
  /** A setting of a node, a property of a journey, or a member of another item. */
  | 'setting'
  /** An outcome of a node leads elsewhere. */
  | 'connection'
  /** A journey starts at another node. */
  | 'entry'
  /** Lines of a script. */
  | 'source'

/** One difference between two contents. */
export type Difference = {
  item: Item
  kind: DifferenceKind
  /** Ids of the node before and after the change. Absent if the difference is not about a node. */
  node?: { before?: string; after?: string }
  /** The outcome of a changed connection. */
  outcome?: string
  /** The difference in one short line. Contains no secret. */
  words: string
  /** Changed lines of a script or long text. */
  lines?: LineChanges
}

/** A difference before it is known which item has it. */
export type Change = Omit<Difference, 'item'>

export type Comparison = {
  /** Ordered by kind and name of the item, and along the journey. */
  differences: Difference[]
  /** Secrets that only one side contains: exports leave them out, so whether they differ is unknown. */
  unknown: Difference[]
}
