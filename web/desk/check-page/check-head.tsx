import { t } from '../../translate/translate.ts'
import './check-head.css'
import { Button } from '@mantine/core'
import { clockTime } from '../../check-model/times.ts'
import { HandOver } from '../hand-over/hand-over.tsx'
import { useCheckList } from '../layout/use-check-list.ts'
import { actionText } from '../messages/action-text.ts'
import { initials } from '../messages/names.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { PersonFacts } from '../new-check/person-row.tsx'
import { CancelCheck } from './cancel-check.tsx'
import type { CheckView } from './use-check.ts'

/** The caller and the purpose of a check. */
export function CheckHead(view: CheckView) {
  const { name, person, row, check, agent, reference } = view
  const startedAt = check.events[0]?.at
  return (
    <div>
      <header className="check-head row wrap">
        <span className="avatar large stack place-center rigid muted text-read strong" aria-hidden="true">
          {initials(name)}
        </span>
        <div className="who">
          <h1 className="heading-1 tight breaks">
            <bdi>{name}</bdi>
          </h1>
          {person !== undefined && (
            <p className="wrap note">
              <PersonFacts person={person} />
              {person.department !== undefined && <bdi>{person.department}</bdi>}
            </p>
          )}
        </div>
        <CheckActs {...view} />
      </header>
      <dl className="check-facts wrap above-2 text-note">
        <Fact name={t('Vouches for')} text={row?.vouchFor} />
        <Fact name={t('Request')} text={row?.action && actionText(row.action)} />
        <Fact name={t('Ticket')} text={row?.ticket} />
        <Fact name={t('Reason')} text={row?.reason} />
        <Fact name={t('Check')} text={row?.checkTitle} />
        <Fact name={t('Second agent')} text={row?.secondAgent} />
        <Fact name={t('Started')} text={startedAt && startedText(startedAt, row?.openedBy ?? agent)} />
        <Fact name={t('Reference')} text={reference} />
      </dl>
    </div>
  )
}

/** @param agent undefined for the person who looks at the check. */
function startedText(at: number, agent: string | undefined): string {
  const time = clockTime(at)
  return agent === undefined ? t('{time} by you', { time }) : t('{time} by {agent}', { time, agent })
}

function Fact({ name, text }: { name: string; text: string | number | null | undefined }) {
  if (text === null || text === undefined || text === '') return null
  return (
    <div className="flex shrink gap-6px">
      <dt className="muted">{name}</dt>
      <dd className="shrink medium breaks">
        <bdi>{text}</bdi>
      </dd>
    </div>
  )
}

/** What the agent can do with the whole check, at the end of its head. */
function CheckActs(view: CheckView) {
  const { isRunning, reference, name } = view
  const navigate = useNavigate()
  const { running } = useCheckList()
  const next = running[0]?.row.reference
  // The oldest check that still needs the agent.
  const close = () => navigate(next === undefined ? { page: 'checks' } : { page: 'check', reference: next })
  return (
    <div className="acts wrap gap-2">
      <HandOver {...view} />
      {isRunning ? (
        <CancelCheck reference={reference} name={name} />
      ) : (
        <Button variant="default" onClick={close}>
          {t('Close')}
        </Button>
      )}
    </div>
  )
}
