import '@xyflow/react/dist/base.css'
import { Kbd } from '@mantine/core'
import './canvas.css'
import './node.css'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type EdgeMouseHandler,
  type EdgeProps,
  MiniMap,
  type NodeChange,
  type NodeMouseHandler,
  type NodeProps,
  Panel,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  type ReactFlowState,
  useStore,
  useStoreApi,
} from '@xyflow/react'
import { type KeyboardEvent, memo, useEffect, useMemo, useState } from 'react'
import { CountsPanel } from '../counts/counts-panel.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { navigateCanvas } from '../keyboard/canvas-navigation.ts'
import { lineWidth } from '../model/canvas-counts.ts'
import { familyClass } from '../model/node-type-catalogue.ts'
import { childOf } from '../model/page-children.ts'
import { togglePanel } from '../panels.ts'
import { Announcer } from './announcer.tsx'
import { CanvasTools } from './canvas-tools.tsx'
import { EndNode } from './end-node.tsx'
import {
  type ConnectionFlowEdge,
  useDrawnConnections,
  useFlowEdges,
  useIsFailureSelected,
} from './flow-edges.ts'
import { type FlowNode, type NoteFlowNode, outcomeOf, useFlowNodes } from './flow-nodes.ts'
import { JourneyNode } from './journey-node.tsx'
import { fittedView, useCanvasControl } from './use-canvas-control.ts'
import { useConnecting } from './use-connecting.ts'
import { useDragging } from './use-dragging.ts'
import { useDropping } from './use-dropping.ts'
import './note-node.css'

/** A note of an author. Its text is plain. */
const NoteNode = memo(function NoteNode({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  return (
    <div className={`text-note inked breaks note-node ${note.colour}${selected ? ' chosen' : ''}`} dir="auto">
      {note.text === '' ? 'Empty note' : note.text}
    </div>
  )
})

/** A connection as a React Flow edge. It is highlighted where a run passed. */
const ConnectionEdge = memo(function ConnectionEdge({
  id,
  data,
  selected = false,
}: EdgeProps<ConnectionFlowEdge>) {
  const highlight = useEditor(({ highlight }) =>
    highlight === undefined ? 'none' : (highlight.connections.get(id) ?? 'off'),
  )
  const mark = useEditor(({ marks }) => marks?.connections.get(id))
  const width = useEditor(({ counts }) =>
    counts === undefined ? undefined : lineWidth(counts.connections.get(id)?.count ?? 0, counts.starts),
  )
  if (data === undefined) return null
  const { path, isNear, isFolded, isDropTarget } = data
  const names = [
    'lane',
    isNear || selected ? 'near' : '',
    isFolded ? 'folded' : '',
    isDropTarget ? 'drop' : '',
    highlight,
    mark === undefined ? '' : `marked ${mark}`,
  ].join(' ')
  return (
    <>
      {(highlight === 'visited' || highlight === 'next' || isDropTarget || selected) && (
        <path className="lane-glow" d={path} />
      )}
      <path className={names} d={path} style={width === undefined ? undefined : { strokeWidth: width }} />
      <path className="react-flow__edge-interaction lane-reach" d={path} />
    </>
  )
})

const nodeTypes = { journey: JourneyNode, end: EndNode, note: NoteNode }
const edgeTypes = { lane: ConnectionEdge }

/** Options that don't depend on the journey. React Flow's own keys are off: the editor has its own. */
const flowOptions = {
  fitView: true,
  minZoom: 0.15,
  maxZoom: 2,
  snapToGrid: true,
  snapGrid: [8, 8],
  onlyRenderVisibleElements: true,
  disableKeyboardA11y: true,
  nodesFocusable: false,
  edgesFocusable: false,
  selectNodesOnDrag: false,
  deleteKeyCode: null,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  connectionLineType: ConnectionLineType.SmoothStep,
  connectionRadius: 24,
  zoomOnDoubleClick: false,
  attributionPosition: 'bottom-right',
} satisfies ReactFlowProps

/**
 * The journey as a graph. It runs from left to right in every language, because positions are part of the
 * document.
 */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <FlowCanvas />
    </ReactFlowProvider>
  )
}

function FlowCanvas() {
  const { isReadOnly, isRun } = useMode()
  const dragging = useDragging()
  const connections = useDrawnConnections(dragging.dragged)
  const nodes = useFlowNodes(dragging.dragged)
  const edges = useFlowEdges(connections, useIsFailureSelected())
  const dropping = useDropping(connections)
  const handlers = { ...useSelecting(), ...useConnecting(), ...useCanvasKeys() }
  const store = useEditorStore()
  const flow = useStoreApi()
  const onNodesChange = (changes: NodeChange<FlowNode>[]) => {
    dragging.follow(changes)
    applySelectionChanges(store, changes, flow.getState().multiSelectionActive)
  }
  const zoom = useZoomLevel()
  const [firstView] = useState(() => viewAt(store.getState().selection.at(-1), nodes))
  useCanvasControl()
  return (
    <div className={`board ${zoom}${isRun ? ' run' : ''}`} dir="ltr" {...dropping}>
      <ReactFlow<FlowNode, (typeof edges)[number]>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        {...dragging.handlers(connections)}
        {...handlers}
        aria-label="Canvas"
        tabIndex={0}
        {...flowOptions}
        fitViewOptions={firstView}
        nodesConnectable={!isReadOnly}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
        <MiniMap<FlowNode>
          nodeClassName={(node) =>
            node.type === 'journey' ? familyClass(node.data.nodeView.family) : (node.type ?? 'end')
          }
          nodeBorderRadius={12}
          ariaLabel="Minimap"
          pannable
          zoomable
        />
        <CanvasTools />
        <CountsPanel />
        <Invitation />
      </ReactFlow>
      <Announcer />
    </div>
  )
}

/** Of a journey without nodes. After it was created, the focus is nowhere. */
function Invitation() {
  const store = useEditorStore()
  const isShown = useEditor(({ isReadOnly, nodeViews }) => !isReadOnly && nodeViews.size === 0)
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (isShown && document.activeElement === document.body) store.getState().canvasControl?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [store, isShown])
  if (!isShown) return null
  return (
    <Panel position="top-center" className="invitation muted">
      Drag a node here, or press <Kbd size="xs">/</Kbd>
    </Panel>
  )
}

function useMode() {
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isRun = useEditor(({ highlight }) => highlight !== undefined)
  return { isReadOnly, isRun }
}

/** The whole journey, or the selection: of the link that opened the editor, or of the outline. */
function viewAt(chosen: string | undefined, nodes: readonly FlowNode[]) {
  const start = nodes.find(
    (node) =>
      node.id === chosen ||
      (node.type === 'journey' && node.data.nodeView.children?.some(({ id }) => id === chosen)),
  )
  return start === undefined ? fittedView : { ...fittedView, nodes: [{ id: start.id }] }
}

/** Zoomed out, nodes show only their name, then only their icon. */
function useZoomLevel(): 'near' | 'far' | 'farthest' {
  return useStore(levelOf)
}

function levelOf({ transform: [, , zoom] }: ReactFlowState) {
  if (zoom < 0.35) return 'farthest'
  return zoom < 0.6 ? 'far' : 'near'
}

/** Keys that only work while the canvas has the focus, see `navigateCanvas`. */
function useCanvasKeys() {
  const store = useEditorStore()
  return useMemo(
    () => ({
      onKeyDown(event: KeyboardEvent) {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
        if (!navigateCanvas(store, event.key, event.shiftKey)) return
        event.preventDefault()
        const chosen = store.getState().selection.at(-1)
        if (chosen !== undefined) store.getState().canvasControl?.reveal(chosen)
      },
    }),
    [store],
  )
}

/** Selecting with the mouse. */
function useSelecting() {
  const store = useEditorStore()
  return useMemo(() => {
    const onEdgeClick: EdgeMouseHandler<ConnectionFlowEdge> = (_event, { source, sourceHandle }) =>
      store.getState().selectOutcome({ from: source, outcome: outcomeOf(sourceHandle) }, false)
    const onPaneClick = () => store.getState().select([])
    // React Flow keeps the others when one of several selected nodes is clicked.
    const onNodeClick: NodeMouseHandler<FlowNode> = ({ shiftKey, ctrlKey, metaKey }, { id }) => {
      if (!shiftKey && !ctrlKey && !metaKey) store.getState().select([id])
    }
    const onNodeDoubleClick = () => togglePanel('settings', true)
    return { onEdgeClick, onPaneClick, onNodeClick, onNodeDoubleClick }
  }, [store])
}

/**
 * Applies selection changes that React Flow reports, from clicks and selection boxes. It doesn't know nodes on pages, so they
 * are only kept while nodes are added to the selection.
 */
function applySelectionChanges(
  store: ReturnType<typeof useEditorStore>,
  changes: readonly NodeChange<FlowNode>[],
  isAdding: boolean,
): void {
  const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
  if (chosen.length === 0) return
  const { selection, select, history } = store.getState()
  const deselected = new Set(chosen.filter(({ selected }) => !selected).map(({ id }) => id))
  const added = chosen.filter(({ id, selected }) => selected && !selection.includes(id)).map(({ id }) => id)
  const isKept = (id: string) =>
    !deselected.has(id) && (isAdding || added.length === 0 || childOf(history.present, id) === undefined)
  const next = [...selection.filter(isKept), ...added]
  if (added.length > 0 || next.length < selection.length) select(next)
}
