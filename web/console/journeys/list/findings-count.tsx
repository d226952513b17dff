import { IconAlertTriangle, IconBulb, IconCheck, IconCircleX } from '@tabler/icons-react'
import type { JourneyRow } from '../../../api/journeys.ts'

/** The number of findings by severity, worst first. */
export function FindingsCount({ findings: { error, warning, hint } }: Pick<JourneyRow, 'findings'>) {
  if (error + warning + hint === 0) {
    return (
      <span className="no-findings align-center gap-6px muted nowrap">
        <IconCheck size={14} stroke={2} aria-hidden />
        None
      </span>
    )
  }
  return (
    <span className="chips wrap">
      {error > 0 && (
        <span className="chip bad align-center nowrap">
          <IconCircleX size={14} stroke={2} aria-hidden />
          {counted(error, 'error')}
        </span>
      )}
      {warning > 0 && (
        <span className="chip warn align-center nowrap">
          <IconAlertTriangle size={14} stroke={2} aria-hidden />
          {counted(warning, 'warning')}
        </span>
      )}
      {hint > 0 && (
        <span className="chip align-center nowrap">
          <IconBulb size={14} stroke={2} aria-hidden />
          {counted(hint, 'hint')}
        </span>
      )}
    </span>
  )
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
