import type { Point } from '../../../api/journey-document.ts'
import { type OutcomeRef, startOutcome } from './connect.ts'
import { type Draft, entryOf, failureId, startId } from './draft.ts'
import { type Box, inputPort, outputPort, sizeOfEnd, startPort } from './geometry.ts'
import { isFolded } from './node-outcomes.ts'
import type { CanvasNodeView } from './node-views.ts'
import { pathOf, type Route } from './route.ts'
import { routeBetween } from './route-search.ts'
import { Traffic } from './traffic.ts'

export type DrawnConnection = OutcomeRef & { id: string; to: string; route: Route; path: string }

export type CanvasLayout = {
  draft: Draft
  nodeViews: ReadonlyMap<string, CanvasNodeView>
  positionOf(id: string): Point
}

export function connectionId({ from, outcome }: OutcomeRef): string {
  return `${from} ${outcome}`
}

/**
 * Routes the connections of a journey, without those to Failure: they are drawn as a cap on the outcome.
 * @param only ids of nodes that are being dragged: routes only their connections, ignoring obstacles.
 */
export function drawConnections(layout: CanvasLayout, only?: ReadonlySet<string>): DrawnConnection[] {
  const boxes = only === undefined ? boxesOf(layout) : []
  const connections: DrawnConnection[] = []
  const traffic = new Traffic()
  const add = (source: OutcomeRef, to: string, from: Point, lane: number) => {
    if (only !== undefined && !only.has(source.from) && !only.has(to)) return
    const sharingCost = (route: Route) => traffic.costOf(route, to)
    const route = routeBetween(from, inputPosition(layout, to), { boxes, lane, sharingCost })
    traffic.add(route, to)
    connections.push({ id: connectionId(source), ...source, to, route, path: pathOf(route) })
  }
  const entry = entryOf(layout.draft)
  if (entry !== undefined) add(startOutcome, entry, offsetBy(layout.positionOf(startId), startPort), 0)
  for (const nodeView of layout.nodeViews.values()) {
    for (const [at, outcome] of nodeView.outcomes.entries()) {
      if (outcome.target === undefined || isFolded(outcome)) continue
      add(
        { from: nodeView.id, outcome: outcome.id },
        outcome.target,
        outputPosition(layout, nodeView, outcome.id),
        laneOf(layout, nodeView, at),
      )
    }
  }
  return connections
}

/** Routes the connections to Failure, which show while Failure is selected. */
export function drawFoldedConnections(layout: CanvasLayout): DrawnConnection[] {
  const boxes = boxesOf(layout)
  return [...layout.nodeViews.values()].flatMap((nodeView) =>
    nodeView.outcomes.filter(isFolded).map((outcome) => {
      const source = { from: nodeView.id, outcome: outcome.id }
      const route = routeBetween(
        outputPosition(layout, nodeView, outcome.id),
        inputPosition(layout, failureId),
        { boxes },
      )
      return { id: connectionId(source), ...source, to: failureId, route, path: pathOf(route) }
    }),
  )
}

/** The obstacles for routes. */
function boxesOf({ nodeViews, positionOf }: CanvasLayout): Box[] {
  return [...nodeViews.values()].map(({ id, size }) => ({ ...positionOf(id), ...size }))
}

function outputPosition(
  { positionOf }: CanvasLayout,
  { id, outcomes, children }: CanvasNodeView,
  outcome: string,
): Point {
  return offsetBy(positionOf(id), outputPort({ outcomes, children: children?.length }, outcome))
}

function inputPosition({ positionOf }: CanvasLayout, id: string): Point {
  return offsetBy(positionOf(id), inputPort(id))
}

/**
 * The lane of an outcome's connection. Lanes are ordered so that connections turning the same way don't
 * cross.
 */
function laneOf(layout: CanvasLayout, nodeView: CanvasNodeView, at: number): number {
  const outcome = nodeView.outcomes[at]
  if (outcome?.target === undefined) return 0
  const goesDown = inputPosition(layout, outcome.target).y > outputPosition(layout, nodeView, outcome.id).y
  const drawn = nodeView.outcomes.filter((other) => other.target !== undefined && !isFolded(other))
  const position = drawn.indexOf(outcome)
  return Math.min(goesDown ? drawn.length - 1 - position : position, 4)
}

function offsetBy(position: Point, by: Point): Point {
  return { x: position.x + by.x, y: position.y + by.y }
}

/** The boxes of all nodes and ends. */
export function allBoxes(layout: CanvasLayout): Box[] {
  const ends = Object.keys(layout.draft.tree.staticNodes ?? {}).concat(startId, failureId)
  return [
    ...boxesOf(layout),
    ...[...new Set(ends)].map((id) => ({ ...layout.positionOf(id), ...sizeOfEnd(id) })),
  ]
}
