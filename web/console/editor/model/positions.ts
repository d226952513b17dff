import type { Place } from '../../../api/journey-document.ts'
import { type Draft, isEnd, memberOf, nodeOf, startId, withNode, withTree } from './draft.ts'

/** Places for what the document gives none. They are shown, and saved when something is moved. */
export type Placed = Readonly<Record<string, Place>>

const grid = 8

export function onGrid({ x, y }: Place): Place {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid }
}

/** Where a node, an end or the start is. */
export function placeOf(draft: Draft, placed: Placed, id: string): Place {
  const own = ownPlace(draft, id)
  const given = memberOf(placed, id)
  if (given !== undefined && (own === undefined || isOrigin(own))) return given
  return own ?? given ?? { x: 0, y: 0 }
}

/** What has no place of its own: no coordinates, or, with others, those that a server fills in for none. */
export function unplacedIn(draft: Draft): string[] {
  const ids = Object.keys(draft.tree.nodes)
  const atOrigin = ids.filter((id) => isOrigin(ownPlace(draft, id) ?? { x: 1, y: 1 }))
  return ids.filter((id) => {
    const own = ownPlace(draft, id)
    return own === undefined || (atOrigin.length > 1 && isOrigin(own))
  })
}

export function ownPlace(draft: Draft, id: string): Place | undefined {
  const { x, y } = nodeOf(draft, id) ?? memberOf(draft.tree.staticNodes, id) ?? {}
  return isNumber(x) && isNumber(y) ? { x, y } : undefined
}

/** Moves what is named; all that had no place of its own gets the one it is shown at. */
export function moveTo(draft: Draft, placed: Placed, places: Readonly<Record<string, Place>>): Draft {
  let next = draft
  for (const id of new Set([...Object.keys(placed), ...Object.keys(places)])) {
    const place = memberOf(places, id) ?? placeOf(draft, placed, id)
    next = withPlace(next, id, onGrid(place))
  }
  return next
}

/** Moves by so many pixels. */
export function moveBy(draft: Draft, placed: Placed, ids: readonly string[], { x, y }: Place): Draft {
  const places = ids.map((id) => {
    const place = placeOf(draft, placed, id)
    return [id, { x: place.x + x, y: place.y + y }] as const
  })
  return moveTo(draft, placed, Object.fromEntries(places))
}

function withPlace(draft: Draft, id: string, place: Place): Draft {
  const own = ownPlace(draft, id)
  if (own?.x === place.x && own.y === place.y) return draft
  if (nodeOf(draft, id) !== undefined) return withNode(draft, id, place)
  if (!isEnd(id) && id !== startId) return draft
  const before = memberOf(draft.tree.staticNodes, id)
  return withTree(draft, { staticNodes: { ...draft.tree.staticNodes, [id]: { ...before, ...place } } })
}

function isOrigin({ x, y }: Place): boolean {
  return x === 0 && y === 0
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
