import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import './check-list.css'
import { IconColumns3, IconPlus } from '@tabler/icons-react'
import { isAlarm } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { shortTime, timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { ApprovalList } from '../approvals/approval-list.tsx'
import { awaitedApproval } from '../approvals/approval-step.ts'
import { type KeptDraft, useOwnDraft } from '../checks/draft-store.ts'
import { type StartingCheck, useStartingChecks } from '../checks/starting-store.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { OfferedChecks } from '../hand-over/offered-checks.tsx'
import { shortStatus } from '../messages/check-messages.ts'
import { fullName } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { useHelpDesk } from './queries.ts'
import { type ListedCheck, useCheckList } from './use-check-list.ts'

/** The sidebar: running checks, then the other checks of today. */
export function CheckList() {
  const { running, waiting, today, isReady } = useCheckList()
  const starting = useOwnStarting()
  const draft = useOwnDraft()
  const { agent } = useHelpDesk()
  return (
    <nav className="check-list flex gap-5" aria-label={t('Checks')}>
      {agent !== null && <NewCheckLink />}
      <ApprovalList />
      {!isReady && <Skeleton />}
      <OfferedChecks />
      {running.length + starting.length + Number(draft !== undefined) > 0 && (
        <section aria-labelledby="under-way">
          <header className="row justify-between">
            <h2 className="fine strong" id="under-way">
              {t('In progress')}
            </h2>
            <Link to={{ page: 'side-by-side' }} className="to-side-by-side align-center text-small medium">
              <IconColumns3 size={16} stroke={1.75} aria-hidden />
              {t('All checks')}
            </Link>
          </header>
          <ul>
            {draft !== undefined && <DraftLink draft={draft} />}
            {starting.map(([id, check]) => (
              <StartingLink key={id} id={id} {...check} />
            ))}
            {running.map((listed) => (
              <CheckLink key={listed.row.reference} {...listed} isRunning />
            ))}
          </ul>
        </section>
      )}
      <EndedChecks id="waiting" title={t('Not usable yet')} checks={waiting} />
      <EndedChecks id="earlier-today" title={t('Earlier today')} checks={today} />
      {isReady && <HistoryLink />}
    </nav>
  )
}

type EndedProps = { id: string; title: string; checks: readonly ListedCheck[] }

function EndedChecks({ id, title, checks }: EndedProps) {
  if (checks.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <header className="row justify-between">
        <h2 className="fine strong" id={id}>
          {title}
        </h2>
      </header>
      <ul>
        {checks.map((listed) => (
          <CheckLink key={listed.row.reference} {...listed} isRunning={false} />
        ))}
      </ul>
    </section>
  )
}

function NewCheckLink() {
  return (
    <Link to={{ page: 'new' }} className="new-check flex rigid align-center gap-2 strong">
      <IconPlus size={16} stroke={2} aria-hidden />
      {t('New check')}
      <span className="key push-end text-small" aria-hidden="true">
        {'N'}
      </span>
    </Link>
  )
}

/** The form of a new check that the agent left to look at another page. */
function DraftLink({ draft }: { draft: KeptDraft }) {
  const name = draft.person === undefined ? t('A caller') : fullName(draft.person)
  return (
    <li>
      <Link to={{ page: 'new' }} className="case hoverable stack align-center inked">
        <Mark state={{ kind: 'live', place: 0 }} />
        <span className="stack shrink">
          <bdi className="name one-line medium" title={name}>
            {name}
          </bdi>
          <span className="what note">{t('Starting')}</span>
        </span>
      </Link>
    </li>
  )
}

function HistoryLink() {
  return (
    <Link to={{ page: 'history' }} className="all-history text-note">
      {t('All history')}
    </Link>
  )
}

/** The agent's checks that ask them before there is a link. */
function useOwnStarting(): [string, StartingCheck][] {
  const all = useStartingChecks()
  const { agent } = useHelpDesk()
  const realm = useRealm()
  return Object.entries(all).filter(([, one]) => one.agentId === agent?._id && one.realm === realm)
}

function StartingLink({ id, person, check, step }: StartingCheck & { id: string }) {
  const name = fullName(person)
  return (
    <li>
      <Link to={{ page: 'starting', id }} className="case hoverable stack align-center inked">
        <Mark state={{ kind: 'live', place: 0 }} />
        <span className="stack shrink">
          <bdi className="name one-line medium" title={name}>
            {name}
          </bdi>
          <span className="what note">
            {awaitedApproval(step) === undefined ? (
              <Translated text="Starting: {check}" values={{ check: <bdi>{check.title}</bdi> }} />
            ) : (
              t('Waiting for a second agent')
            )}
          </span>
        </span>
      </Link>
    </li>
  )
}

function CheckLink({ row, standing, isRunning }: ListedCheck & { isRunning: boolean }) {
  const isAlarming = isAlarm(standing)
  const subject = row.subject ?? t('A caller')
  const name =
    row.vouchFor === null ? subject : t('{caller} · asked: {name}', { caller: row.vouchFor, name: subject })
  return (
    <li>
      <Link
        to={{ page: 'check', reference: row.reference }}
        className="case hoverable stack align-center inked"
      >
        <Mark state={checkMark(standing)} />
        <span className="stack shrink">
          <bdi className="name one-line medium" title={name}>
            {name}
          </bdi>
          <span className={isAlarming ? 'what text-note ink-alarm medium' : 'what note'}>
            {shortStatus(standing, row.grant)}
          </span>
          {isRunning && row.alsoCheckedBy !== null && (
            <span className="text-note ink-alarm medium">{t('A colleague checks this person, too')}</span>
          )}
        </span>
        {isRunning ? (
          <TimeLeft expiresAt={row.expiresAt} />
        ) : (
          <span className="time figures fine">{shortTime(row.endedAt ?? row.startedAt)}</span>
        )}
      </Link>
    </li>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useServerNow()
  return (
    <span className="time figures fine">
      <span aria-hidden="true">{timeLeft(expiresAt, now)}</span>
      <span className="spoken">{t('{time} left', { time: timeLeft(expiresAt, now) })}</span>
    </span>
  )
}

/** A placeholder until the list has loaded. Not animated. */
function Skeleton() {
  return (
    <div className="bones stack gap-3" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  )
}
