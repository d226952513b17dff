import type { Difference } from '../../../api/versions.ts'
import { type OutcomeRef, startOutcome, targetOf } from './connect.ts'
import { connectionsOf, type Draft } from './draft.ts'
import { connectionId } from './drawn-connections.ts'
import { childOf } from './page-children.ts'

export type ChangeMark = 'added' | 'removed' | 'changed'

/** What differs on a canvas that shows one side of a comparison. */
export type ChangeMarks = {
  /** By id, also of nodes on pages. */
  nodes: ReadonlyMap<string, ChangeMark>
  /** By connection id. */
  connections: ReadonlyMap<string, ChangeMark>
}

export type Side = 'before' | 'after'

export const markTitles: Readonly<Record<ChangeMark, string>> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
}

/** A shape for each mark, so that marks don't depend on colours. */
export const markSigns: Readonly<Record<ChangeMark, string>> = { added: '+', removed: '−', changed: '≠' }

/** The marks for the canvas of one side. Pages with changed nodes count as changed, too. */
export function changeMarks(
  differences: readonly Difference[],
  drafts: Readonly<Record<Side, Draft>>,
  side: Side,
): ChangeMarks {
  const nodes = new Map<string, ChangeMark>()
  const connections = new Map<string, ChangeMark>()
  for (const { kind, node, outcome } of differences) {
    const id = node?.[side]
    if (kind === 'entry') connections.set(connectionId(startOutcome), entryMark(drafts))
    else if (id === undefined) continue
    else if (kind === 'connection') {
      if (outcome !== undefined)
        connections.set(connectionId({ from: id, outcome }), connectionMark(drafts, node, outcome))
    } else if (kind === 'added' || kind === 'removed') {
      nodes.set(id, kind)
      for (const own of Object.keys(connectionsOf(drafts[side], id)))
        connections.set(connectionId({ from: id, outcome: own }), kind)
    } else nodes.set(id, 'changed')
  }
  for (const id of [...nodes.keys()]) {
    const page = childOf(drafts[side], id)?.pageId
    if (page !== undefined && !nodes.has(page)) nodes.set(page, 'changed')
  }
  return { nodes, connections }
}

function entryMark({ before, after }: Readonly<Record<Side, Draft>>): ChangeMark {
  return markOf(targetOf(before, startOutcome), targetOf(after, startOutcome))
}

function connectionMark(
  { before, after }: Readonly<Record<Side, Draft>>,
  node: Difference['node'],
  outcome: string,
): ChangeMark {
  const target = (draft: Draft, from: string | undefined) =>
    from === undefined ? undefined : targetOf(draft, { from, outcome } satisfies OutcomeRef)
  return markOf(target(before, node?.before), target(after, node?.after))
}

function markOf(before: string | undefined, after: string | undefined): ChangeMark {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}
