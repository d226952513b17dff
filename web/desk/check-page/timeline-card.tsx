import { t } from '../../translate/translate.ts'
import './timeline-card.css'
import { type TimelineRow, timelineOf } from '../../check-model/timeline.ts'
import { clockTime } from '../../check-model/times.ts'
import { TwoRails } from '../../check-model/two-rails.tsx'
import type { RailRow } from '../../design/rails.tsx'
import type { CheckView } from './use-check.ts'

export function TimelineCard({ check, agent, journey }: CheckView) {
  const rows = timelineOf(check, { agent, messages: journey?.messages ?? [] })
  return (
    <section className="card happened" aria-label={t('What happened')}>
      <header>
        <h2>{t('What happened')}</h2>
      </header>
      <div className="body">
        <TwoRails rows={rows.map((row) => railRow(row))} />
      </div>
    </section>
  )
}

function railRow(row: TimelineRow): RailRow {
  const { key, kind, at, isNew, text, isQuoted, more } = row
  return {
    key,
    kind,
    isNew,
    at,
    time: at === undefined ? undefined : clockTime(at),
    text: <bdi>{isQuoted ? t('“{text}”', { text }) : text}</bdi>,
    more: more === undefined ? undefined : <bdi>{more}</bdi>,
  }
}
