import './findings-dialog.css'
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { findNodeView } from '../inspector/use-node-view.ts'
import { EditorSheet } from './editor-sheet.tsx'

const icons = { error: IconExclamationCircle, warning: IconAlertTriangle, hint: IconInfoCircle }
const words = { error: 'Error', warning: 'Warning', hint: 'Hint' }

/** All findings. Selecting one shows its node. */
export function FindingsDialog() {
  const store = useEditorStore()
  const findings = useEditor(({ findings }) => findings)
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const show = (nodeId: string | undefined) => {
    const { closeDialog, select, canvasControl, showInspector } = store.getState()
    closeDialog()
    select(nodeId === undefined ? [] : [nodeId])
    if (nodeId !== undefined) canvasControl?.reveal(nodeId)
    showInspector(true)
  }
  return (
    <EditorSheet title={findings.length === 1 ? '1 finding' : `${findings.length} findings`} size="lg">
      <ul className="all-findings">
        {findings.map(({ rule, severity, nodeId, message, remedy }) => {
          const Icon = icons[severity]
          const name =
            nodeId === undefined ? 'The journey' : (findNodeView({ nodeViews }, nodeId)?.name ?? 'A node')
          return (
            <li key={`${rule} ${nodeId} ${message}`}>
              <button type="button" onClick={() => show(nodeId)}>
                <Icon className={severity} size={18} stroke={1.75} aria-label={words[severity]} />
                <span>
                  <strong>
                    <bdi>{name}</bdi>
                  </strong>
                  <bdi>{message}</bdi>
                  <bdi className="remedy">{remedy}</bdi>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </EditorSheet>
  )
}
