import { type Node, type NodeHandle, Position } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { Point } from '../../../api/journey-document.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { failureId, memberOf, startId, successId } from '../model/draft.ts'
import { inputPort, outputPort, sizeOfEnd, startPort } from '../model/geometry.ts'
import type { CanvasNodeView } from '../model/node-views.ts'
import { type Note, notesOf } from '../model/notes.ts'
import { positionOf } from '../model/positions.ts'

export type JourneyFlowNode = Node<{ nodeView: CanvasNodeView }, 'journey'>
export type EndFlowNode = Node<Record<string, never>, 'end'>
export type NoteFlowNode = Node<{ note: Note }, 'note'>
export type FlowNode = JourneyFlowNode | EndFlowNode | NoteFlowNode

/** Handle id of an outcome. React Flow doesn't accept empty ids. */
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

/** Nodes for React Flow. Unchanged nodes stay the same object, so that they don't render again. */
export function useFlowNodes(dragged: Readonly<Record<string, Point>>): FlowNode[] {
  const draft = useDraft()
  const autoPositions = useEditor(({ autoPositions }) => autoPositions)
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const selection = useEditor(({ selection }) => selection)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const previous = useRef(new Map<string, FlowNode>())
  return useMemo(() => {
    const notes = notesOf(draft)
    const ids = [...Object.keys(notes), startId, successId, failureId, ...nodeViews.keys()]
    const nodes = ids.map((id) => {
      const nodeView = nodeViews.get(id)
      const position = dragged[id] ?? positionOf(draft, autoPositions, id)
      const isSelected = selection.includes(id)
      const before = previous.current.get(id)
      const note = nodeView === undefined ? memberOf(notes, id) : undefined
      if (before !== undefined && isUnchanged(before, nodeView ?? note, position, isSelected)) return before
      const shared = { id, position, selected: isSelected, draggable: !isReadOnly, className }
      if (note !== undefined) return noteNode(shared, note)
      return nodeView === undefined ? endNode(shared) : journeyNode(shared, nodeView)
    })
    previous.current = new Map(nodes.map((node) => [node.id, node]))
    return nodes
  }, [draft, autoPositions, nodeViews, selection, dragged, isReadOnly])
}

function isUnchanged(
  before: FlowNode,
  now: CanvasNodeView | Note | undefined,
  { x, y }: Point,
  isSelected: boolean,
) {
  const shown =
    before.type === 'journey' ? before.data.nodeView : before.type === 'note' ? before.data.note : undefined
  return shown === now && before.position.x === x && before.position.y === y && before.selected === isSelected
}

/** With this class, Shift selects the node instead of beginning a selection box. */
const className = 'nokey'

type Shared = Pick<FlowNode, 'id' | 'position' | 'selected' | 'draggable' | 'className'>

function journeyNode(shared: Shared, nodeView: CanvasNodeView): JourneyFlowNode {
  const shape = { outcomes: nodeView.outcomes, children: nodeView.children?.length }
  return {
    ...shared,
    type: 'journey',
    data: { nodeView },
    ...nodeView.size,
    // Known sizes let React Flow fit the view without rendering every node.
    measured: nodeView.size,
    ariaRole: 'group',
    ariaLabel: nodeView.name,
    handles: [
      handle('in', 'target', inputPort(nodeView.id)),
      ...nodeView.outcomes.map(({ id }) => handle(handleOf(id), 'source', outputPort(shape, id))),
    ],
  }
}

/** Notes lie below nodes and connections. */
function noteNode(shared: Shared, note: Note): NoteFlowNode {
  const { width, height } = note
  return {
    ...shared,
    type: 'note',
    data: { note },
    width,
    height,
    measured: { width, height },
    zIndex: -1,
    connectable: false,
    ariaRole: 'group',
    ariaLabel: nameOfNote(note),
    handles: [],
  }
}

export function nameOfNote({ text }: Note): string {
  return text === '' ? 'Empty note' : `Note: ${text}`
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
      id === startId ? handle(handleOf(''), 'source', startPort) : handle('in', 'target', inputPort(id)),
    ],
  }
}

function handle(id: string, type: 'source' | 'target', { x, y }: Point): NodeHandle {
  const position = type === 'source' ? Position.Right : Position.Left
  return { id, type, position, x: x - 1, y: y - 1, width: 2, height: 2 }
}
