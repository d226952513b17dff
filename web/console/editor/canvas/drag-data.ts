import type { DragEvent } from 'react'
import type { Dragged } from '../model/drop-target.ts'

/** The dragged node. Browsers don't let `dragover` handlers read the data, so it is kept here. */
let current: Dragged | undefined

const format = 'application/x-sidegate-node'

export function startDrag(event: DragEvent, dragged: Dragged): void {
  current = dragged
  event.dataTransfer.setData(format, JSON.stringify(dragged))
  event.dataTransfer.effectAllowed = dragged.id === undefined ? 'copy' : 'move'
  event.stopPropagation()
}

/** Undefined for other drags, such as files. */
export function currentDrag(event: DragEvent): Dragged | undefined {
  return event.dataTransfer.types.includes(format) ? current : undefined
}

export function endDrag(): void {
  current = undefined
}
