import type { WallAnswer } from '../../api/leads.ts'
import { Mark } from '../../design/mark.tsx'
import { formatNumber, t } from '../../translate/translate.ts'
import { useAnswerable } from '../approvals/approval-queries.ts'
import { actionText } from '../messages/action-text.ts'
import { Link } from '../navigation/link.tsx'
import { WallTimeLeft } from './wall-time-left.tsx'

export type Awaited = WallAnswer['awaited'][number]

/** Checks that wait for a second agent, before there is a link. Absent without any. */
export function AwaitedRows({ awaited, now }: { awaited: readonly Awaited[]; now: number }) {
  const answerable = useAnswerable().map(({ _id }) => _id)
  if (awaited.length === 0) return null
  return (
    <section className="wall-part others stack gap-3" aria-labelledby="awaited">
      <h2 className="heading-2" id="awaited">
        {t('Waiting for a second agent')}{' '}
        <span className="count regular muted">{formatNumber(awaited.length)}</span>
      </h2>
      <ul className="stack gap-2">
        {awaited.map((row) => (
          <Row key={row._id} row={row} mayAnswer={answerable.includes(row._id)} now={now} />
        ))}
      </ul>
    </section>
  )
}

function Row({ row, mayAnswer, now }: { row: Awaited; mayAnswer: boolean; now: number }) {
  const { _id: id, subject, action, checkTitle, agent, isOwn, expiresAt } = row
  return (
    <li className="wall-row panel stack align-center shrink">
      <Mark state={{ kind: 'live', place: 1 }} />
      <p className="who shrink breaks">
        {mayAnswer ? (
          <Link to={{ page: 'approval', id }}>
            <bdi>{subject}</bdi>
          </Link>
        ) : (
          <b>
            <bdi>{subject}</bdi>
          </b>
        )}
        <span className="what block muted">
          <bdi>{action === null ? checkTitle : actionText(action)}</bdi>
        </span>
      </p>
      <p className="state shrink breaks">
        <span>{t('Needs approval')}</span>
        <span className="by block muted">
          <bdi>{isOwn ? t('You asked') : agent}</bdi>
        </span>
      </p>
      <p className="time figures medium nowrap text-end shrink breaks">
        <WallTimeLeft expiresAt={expiresAt} now={now} />
      </p>
    </li>
  )
}
