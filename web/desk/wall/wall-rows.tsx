import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { acknowledgeRejection } from '../../api/help-desk.ts'
import type { WallRow } from '../../api/leads.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { timeAgo } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { formatNumber, t } from '../../translate/translate.ts'
import { TakeOver } from '../hand-over/take-over.tsx'
import { useHandOver } from '../hand-over/use-hand-over.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import type { Need, WallCheck } from './need.ts'
import { WallTimeLeft } from './wall-time-left.tsx'

type WallRowsProps = {
  id: string
  title: string
  checks: readonly WallCheck[]
  now: number
  /** Shown without checks. */
  none: string
}

/** A part of the wall. Checks without a need are narrower, so that many fit on a screen. */
export function WallRows({ id, title, checks, now, none }: WallRowsProps) {
  return (
    <section className={`stack gap-3 wall-part ${id}`} aria-labelledby={id}>
      <h2 className="heading-2" id={id}>
        {title} <span className="count regular muted">{formatNumber(checks.length)}</span>
      </h2>
      {checks.length === 0 ? (
        <p className="none muted">{none}</p>
      ) : (
        <ul className="stack gap-2">
          {checks.map((check) => (
            <Row key={check.row.reference} {...check} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ row, need, now }: WallCheck & { now: number }) {
  const { reference, subject, action, agent } = row
  const standing = standingOfRow(row)
  return (
    <li className={`panel stack align-center shrink wall-row ${need?.tone ?? ''}`}>
      <Mark state={checkMark(standing)} />
      <p className="who shrink breaks">
        <Link to={{ page: 'check', reference }}>
          <bdi>{subject ?? t('A caller')}</bdi>
        </Link>
        <span className="what block muted">
          <bdi>{action === null ? t('No action') : actionText(action)}</bdi>
        </span>
      </p>
      {need !== undefined && <p className="need heading-2 shrink breaks">{need.text}</p>}
      {need !== undefined && (
        <div className="acts">
          <Act act={need.act} row={row} />
        </div>
      )}
      <p className="state shrink breaks">
        <span className={isAlarm(standing) ? 'block ink-alarm medium' : 'block'}>
          {shortStatus(standing)}
        </span>
        <span className="by block muted">
          <bdi>{agent ?? t('A client')}</bdi>
        </span>
      </p>
      <p className="time figures medium nowrap text-end shrink breaks">
        <TimeOf row={row} now={now} />
      </p>
    </li>
  )
}

function Act({ act, row }: { act: Need['act']; row: WallRow }) {
  const { reference } = row
  const name = row.subject ?? t('A caller')
  if (act === 'takeOver') return <TakeOver reference={reference} name={name} />
  return act === 'markRead' ? <MarkRead reference={reference} name={name} /> : null
}

function TimeOf({ row, now }: { row: WallRow; now: number }) {
  const { ending, expiresAt, endedAt, rejectedAt } = row
  if (ending !== null) return timeAgo(rejectedAt ?? endedAt ?? expiresAt, now)
  return <WallTimeLeft expiresAt={expiresAt} now={now} />
}

/** Records that the lead read the caller's "this is not me". The check then leaves the wall. */
function MarkRead({ reference, name }: { reference: string; name: string }) {
  const queries = useQueryClient()
  const { run, problem, isBusy } = useHandOver()
  const read = async () => {
    await run((realm) => acknowledgeRejection(realm, reference))
    await queries.invalidateQueries({ queryKey: ['wall'] })
  }
  return (
    <>
      <Button
        variant="default"
        loading={isBusy}
        onClick={read}
        aria-label={t('Mark as read: {name}', { name })}
      >
        {t('Mark as read')}
      </Button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </>
  )
}
