import { Button } from '@mantine/core'
import {
  IconChartBar,
  IconMaximize,
  IconMinus,
  IconNote,
  IconPlus,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react'
import { Panel, useReactFlow, useViewport } from '@xyflow/react'
import { IconButton } from '../../components/icon-button.tsx'
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
      <Tool label="Zoom out" icon={IconMinus} onClick={() => flow.zoomOut()} />
      <span className="figures zoom text-note text-center">{Math.round(zoom * 100)} %</span>
      <Tool label="Zoom in" icon={IconPlus} onClick={() => flow.zoomIn()} />
      <Tool
        label="Fit to view (F)"
        icon={IconMaximize}
        onClick={() => store.getState().canvasControl?.fit()}
      />
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
  return <Tool label="Add a note (N)" icon={IconNote} onClick={() => addNote(store)} />
}

type ToolProps = { label: string; icon: TablerIcon; onClick(): void }

function Tool(tool: ToolProps) {
  return <IconButton {...tool} tooltip={tool.label} size="md" />
}
