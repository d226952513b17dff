import dagre from '@dagrejs/dagre'
import type { Point } from '../../../api/journey-document.ts'
import { allConnections } from './connect.ts'
import { type Draft, entryOf, failureId, startId, successId } from './draft.ts'
import { type Box, boundsOf, type Size, sizeOfEnd } from './geometry.ts'
import { type AutoPositions, nodesWithoutPosition, savedPosition, snapToGrid } from './positions.ts'

type SizeOf = (id: string) => Size

/** In pixels: between columns, between nodes of a column, and between rows of columns. */
const columnGap = 64
const nodeGap = 40
const rowGap = 72
const origin = { x: 48, y: 96 }
/** Width divided by height. */
const targetAspectRatio = 1.6

type Column = { nodes: readonly (Box & { id: string })[]; width: number; height: number }

/**
 * Positions all nodes in layers from left to right, wrapped into rows.
 * Uses the layered layout of dagre (Sugiyama's method).
 */
export function autoLayout(draft: Draft, sizeOf: SizeOf): AutoPositions {
  const columns = alignSingleNodes(columnsOf(draft, sizeOf), draft)
  const lines = wrapIntoRows(columns)
  const positions: Record<string, Point> = {}
  const left = origin.x + sizeOfEnd(startId).width + columnGap
  let top = origin.y
  for (const line of lines) {
    let x = left
    for (const { nodes, width } of line) {
      for (const node of nodes) positions[node.id] = snapToGrid({ x, y: top + node.y })
      x += width + columnGap
    }
    top += heightOf(line) + rowGap
  }
  return { ...positions, ...endPositions(draft, positions, sizeOf) }
}

/** Positions for nodes that have none in the document. */
export function layOutMissing(draft: Draft, sizeOf: SizeOf): AutoPositions {
  const unplaced = nodesWithoutPosition(draft)
  const ends = [startId, successId, failureId].filter((id) => savedPosition(draft, id) === undefined)
  if (unplaced.length === 0 && ends.length === 0) return {}
  const isNone = unplaced.length === Object.keys(draft.tree.nodes).length
  if (isNone && unplaced.length > 0) return autoLayout(draft, sizeOf)
  const laidOut = unplaced.length === 0 ? {} : autoLayout(draft, sizeOf)
  const taken = boundsOf(
    Object.keys(draft.tree.nodes)
      .filter((id) => !unplaced.includes(id))
      .map((id) => ({ ...(savedPosition(draft, id) ?? origin), ...sizeOf(id) })),
  )
  const shift = taken === undefined ? 0 : taken.y + taken.height + rowGap - origin.y
  const below = unplaced.map((id) => {
    const { x, y } = laidOut[id] ?? origin
    return [id, snapToGrid({ x, y: y + shift })] as const
  })
  const own = Object.fromEntries(
    Object.keys(draft.tree.nodes).flatMap((id) => {
      const position = unplaced.includes(id) ? undefined : savedPosition(draft, id)
      return position === undefined ? [] : [[id, position] as const]
    }),
  )
  const positions = { ...own, ...Object.fromEntries(below) }
  const endPlaces = endPositions(draft, positions, sizeOf)
  return Object.fromEntries([...below, ...ends.map((id) => [id, endPlaces[id] ?? origin] as const)])
}

/** The layers of the graph, without Failure: connections to it are drawn as caps. */
function columnsOf(draft: Draft, sizeOf: SizeOf): Column[] {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ranksep: columnGap, nodesep: nodeGap, ranker: 'network-simplex' })
  graph.setDefaultEdgeLabel(() => ({}))
  const ids = Object.keys(draft.tree.nodes)
  if (ids.length === 0) return []
  for (const id of ids) graph.setNode(id, { ...sizeOf(id) })
  for (const [at, { from, to }] of allConnections(draft).entries()) {
    if (from === startId || !graph.hasNode(to)) continue
    graph.setEdge(from, to, { weight: from === entryOf(draft) ? 2 : 1 }, String(at))
  }
  dagre.layout(graph)
  const ranks = new Map<number, (Box & { id: string })[]>()
  for (const id of ids) {
    const { x = 0, y = 0, width, height, rank = 0 } = graph.node(id)
    const box = { id, x: x - width / 2, y: y - height / 2, width, height }
    ranks.set(rank, [...(ranks.get(rank) ?? []), box])
  }
  return [...ranks.entries()]
    .sort(([one], [other]) => one - other)
    .map(([, nodes]) => ({
      nodes,
      width: Math.max(...nodes.map(({ width }) => width)),
      height: Math.max(...nodes.map(({ y, height }) => y + height)),
    }))
}

/**
 * Aligns a node that is alone in its column with the node before it, so that their connection is straight.
 * The columns after it move along.
 */
function alignSingleNodes(columns: readonly Column[], draft: Draft): Column[] {
  const edges = allConnections(draft)
  const tops = new Map<string, number>()
  let shift = 0
  return columns.map(({ nodes, width }) => {
    const [only, ...others] = nodes
    if (only !== undefined && others.length === 0) {
      const before = edges.find(({ from, to }) => to === only.id && tops.has(from))
      const targetTop = before === undefined ? undefined : tops.get(before.from)
      shift = targetTop === undefined ? shift : targetTop - only.y
    }
    const moved = nodes.map((node) => ({ ...node, y: node.y + shift }))
    for (const { id, y } of moved) tops.set(id, y)
    return { nodes: moved, width, height: Math.max(...moved.map(({ y, height }) => y + height)) }
  })
}

/** Chooses the number of columns per row that comes closest to the target aspect ratio. */
function wrapIntoRows(columns: readonly Column[]): Column[][] {
  let best: { lines: Column[][]; badness: number } = {
    lines: [alignToTop(columns)],
    badness: Number.POSITIVE_INFINITY,
  }
  for (let count = 3; count <= Math.max(3, columns.length); count += 1) {
    const lines: Column[][] = []
    for (let at = 0; at < columns.length; at += count) lines.push(alignToTop(columns.slice(at, at + count)))
    const width = Math.max(
      ...lines.map((line) => line.reduce((sum, { width }) => sum + width + columnGap, 0)),
    )
    const height = lines.reduce((sum, line) => sum + heightOf(line) + rowGap, 0)
    const badness = Math.abs(Math.log(width / height / targetAspectRatio))
    if (badness < best.badness) best = { lines, badness }
  }
  return best.lines
}

/** Moves a row up so that its highest node is at the top. */
function alignToTop(columns: readonly Column[]): Column[] {
  const top = Math.min(...columns.flatMap(({ nodes }) => nodes.map(({ y }) => y)))
  return columns.map(({ nodes, width, height }) => ({
    width,
    height: height - top,
    nodes: nodes.map((node) => ({ ...node, y: node.y - top })),
  }))
}

function heightOf(line: readonly Column[]): number {
  return Math.max(0, ...line.map(({ height }) => height))
}

/** Positions the start before the first node, and the ends after the last node that leads to Success. */
function endPositions(draft: Draft, positions: AutoPositions, sizeOf: SizeOf): Record<string, Point> {
  const entry = entryOf(draft)
  const first = entry === undefined ? undefined : positions[entry]
  const start =
    first === undefined
      ? { x: origin.x, y: origin.y + 6 }
      : { x: first.x - columnGap - sizeOfEnd(startId).width, y: first.y + 6 }
  const boxes = Object.entries(positions)
    .filter(([id]) => Object.hasOwn(draft.tree.nodes, id))
    .map(([id, position]) => ({ id, ...position, ...sizeOf(id) }))
  const before = allConnections(draft).filter(({ to }) => to === successId)
  const last =
    boxes
      .filter(({ id }) => before.some(({ from }) => from === id))
      .sort((one, other) => other.y + other.height - (one.y + one.height))[0] ?? boxes.at(-1)
  const success =
    last === undefined
      ? { x: start.x + 320, y: start.y }
      : avoidOverlap({ x: last.x + last.width + columnGap, y: last.y + last.height - 34 }, boxes)
  return {
    [startId]: snapToGrid(start),
    [successId]: snapToGrid(success),
    [failureId]: snapToGrid({ x: success.x + sizeOfEnd(successId).width + 12, y: success.y }),
  }
}

/** Moves the ends below all nodes if they would cover one. */
function avoidOverlap({ x, y }: Point, boxes: readonly Box[]): Point {
  const width = sizeOfEnd(successId).width + 12 + sizeOfEnd(failureId).width
  const isTaken = boxes.some(
    (box) =>
      box.x < x + width + 16 && box.x + box.width > x - 16 && box.y < y + 50 && box.y + box.height > y - 16,
  )
  if (!isTaken) return { x, y }
  const bounds = boundsOf(boxes)
  return { x, y: (bounds?.y ?? 0) + (bounds?.height ?? 0) + 40 }
}
