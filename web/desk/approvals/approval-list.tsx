import './approvals.css'
import { IconUsers } from '@tabler/icons-react'
import type { Approval } from '../../api/approvals.ts'
import { timeLeft } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import { useServerNow } from '../components/use-server-now.ts'
import { Link } from '../navigation/link.tsx'
import { useRoute } from '../navigation/navigation.ts'
import { useAnswerable } from './approval-queries.ts'

/** Requests of colleagues in the list at the side. */
export function ApprovalList() {
  const waiting = useAnswerable()
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="approvals" className="approval-list">
      <header className="row justify-between">
        <h2 className="fine strong" id="approvals">
          {t('Approvals ({count})', { count: waiting.length })}
        </h2>
      </header>
      <ul>
        {waiting.map((approval) => (
          <ApprovalLink key={approval._id} {...approval} />
        ))}
      </ul>
    </section>
  )
}

function ApprovalLink({ _id, requestedBy, subjectName, expiresAt }: Approval) {
  const time = timeLeft(expiresAt, useServerNow())
  return (
    <li>
      <Link to={{ page: 'approval', id: _id }} className="case hoverable stack align-center inked">
        <IconUsers size={20} stroke={1.75} aria-hidden />
        <span className="stack shrink">
          <bdi className="name one-line medium">{subjectName}</bdi>
          <span className="what note">
            <Translated text="{name} asks you" values={{ name: <bdi>{requestedBy.displayName}</bdi> }} />
          </span>
        </span>
        <span className="time figures fine">
          <span aria-hidden="true">{time}</span>
          <span className="spoken">{t('{time} left', { time })}</span>
        </span>
      </Link>
    </li>
  )
}

/** Calls an agent who looks at another page. */
export function ApprovalCall() {
  const route = useRoute()
  const shown = route.page === 'approval' ? route.id : undefined
  const [approval] = useAnswerable().filter(({ _id }) => _id !== shown)
  return (
    <div role="status">
      {approval !== undefined && (
        <div className="approval-call callout warn row wrap below-4 pad-3 text-note">
          <IconUsers size={18} stroke={1.75} aria-hidden />
          <p>
            <Translated
              text="{agent} needs a second agent for a check of {caller}."
              values={{
                agent: (
                  <b className="strong">
                    <bdi>{approval.requestedBy.displayName}</bdi>
                  </b>
                ),
                caller: <bdi>{approval.subjectName}</bdi>,
              }}
            />
          </p>
          <Link to={{ page: 'approval', id: approval._id }}>{t('Look at it')}</Link>
        </div>
      )}
    </div>
  )
}
