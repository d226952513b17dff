import type { Transaction } from '../../api/transactions.ts'
import type { Check } from '../../check-model/check.ts'
import { printableJson } from '../../check-model/printable-json.ts'
import { type TimelineRow, timelineOf } from '../../check-model/timeline.ts'
import { clockTime } from '../../check-model/times.ts'
import { TwoRails } from '../../check-model/two-rails.tsx'
import type { RailRow } from '../../design/rails.tsx'
import { openerOf } from './labels.ts'

/** The events of both sides, and the merged data of all notifications. */
export function Timeline({ record, check }: { record: Transaction; check: Check }) {
  const rows = timelineOf(check, { agent: openerOf(record) })
  const data = notificationData(check)
  return (
    <>
      <h3 className="heading-3">Timeline</h3>
      <div className="timeline">
        <TwoRails rows={rows.map(railRow)} />
      </div>
      {data !== undefined && (
        <>
          <h3 className="heading-3">Notification data</h3>
          <pre className="notification-data inked mono text-small text-start breaks">
            {printableJson(data)}
          </pre>
        </>
      )}
    </>
  )
}

function railRow({ key, kind, at, isNew, text, isQuoted, more, data }: TimelineRow): RailRow {
  const said =
    data === undefined ? (
      more
    ) : (
      <code className="block inked mono text-small text-start breaks">{printableJson(data, true)}</code>
    )
  return {
    key,
    kind,
    isNew,
    time: at === undefined ? undefined : clockTime(at),
    text: <bdi>{isQuoted ? `“${text}”` : text}</bdi>,
    more: said && <bdi>{said}</bdi>,
  }
}

/** Notification data as the waiting journey reads it: later notifications overwrite keys of earlier ones. */
function notificationData({ events }: Check): object | undefined {
  const notifications = events.flatMap(({ kind, data }) =>
    kind === 'notification' && typeof data === 'object' && data !== null ? [data] : [],
  )
  return notifications.length === 0 ? undefined : Object.assign({}, ...notifications)
}
