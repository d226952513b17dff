import type { Family, NodeType, Outcome } from '../../../api/node-types.ts'
import { type Draft, memberOf, nodeOf, pageType, settingsOf, versionOf } from './draft.ts'
import { type Size, sizeOfNode } from './geometry.ts'
import { isNameless, type WayOut, waysOut } from './node-outcomes.ts'
import { type Names, summaryOf } from './node-summary.ts'
import { journeySettingOf, type TypeBook } from './node-type-catalogue.ts'
import { childrenOf, type PageChild } from './page-children.ts'

/** What is seen of a node wherever it is shown. */
export type Face = {
  id: string
  /** The name that somebody gave it, or that of its type. */
  name: string
  /** Second line: its type if the name does not say it, and what tells it apart. */
  about: string
  type: string
  family: Family | undefined
  /** False for types that do not run here. */
  isSupported: boolean
  /** The journey that it runs or starts. */
  journey: string | undefined
}

export type NodeFace = Face & {
  ways: readonly WayOut[]
  isNameless: boolean
  /** The nodes on a page, in order; undefined for what is no page. */
  children: readonly Face[] | undefined
  size: Size
}

export type Sources = {
  draft: Draft
  book: TypeBook
  names: Names
  outcomes(id: string): readonly Outcome[] | null
}

/** What all nodes of the canvas look like. What did not change stays the same object: give the last ones back. */
export function facesOf(sources: Sources, last: ReadonlyMap<string, NodeFace>): Map<string, NodeFace> {
  const faces = new Map<string, NodeFace>()
  for (const id of Object.keys(sources.draft.tree.nodes)) {
    const face = nodeFace(sources, id)
    const before = last.get(id)
    faces.set(id, before !== undefined && isSameFace(before, face) ? before : face)
  }
  return faces
}

function nodeFace({ draft, book, names, outcomes }: Sources, id: string): NodeFace {
  const node = nodeOf(draft, id)
  const settings = memberOf(draft.nodes, id)
  const type = node?.nodeType ?? ''
  const version = versionOf(settings, node)
  const ways = waysOut(draft, id, outcomes(id))
  const children = type === pageType ? childrenOf(draft, id) : undefined
  return {
    ...faceOf({ id, type, version, displayName: node?.displayName ?? '' }, settings, book, names),
    ways,
    isNameless: isNameless(ways),
    children: children?.map((child) => childFace(child, draft, book, names)),
    size: sizeOfNode({ ways, children: children?.length }),
  }
}

function childFace(child: PageChild, draft: Draft, book: TypeBook, names: Names): Face {
  return faceOf(child, settingsOf(draft, child.id), book, names)
}

function faceOf(
  { id, type, version, displayName }: Pick<PageChild, 'id' | 'type' | 'version' | 'displayName'>,
  settings: ReturnType<typeof settingsOf>,
  book: TypeBook,
  names: Names,
): Face {
  const known = book.named(type, version)
  const title = known?.title ?? type
  const name = displayName.trim() === '' ? title : displayName
  const summary = summaryOf(type, settings, names)
  const about = [name === title ? '' : title, summary].filter((part) => part !== '').join(', ')
  return {
    id,
    name,
    about,
    type,
    family: known?.family,
    isSupported: known?.isSupported ?? false,
    journey: journeyOf(known, settings),
  }
}

function journeyOf(type: NodeType | undefined, settings: ReturnType<typeof settingsOf>): string | undefined {
  const setting = journeySettingOf(type)
  const journey = setting === undefined ? undefined : settings?.[setting]
  return typeof journey === 'string' && journey !== '' ? journey : undefined
}

function isSameFace(one: NodeFace, other: NodeFace): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
