import '@xyflow/react/dist/base.css'
import './canvas.css'
import './node.css'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  type ReactFlowState,
  useStore,
} from '@xyflow/react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { CountsPanel } from '../counts/counts-panel.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { navigateCanvas } from '../keyboard/canvas-navigation.ts'
import { familyClass } from '../model/node-type-catalogue.ts'
import { Announcer } from './announcer.tsx'
import { CanvasTools } from './canvas-tools.tsx'
import { ConnectionEdge } from './connection-edge.tsx'
import { EndNode } from './end-node.tsx'
import { useDrawnConnections, useFlowEdges, useIsFailureSelected } from './flow-edges.ts'
import type { FlowNode } from './flow-nodes.ts'
import { useFlowNodes } from './flow-nodes.ts'
import { JourneyNode } from './journey-node.tsx'
import { NoteNode } from './note-node.tsx'
import { useCanvasControl } from './use-canvas-control.ts'
import { useConnecting } from './use-connecting.ts'
import { useDragging } from './use-dragging.ts'
import { useDropping } from './use-dropping.ts'
import { applySelectionChanges, useSelecting } from './use-selecting.ts'

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
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isRun = useEditor(({ highlight }) => highlight !== undefined)
  const dragging = useDragging()
  const connections = useDrawnConnections(dragging.dragged)
  const nodes = useFlowNodes(dragging.dragged)
  const edges = useFlowEdges(connections, useIsFailureSelected())
  const choosing = useSelecting()
  const connecting = useConnecting()
  const dropping = useDropping(connections)
  const keys = useCanvasKeys()
  const store = useEditorStore()
  const onNodesChange = (changes: NodeChange<FlowNode>[]) => {
    dragging.follow(changes)
    applySelectionChanges(store, changes)
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
        {...choosing}
        {...connecting}
        {...keys}
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
      </ReactFlow>
      <Announcer />
    </div>
  )
}

/** The whole journey, or the selection: of the link that opened the editor, or of the outline. */
function viewAt(chosen: string | undefined, nodes: readonly FlowNode[]) {
  const whole = { maxZoom: 1, padding: 0.08 }
  const start = nodes.find(
    (node) =>
      node.id === chosen ||
      (node.type === 'journey' && node.data.nodeView.children?.some(({ id }) => id === chosen)),
  )
  return start === undefined ? whole : { ...whole, nodes: [{ id: start.id }] }
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
