import './findings-dialog.css'
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { faceIn } from '../inspector/use-node-view.ts'
import { Sheet } from './editor-sheet.tsx'

const icons = { error: IconExclamationCircle, warning: IconAlertTriangle, hint: IconInfoCircle }
const words = { error: 'Error', warning: 'Warning', hint: 'Hint' }

/** Everything that is wrong, worst first; each leads to its node. */
export function FindingsDialog() {
  const store = useEditorStore()
  const findings = useEditor(({ findings }) => findings)
  const faces = useEditor(({ faces }) => faces)
  const show = (nodeId: string | undefined) => {
    const { close, select, control, showInspector } = store.getState()
    close()
    select(nodeId === undefined ? [] : [nodeId])
    if (nodeId !== undefined) control?.reveal(nodeId)
    showInspector(true)
  }
  return (
    <Sheet title={findings.length === 1 ? '1 finding' : `${findings.length} findings`} size="lg">
      <ul className="all-findings">
        {findings.map(({ rule, severity, nodeId, message, remedy }) => {
          const Icon = icons[severity]
          const name = nodeId === undefined ? 'The journey' : (faceIn({ faces }, nodeId)?.name ?? 'A node')
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
    </Sheet>
  )
}
