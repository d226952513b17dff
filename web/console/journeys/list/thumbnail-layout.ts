import type { JourneyPicture } from '../../../api/journeys.ts'
import type { Family } from '../../../api/node-types.ts'

/** In pixels. */
export const thumbnailSize = { width: 112, height: 44 } as const

type Box = { id: string; family: Family; x: number; y: number; width: number; height: number }

/** A box per node, and one path with all connections. */
export type ThumbnailLayout = { boxes: Box[]; path: string }

/** In pixels: space at the edges, and limits for the width of a node. */
const margin = 2
const widest = 15
const narrowest = 3

/** A small picture of a journey: node positions as on the canvas, or layers if the journey has no layout. */
export function thumbnailLayout(picture: JourneyPicture): ThumbnailLayout {
  const nodes = Object.entries(picture.nodes)
  const places = placesOf(picture)
  const xs = [...new Set(nodes.map(([id]) => places.get(id)?.x ?? 0))].sort((one, other) => one - other)
  const toX = scale(xs, thumbnailSize.width - 2 * margin)
  const width = Math.max(narrowest, Math.min(widest, toX.least * 0.6))
  const height = Math.max(2.5, width * 0.6)
  const ys = nodes.map(([id]) => places.get(id)?.y ?? 0)
  const top = Math.min(...ys)
  // Keeps the proportions of the canvas as far as there is room.
  const perPixel = Math.min(
    (thumbnailSize.height - 2 * margin - height) / Math.max(1, Math.max(...ys) - top),
    0.1,
  )
  const middle = (thumbnailSize.height - height - (Math.max(...ys) - top) * perPixel) / 2
  const boxes = nodes.map(([id, { family }]) => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 }
    const left = margin + toX.of(x) * (1 - width / (thumbnailSize.width - 2 * margin))
    return { id, family, x: round(left), y: round(middle + (y - top) * perPixel), width, height }
  })
  return { boxes, path: pathBetween(boxes, picture) }
}

/** Scales values to a length. `least` is the smallest gap between columns. */
function scale(values: readonly number[], length: number): { of(value: number): number; least: number } {
  const first = values[0] ?? 0
  const range = (values.at(-1) ?? 0) - first
  if (range === 0) return { of: () => length / 2, least: length }
  const of = (value: number) => ((value - first) / range) * length
  const gaps = values.slice(1).map((value, at) => of(value) - of(values[at] ?? 0))
  // Nodes with almost equal x positions form one column.
  const columns = gaps.filter((gap) => gap > narrowest)
  return { of, least: columns.length === 0 ? narrowest : Math.min(...columns) }
}

function pathBetween(boxes: readonly Box[], { nodes }: JourneyPicture): string {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const parts = boxes.flatMap((from) =>
    (nodes[from.id]?.to ?? []).flatMap((id) => {
      const to = byId.get(id)
      if (to === undefined) return []
      const start = { x: round(from.x + from.width), y: round(from.y + from.height / 2) }
      const end = { x: to.x, y: round(to.y + to.height / 2) }
      const bend = round((start.x + end.x) / 2)
      return [`M${start.x} ${start.y}C${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`]
    }),
  )
  return parts.join('')
}

function placesOf(picture: JourneyPicture): Map<string, { x: number; y: number }> {
  const nodes = Object.entries(picture.nodes)
  const isLaidOut = new Set(nodes.map(([, { x, y }]) => `${x ?? 0} ${y ?? 0}`)).size > 1
  return isLaidOut
    ? new Map(nodes.map(([id, { x, y }]) => [id, { x: x ?? 0, y: y ?? 0 }]))
    : inLayers(picture)
}

/** Layers by distance from the entry. Unreachable nodes come last. */
function inLayers({ entryNodeId, nodes }: JourneyPicture): Map<string, { x: number; y: number }> {
  const depths = new Map<string, number>()
  const open = [entryNodeId, ...Object.keys(nodes)].filter((id) => Object.hasOwn(nodes, id))
  const layers: string[][] = []
  for (const start of open) {
    let layer = [start]
    for (let depth = start === entryNodeId ? 0 : layers.length; layer.length > 0; depth++) {
      const fresh = [...new Set(layer)].filter((id) => Object.hasOwn(nodes, id) && !depths.has(id))
      for (const id of fresh) depths.set(id, depth)
      if (fresh.length > 0) layers[depth] = [...(layers[depth] ?? []), ...fresh]
      layer = fresh.flatMap((id) => nodes[id]?.to ?? [])
    }
  }
  return new Map(
    layers.flatMap((layer, x) => layer.map((id, y) => [id, { x: x * 280, y: y * 140 }] as const)),
  )
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
