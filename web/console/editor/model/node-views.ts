import type { Family, NodeType, Outcome } from '../../../api/node-types.ts'
import { type Draft, memberOf, nodeOf, pageType, settingsOf, versionOf } from './draft.ts'
import { type Size, sizeOfNode } from './geometry.ts'
import { isPassThrough, type NodeOutcome, nodeOutcomes } from './node-outcomes.ts'
import { type ReferenceNames, summaryOf } from './node-summary.ts'
import { journeySettingOf, type NodeTypeCatalogue } from './node-type-catalogue.ts'
import { childrenOf, type PageChild } from './page-children.ts'

/** What is seen of a node wherever it is shown. */
export type NodeView = {
  id: string
  /** The name that somebody gave it, or that of its type. */
  name: string
  /** Second line: its type if the name does not say it, and what tells it apart. */
  subtitle: string
  type: string
  family: Family | undefined
  /** False for types that do not run here. */
  isSupported: boolean
  /** The journey that it runs or starts. */
  journey: string | undefined
}

export type CanvasNodeView = NodeView & {
  outcomes: readonly NodeOutcome[]
  isPassThrough: boolean
  /** The nodes on a page, in order; undefined for what is no page. */
  children: readonly NodeView[] | undefined
  size: Size
}

export type NodeViewInput = {
  draft: Draft
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  outcomesFor(id: string): readonly Outcome[] | null
}

/** What all nodes of the canvas look like. What did not change stays the same object: give the last ones back. */
export function nodeViewsOf(
  sources: NodeViewInput,
  last: ReadonlyMap<string, CanvasNodeView>,
): Map<string, CanvasNodeView> {
  const nodeViews = new Map<string, CanvasNodeView>()
  for (const id of Object.keys(sources.draft.tree.nodes)) {
    const nodeView = canvasNodeView(sources, id)
    const before = last.get(id)
    nodeViews.set(id, before !== undefined && isSameView(before, nodeView) ? before : nodeView)
  }
  return nodeViews
}

function canvasNodeView(
  { draft, catalogue, referenceNames, outcomesFor }: NodeViewInput,
  id: string,
): CanvasNodeView {
  const node = nodeOf(draft, id)
  const settings = memberOf(draft.nodes, id)
  const type = node?.nodeType ?? ''
  const version = versionOf(settings, node)
  const outcomes = nodeOutcomes(draft, id, outcomesFor(id))
  const children = type === pageType ? childrenOf(draft, id) : undefined
  return {
    ...nodeViewOf(
      { id, type, version, displayName: node?.displayName ?? '' },
      settings,
      catalogue,
      referenceNames,
    ),
    outcomes,
    isPassThrough: isPassThrough(outcomes),
    children: children?.map((child) => childView(child, draft, catalogue, referenceNames)),
    size: sizeOfNode({ outcomes, children: children?.length }),
  }
}

function childView(
  child: PageChild,
  draft: Draft,
  catalogue: NodeTypeCatalogue,
  referenceNames: ReferenceNames,
): NodeView {
  return nodeViewOf(child, settingsOf(draft, child.id), catalogue, referenceNames)
}

function nodeViewOf(
  { id, type, version, displayName }: Pick<PageChild, 'id' | 'type' | 'version' | 'displayName'>,
  settings: ReturnType<typeof settingsOf>,
  catalogue: NodeTypeCatalogue,
  referenceNames: ReferenceNames,
): NodeView {
  const known = catalogue.find(type, version)
  const title = known?.title ?? type
  const name = displayName.trim() === '' ? title : displayName
  const summary = summaryOf(type, settings, referenceNames)
  const subtitle = [name === title ? '' : title, summary].filter((part) => part !== '').join(', ')
  return {
    id,
    name,
    subtitle,
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

function isSameView(one: CanvasNodeView, other: CanvasNodeView): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
