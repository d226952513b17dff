import type { Place } from '../../../api/journey-document.ts'
import type { Box } from '../model/geometry.ts'
import { onGrid, placeOf } from '../model/positions.ts'
import type { EditorState } from './editor-state.ts'

const gap = 24

/** The nearest place below the wanted one where a new node covers nothing. */
export function freePlaceNear(state: EditorState, wanted: Place): Place {
  const draft = state.history.present
  const boxes: Box[] = [...state.faces.values()].map(({ id, size }) => ({
    ...placeOf(draft, state.placed, id),
    ...size,
  }))
  let place = onGrid(wanted)
  for (let tries = 0; tries < boxes.length + 1; tries += 1) {
    const taken = boxes.find((box) => isNear(place, box))
    if (taken === undefined) return place
    place = onGrid({ x: place.x, y: taken.y + taken.height + gap })
  }
  return place
}

function isNear({ x, y }: Place, box: Box): boolean {
  return (
    x < box.x + box.width + gap && x + 216 + gap > box.x && y < box.y + box.height + gap && y + 100 > box.y
  )
}
