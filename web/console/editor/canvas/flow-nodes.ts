import { type Node, type NodeHandle, Position } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { Place } from '../../../api/journey-document.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { failureId, startId, successId } from '../model/draft.ts'
import { portIn, portOfStart, portOut, sizeOfEnd } from '../model/geometry.ts'
import type { NodeFace } from '../model/node-views.ts'
import { placeOf } from '../model/positions.ts'

export type JourneyFlowNode = Node<{ face: NodeFace }, 'journey'>
export type EndFlowNode = Node<Record<string, never>, 'end'>
export type FlowNode = JourneyFlowNode | EndFlowNode

/** Handles of the canvas for ways out: xyflow knows none without a name. */
export function handleOf(outcome: string): string {
  return `out:${outcome}`
}

export function outcomeOf(handle: string | null | undefined): string {
  return handle?.replace(/^out:/, '') ?? ''
}

const endNames: Readonly<Record<string, string>> = {
  [startId]: 'Start',
  [successId]: 'Success',
  [failureId]: 'Failure',
}

export function nameOfEnd(id: string): string {
  return endNames[id] ?? id
}

/** What xyflow draws. A node that did not change stays the same object, so that it is not drawn again. */
export function useFlowNodes(dragged: Readonly<Record<string, Place>>): FlowNode[] {
  const draft = useDraft()
  const placed = useEditor(({ placed }) => placed)
  const faces = useEditor(({ faces }) => faces)
  const selection = useEditor(({ selection }) => selection)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const kept = useRef(new Map<string, FlowNode>())
  return useMemo(() => {
    const ids = [startId, successId, failureId, ...faces.keys()]
    const nodes = ids.map((id) => {
      const face = faces.get(id)
      const position = dragged[id] ?? placeOf(draft, placed, id)
      const isSelected = selection.includes(id)
      const before = kept.current.get(id)
      if (before !== undefined && isUnchanged(before, face, position, isSelected)) return before
      const shared = { id, position, selected: isSelected, draggable: !isReadOnly }
      return face === undefined ? endNode(shared) : journeyNode(shared, face)
    })
    kept.current = new Map(nodes.map((node) => [node.id, node]))
    return nodes
  }, [draft, placed, faces, selection, dragged, isReadOnly])
}

function isUnchanged(before: FlowNode, face: NodeFace | undefined, { x, y }: Place, isSelected: boolean) {
  const shown = before.type === 'journey' ? before.data.face : undefined
  return (
    shown === face && before.position.x === x && before.position.y === y && before.selected === isSelected
  )
}

type Shared = Pick<FlowNode, 'id' | 'position' | 'selected' | 'draggable'>

function journeyNode(shared: Shared, face: NodeFace): JourneyFlowNode {
  const shape = { ways: face.ways, children: face.children?.length }
  return {
    ...shared,
    type: 'journey',
    data: { face },
    ...face.size,
    // Known beforehand: what is out of view is fitted into it without being drawn.
    measured: face.size,
    ariaRole: 'group',
    ariaLabel: face.name,
    handles: [
      handle('in', 'target', portIn(face.id)),
      ...face.ways.map(({ id }) => handle(handleOf(id), 'source', portOut(shape, id))),
    ],
  }
}

function endNode(shared: Shared): EndFlowNode {
  const { id } = shared
  return {
    ...shared,
    type: 'end',
    data: {},
    ...sizeOfEnd(id),
    measured: sizeOfEnd(id),
    ariaRole: 'group',
    ariaLabel: nameOfEnd(id),
    handles: [
      id === startId ? handle(handleOf(''), 'source', portOfStart) : handle('in', 'target', portIn(id)),
    ],
  }
}

function handle(id: string, type: 'source' | 'target', { x, y }: Place): NodeHandle {
  const position = type === 'source' ? Position.Right : Position.Left
  return { id, type, position, x: x - 1, y: y - 1, width: 2, height: 2 }
}
