import type { JourneyCounts } from '../../../api/journey-counts.ts'
import { pageLocale } from '../../../translate/translate.ts'
import { startOutcome } from './connect.ts'
import { type Draft, entryOf, failureId, nodeOf, startId, successId } from './draft.ts'
import { connectionId } from './drawn-connections.ts'

export type ConnectionTally = {
  count: number
  /** Of all that left the node, 0 to 1. */
  share: number
  medianMs: number | null
}

export type NodeTally = {
  arrived: number
  /** Arrived and did not leave: the person gave up, or is still there. 0 if the counts are those of several versions. */
  stayed: number
  errors: number
}

/** The counts of a journey, as its canvas shows them. */
export type CanvasCounts = {
  starts: number
  succeeded: number
  failed: number
  /** By connection id. */
  connections: ReadonlyMap<string, ConnectionTally>
  nodes: ReadonlyMap<string, NodeTally>
}

/**
 * Assigns counts to a canvas. Counts of outcomes that the canvas doesn't have are left out, because they belong to nodes of
 * other versions. Who arrived in such a version and left by such an outcome would seem to have stayed.
 */
export function canvasCounts(
  counts: JourneyCounts,
  draft: Draft,
  isOneVersion = counts.versions.length < 2,
): CanvasCounts {
  const leftBy = new Map<string, number>()
  const arrivedAt = new Map<string, number>()
  const drawn = counts.connections.flatMap((connection) => {
    const target = targetOf(draft, connection)
    return target === undefined ? [] : [{ ...connection, target }]
  })
  for (const { nodeId, target, count } of drawn) {
    add(leftBy, nodeId, count)
    add(arrivedAt, target, count)
  }
  const errors = new Map(counts.errors.map(({ nodeId, count }) => [nodeId, count]))
  return {
    starts: leftBy.get(startId) ?? 0,
    succeeded: arrivedAt.get(successId) ?? 0,
    failed: arrivedAt.get(failureId) ?? 0,
    connections: new Map(
      drawn.map(({ nodeId, outcome, count, medianMs }) => [
        connectionId({ from: nodeId, outcome }),
        { count, share: count / (leftBy.get(nodeId) || 1), medianMs },
      ]),
    ),
    nodes: new Map(
      Object.keys(draft.tree.nodes).map((id) => {
        const failed = errors.get(id) ?? 0
        const left = (leftBy.get(id) ?? 0) + failed
        const arrived = Math.max(arrivedAt.get(id) ?? 0, left)
        return [id, { arrived, stayed: isOneVersion ? arrived - left : 0, errors: failed }]
      }),
    ),
  }
}

function targetOf(
  draft: Draft,
  { nodeId, outcome }: { nodeId: string; outcome: string },
): string | undefined {
  if (nodeId === startId) return outcome === startOutcome.outcome ? entryOf(draft) : undefined
  const connections = nodeOf(draft, nodeId)?.connections ?? {}
  return Object.hasOwn(connections, outcome) ? connections[outcome] : undefined
}

function add(sums: Map<string, number>, key: string, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}

/** The width of a connection's line in pixels: the more sign-ins, the wider. */
export function lineWidth(count: number, starts: number): number {
  return 1.5 + 6 * Math.sqrt(Math.min(1, count / Math.max(1, starts)))
}

const compact = new Intl.NumberFormat(pageLocale(), { notation: 'compact', maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(pageLocale(), { style: 'percent' })

export function countText(count: number): string {
  return compact.format(count)
}

export function shareText(share: number): string {
  return share > 0 && share < 0.01 ? `< ${percent.format(0.01)}` : percent.format(share)
}

/** A median in words: `0.4 s`, `12 s`, `3 min`, `2 h`. */
export function medianText(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 0.1) return `${Math.max(1, Math.round(milliseconds))} ms`
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
