import './two-rails.css'
import { IconDeviceMobile, IconUser } from '@tabler/icons-react'
import { type RailRow, Rails } from '../design/rails.tsx'
import { t } from '../translate/translate.ts'

/** The timeline of a check, with icons for the agent's and the caller's line. */
export function TwoRails({ rows }: { rows: readonly RailRow[] }) {
  return (
    <>
      <p className="rail-heads">
        <span className="spoken">{t('Left line: the agent’s side. Right line: the caller’s side.')}</span>
        <IconUser size={16} stroke={1.75} aria-hidden />
        <IconDeviceMobile size={16} stroke={1.75} aria-hidden />
      </p>
      <Rails rows={rows} now={t('now')} />
    </>
  )
}
