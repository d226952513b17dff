import type { Family, NodeType, Outcome } from '../../../api/node-types.ts'
import { type Draft, memberOf, nodeOf, pageType, settingsOf, versionOf } from './draft.ts'
import { type Size, sizeOfNode } from './geometry.ts'
import { isPassThrough, type NodeOutcome, nodeOutcomes } from './node-outcomes.ts'
import { type ReferenceNames, summaryOf } from './node-summary.ts'
import { journeySettingOf, type NodeTypeCatalogue } from './node-type-catalogue.ts'
import { childrenOf, type PageChild } from './page-children.ts'

/** A node as shown by canvas, outline and inspector. */
export type NodeView = {
  id: string
  /** Its display name, or the title of its type. */
  name: string
  /** The type if the name differs from it, and a summary of the settings. */
  subtitle: string
  type: string
  family: Family | undefined
  /** False for node types that this server can't run. */
  isSupported: boolean
  /** Whether an administrator decides what it does, because it can't run here. */
  isStandIn: boolean
  /** The journey that the node runs or starts. */
  journey: string | undefined
}

export type CanvasNodeView = NodeView & {
  outcomes: readonly NodeOutcome[]
  isPassThrough: boolean
  /** The nodes on a page; undefined for other node types. */
  children: readonly NodeView[] | undefined
  size: Size
}

export type NodeViewInput = {
  draft: Draft
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  outcomesFor(id: string): readonly Outcome[] | null
}

/** The views of all nodes on the canvas. Pass the previous views: unchanged ones stay the same object. */
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
    isStandIn: known?.standIn !== undefined,
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
