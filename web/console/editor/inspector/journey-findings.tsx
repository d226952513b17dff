import { IconAlertTriangle } from '@tabler/icons-react'
import { useEditor } from '../editor-context.tsx'

/** What is wrong with the journey as a whole. */
export function JourneyFindings() {
  const findings = useEditor(({ findings }) => findings)
  return findings
    .filter(({ nodeId }) => nodeId === undefined)
    .map(({ rule, severity, message, remedy }) => (
      <div
        className={`notice ${severity === 'error' ? 'bad' : 'warn'}`}
        role="note"
        key={`${rule} ${message}`}
      >
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        <div>
          <strong>
            <bdi>{message}</bdi>
          </strong>
          <p>
            <bdi>{remedy}</bdi>
          </p>
        </div>
      </div>
    ))
}
