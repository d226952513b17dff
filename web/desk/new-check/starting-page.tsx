import './starting-page.css'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { t } from '../../translate/translate.ts'
import { awaitedApproval } from '../approvals/approval-step.ts'
import { ApprovalWait, DeclinedNotice } from '../approvals/approval-wait.tsx'
import { forgetStarting, type StartingCheck, useStartingChecks } from '../checks/starting-store.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { actionText } from '../messages/action-text.ts'
import { fullName, initials } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import { useNavigate } from '../navigation/navigation.ts'
import { PersonFacts } from './person-row.tsx'
import { repeatRoute } from './repeat-route.ts'
import { StepForm } from './step-form.tsx'
import { useStart } from './use-start.ts'

/** A check whose front journey asks the agent before it creates a link. */
export function StartingPage({ id }: { id: string }) {
  const starting = useStartingChecks((all) => all[id])
  const { agent } = useHelpDesk()
  useDocumentTitle(
    starting === undefined ? t('Desk') : t('Starting · {name}', { name: fullName(starting.person) }),
  )
  if (starting === undefined || starting.agentId !== agent?._id) {
    return (
      <section className="desk-empty">
        <h1>{t('Nothing to start here')}</h1>
        <p>{t('Only the window that began to start this check can go on with it.')}</p>
        <Link to={{ page: 'new' }}>{t('New check')}</Link>
      </section>
    )
  }
  return <StartingForm id={id} starting={starting} />
}

function StartingForm({ id, starting }: { id: string; starting: StartingCheck }) {
  const { check, step } = starting
  const navigate = useNavigate()
  const { state, answer } = useStart(id)
  const failed = starting.failure ?? (state.kind === 'failed' ? state : undefined)
  const isFailed = state.kind === 'failed' && state.isOver
  const isOver = useOver(id, isFailed || starting.failure !== undefined)
  const approval = awaitedApproval(step)
  const startOver = () => {
    forgetStarting(id)
    navigate(repeatRoute(starting))
  }
  return (
    <article className="starting stack gap-4">
      <StartingHead {...starting} />
      {failed !== undefined && (
        <Notice tone="bad" title={failed.title}>
          {failed.reason}
        </Notice>
      )}
      {failed === undefined && approval === undefined && <DeclinedNotice starting={starting} />}
      {isOver ? (
        <Button className="over" onClick={startOver}>
          {t('Back to the form')}
        </Button>
      ) : approval !== undefined ? (
        <ApprovalWait id={id} approval={approval} />
      ) : (
        <section className="card" aria-label={check.title}>
          <StepForm
            key={step.authId}
            step={step}
            title={check.title}
            heading="h2"
            isBusy={state.kind === 'starting'}
            onAnswer={(answered) => answer(starting, answered)}
            onBack={startOver}
          />
        </section>
      )}
    </article>
  )
}

/** Forgets a start that is over when the agent leaves its page, so that it does not stay in the list. */
function useOver(id: string, isOver: boolean): boolean {
  const [wasOver, setWasOver] = useState(false)
  if (isOver && !wasOver) setWasOver(true)
  useEffect(() => {
    if (wasOver) return () => forgetStarting(id)
    return undefined
  }, [id, wasOver])
  return wasOver
}

function StartingHead({ person, purpose, check }: StartingCheck) {
  const name = fullName(person)
  const facts = [check.title, actionText(purpose.action), purpose.ticket].filter((text) => text !== '')
  return (
    <header className="check-head row wrap">
      <span className="avatar large stack place-center rigid muted text-read strong" aria-hidden="true">
        {initials(name)}
      </span>
      <div className="who">
        <h1 className="heading-1 tight breaks">
          <bdi>{name}</bdi>
        </h1>
        <PersonFacts person={person} />
        <span className="facts-line wrap note">
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
        </span>
      </div>
    </header>
  )
}
