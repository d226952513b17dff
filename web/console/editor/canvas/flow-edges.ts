import type { Edge } from '@xyflow/react'
import { useMemo } from 'react'
import type { Place } from '../../../api/journey-document.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { failureId } from '../model/draft.ts'
import { foldedLinesOf, type Line, lineId, linesOf, type Picture } from '../model/drawn-connections.ts'
import type { NodeFace } from '../model/node-views.ts'
import { placeOf } from '../model/positions.ts'
import { handleOf, nameOfEnd } from './flow-nodes.ts'

export type LaneFlowEdge = Edge<
  { path: string; isNear: boolean; isFolded: boolean; isDropTarget: boolean },
  'lane'
>

const nothing = {}

/** What lines and drops are worked out from, as the canvas is now. */
function usePicture(dragged: Readonly<Record<string, Place>> = nothing): Picture {
  const draft = useDraft()
  const placed = useEditor(({ placed }) => placed)
  const faces = useEditor(({ faces }) => faces)
  return useMemo(
    () => ({ draft, faces, placeOf: (id) => dragged[id] ?? placeOf(draft, placed, id) }),
    [draft, placed, faces, dragged],
  )
}

/** The lines as they are; those of nodes that are dragged follow them without looking what stands in their way. */
export function useLines(dragged: Readonly<Record<string, Place>>): Line[] {
  const still = usePicture()
  const moving = usePicture(dragged)
  const lines = useMemo(() => linesOf(still), [still])
  return useMemo(() => {
    const ids = new Set(Object.keys(dragged))
    if (ids.size === 0) return lines
    return [...lines.filter(({ from, to }) => !ids.has(from) && !ids.has(to)), ...linesOf(moving, ids)]
  }, [lines, moving, dragged])
}

/** What xyflow draws between the nodes. */
export function useFlowEdges(lines: readonly Line[], isFailureShown: boolean): LaneFlowEdge[] {
  const picture = usePicture()
  const selection = useEditor(({ selection }) => selection)
  const exit = useEditor(({ exit }) => exit)
  const drop = useEditor(({ drop }) => drop)
  const folded = useMemo(() => (isFailureShown ? foldedLinesOf(picture) : []), [picture, isFailureShown])
  return useMemo(() => {
    const chosen = exit === undefined ? undefined : lineId(exit)
    const target = drop?.kind === 'edge' ? lineId(drop.edge) : undefined
    const edge = (line: Line, isFolded: boolean): LaneFlowEdge => ({
      id: line.id,
      type: 'lane',
      source: line.from,
      sourceHandle: handleOf(line.outcome),
      target: line.to,
      targetHandle: 'in',
      selected: line.id === chosen,
      ariaLabel: labelOf(line, picture.faces),
      data: {
        path: line.path,
        isNear: selection.includes(line.from) || selection.includes(line.to),
        isFolded,
        isDropTarget: line.id === target,
      },
    })
    return [...lines.map((line) => edge(line, false)), ...folded.map((line) => edge(line, true))]
  }, [lines, folded, selection, exit, drop, picture])
}

function labelOf({ from, outcome, to }: Line, faces: ReadonlyMap<string, NodeFace>): string {
  const face = faces.get(from)
  const way = face?.ways.find(({ id }) => id === outcome)
  const name = (id: string) => faces.get(id)?.name ?? nameOfEnd(id)
  const start = way === undefined || face?.isNameless ? name(from) : `${way.label} of ${name(from)}`
  return `${start} leads to ${name(to)}`
}

/** Failure shows where it is reached from when it is chosen. */
export function useIsFailureChosen(): boolean {
  return useEditor(({ selection }) => selection.includes(failureId))
}
