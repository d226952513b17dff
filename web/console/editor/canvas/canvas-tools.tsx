import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconChartBar, IconMaximize, IconMinus, IconNote, IconPlus, IconSitemap } from '@tabler/icons-react'
import { Panel, useReactFlow, useViewport } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { addNote } from '../keyboard/add-note.ts'

export function CanvasTools() {
  const flow = useReactFlow()
  const { zoom } = useViewport()
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isCountsShown = useEditor(({ isCountsShown }) => isCountsShown)
  return (
    <Panel position="bottom-left" className="canvas-tools row gap-2px">
      <Tool label="Zoom out" onClick={() => flow.zoomOut()}>
        <IconMinus size={16} stroke={1.75} aria-hidden />
      </Tool>
      <span className="figures zoom text-note text-center">{Math.round(zoom * 100)} %</span>
      <Tool label="Zoom in" onClick={() => flow.zoomIn()}>
        <IconPlus size={16} stroke={1.75} aria-hidden />
      </Tool>
      <Tool label="Fit to view (F)" onClick={() => store.getState().canvasControl?.fit()}>
        <IconMaximize size={16} stroke={1.75} aria-hidden />
      </Tool>
      {!isReadOnly && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-pressed={isCountsShown}
          leftSection={<IconChartBar size={16} stroke={1.75} aria-hidden />}
          onClick={() => store.getState().showCounts(!isCountsShown)}
        >
          Traffic
        </Button>
      )}
      {!isReadOnly && <NoteTool />}
      {!isReadOnly && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconSitemap size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            store.getState().arrangeNodes()
            store.getState().canvasControl?.fit()
          }}
        >
          Arrange nodes
        </Button>
      )}
    </Panel>
  )
}

function NoteTool() {
  const store = useEditorStore()
  return (
    <Tool label="Add a note (N)" onClick={() => addNote(store)}>
      <IconNote size={16} stroke={1.75} aria-hidden />
    </Tool>
  )
}

function Tool({ label, onClick, children }: { label: string; onClick(): void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
