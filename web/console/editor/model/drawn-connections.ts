import type { Place } from '../../../api/journey-document.ts'
import { type Exit, startExit } from './connect.ts'
import { type Draft, entryOf, failureId, startId } from './draft.ts'
import { type Box, portIn, portOfStart, portOut, sizeOfEnd } from './geometry.ts'
import { isFolded } from './node-outcomes.ts'
import type { NodeFace } from './node-views.ts'
import { pathOf, type Route } from './route.ts'
import { routeBetween } from './route-search.ts'
import { Traffic } from './traffic.ts'

/** A connection as it is drawn. */
export type Line = Exit & { id: string; to: string; route: Route; path: string }

export type Picture = {
  draft: Draft
  faces: ReadonlyMap<string, NodeFace>
  placeOf(id: string): Place
}

export function lineId({ from, outcome }: Exit): string {
  return `${from} ${outcome}`
}

/**
 * The lines of a journey. Those that lead straight to Failure are folded into a cap.
 * @param only the lines that begin or end at these nodes, drawn quickly: for while they are dragged.
 */
export function linesOf(picture: Picture, only?: ReadonlySet<string>): Line[] {
  const boxes = only === undefined ? boxesOf(picture) : []
  const lines: Line[] = []
  const traffic = new Traffic()
  const add = (exit: Exit, to: string, from: Place, lane: number) => {
    if (only !== undefined && !only.has(exit.from) && !only.has(to)) return
    const trafficOf = (route: Route) => traffic.costOf(route, to)
    const route = routeBetween(from, arrival(picture, to), { boxes, lane, trafficOf })
    traffic.add(route, to)
    lines.push({ id: lineId(exit), ...exit, to, route, path: pathOf(route) })
  }
  const entry = entryOf(picture.draft)
  if (entry !== undefined) add(startExit, entry, moved(picture.placeOf(startId), portOfStart), 0)
  for (const face of picture.faces.values()) {
    for (const [at, way] of face.ways.entries()) {
      if (way.target === undefined || isFolded(way)) continue
      add(
        { from: face.id, outcome: way.id },
        way.target,
        departure(picture, face, way.id),
        laneOf(picture, face, at),
      )
    }
  }
  return lines
}

/** The lines into Failure, which are shown when it is asked for. */
export function foldedLinesOf(picture: Picture): Line[] {
  const boxes = boxesOf(picture)
  return [...picture.faces.values()].flatMap((face) =>
    face.ways.filter(isFolded).map((way) => {
      const exit = { from: face.id, outcome: way.id }
      const route = routeBetween(departure(picture, face, way.id), arrival(picture, failureId), { boxes })
      return { id: lineId(exit), ...exit, to: failureId, route, path: pathOf(route) }
    }),
  )
}

/** What lines run around. */
function boxesOf({ faces, placeOf }: Picture): Box[] {
  return [...faces.values()].map(({ id, size }) => ({ ...placeOf(id), ...size }))
}

function departure({ placeOf }: Picture, { id, ways, children }: NodeFace, outcome: string): Place {
  return moved(placeOf(id), portOut({ ways, children: children?.length }, outcome))
}

function arrival({ placeOf }: Picture, id: string): Place {
  return moved(placeOf(id), portIn(id))
}

/** Of lines that turn the same way, the one that is passed by the others turns last. */
function laneOf(picture: Picture, face: NodeFace, at: number): number {
  const way = face.ways[at]
  if (way?.target === undefined) return 0
  const goesDown = arrival(picture, way.target).y > departure(picture, face, way.id).y
  const drawn = face.ways.filter((other) => other.target !== undefined && !isFolded(other))
  const place = drawn.indexOf(way)
  return Math.min(goesDown ? drawn.length - 1 - place : place, 4)
}

function moved(place: Place, by: Place): Place {
  return { x: place.x + by.x, y: place.y + by.y }
}

/** Boxes of everything on the canvas, for fitting it into view. */
export function everyBox(picture: Picture): Box[] {
  const ends = Object.keys(picture.draft.tree.staticNodes ?? {}).concat(startId, failureId)
  return [
    ...boxesOf(picture),
    ...[...new Set(ends)].map((id) => ({ ...picture.placeOf(id), ...sizeOfEnd(id) })),
  ]
}
