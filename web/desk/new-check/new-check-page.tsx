import './new-check-page.css'
import { Button, TextInput } from '@mantine/core'
import type { Person } from '../../api/help-desk.ts'
import type { Recent } from '../../api/recent.ts'
import { t } from '../../translate/translate.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { actionText } from '../messages/action-text.ts'
import { firstName, fullName, initials } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import type { Route } from '../navigation/route.ts'
import { RecentStrip } from '../person/recent-strip.tsx'
import { useRecent } from '../person/use-recent.ts'
import { CheckChoice } from './check-choice.tsx'
import { checkFit } from './check-fit.ts'
import { NumberedChoice } from './numbered-choice.tsx'
import type { KnownPause } from './pause-notice.tsx'
import { PeopleSearch } from './people-search.tsx'
import { PersonFacts } from './person-row.tsx'
import { Preview } from './preview.tsx'
import { StartFooter } from './start-footer.tsx'
import { useCheckForm } from './use-check-form.ts'

type Prefill = Extract<Route, { page: 'new' }>

export function NewCheckPage({ prefill }: { prefill: Prefill }) {
  const { checks, agent } = useHelpDesk()
  useDocumentTitle(t('New check · Desk'))
  if (agent === null) return <NotAnAgent />
  if (checks.length === 0) {
    return (
      <section className="desk-empty">
        <h1>{t('No checks yet')}</h1>
        <p>
          {t(
            'This realm offers no check that you could start. Ask an administrator: in the console, the page “Checklist” adds a set of checks.',
          )}
        </p>
      </section>
    )
  }
  return <NewCheckForm prefill={prefill} />
}

/** A report of an attack reaches the form within about a second. */
const recentMs = 1_000

/** A check needs an agent, who gets its codes and whom the caller's page names. */
function NotAnAgent() {
  return (
    <section className="desk-empty">
      <h1>{t('Sign in as an agent to start checks')}</h1>
      <p>
        {t(
          'You see the desk as an administrator. Open it in a private window, and sign in there as an agent.',
        )}
      </p>
      <Link to={{ page: 'history' }}>{t('All history')}</Link>
    </section>
  )
}

function NewCheckForm({ prefill }: { prefill: Prefill }) {
  const desk = useHelpDesk()
  const { form, draft, isFilled, change, focus, submit, state, choice } = useCheckForm(prefill)
  const { person, action, check, reason, ticket } = draft
  const recent = useRecent(person?._id, recentMs)
  const pause = pauseOf(person, recent)
  const hasChoice = desk.checks.length > 1 || choice.insufficient.length > 0 || choice.retry !== undefined
  const filled = isFilled || state.kind === 'starting' || undefined
  return (
    <div className="start stack align-start">
      <form className="stack gap-5" ref={form} onSubmit={submit} data-filled={filled}>
        <h1 className="heading-1 tight">{t('New check')}</h1>
        <CallerField
          person={person}
          initialText={prefill.q ?? ''}
          onChoose={(found) => {
            change({ person: found })
            if (found !== undefined) focus('action')
          }}
        />
        <RecentStrip recent={recent} />
        <ActionChoice
          actions={desk.actions}
          action={action}
          onChoose={(next) => change({ action: next })}
          onNumber={() => focus(desk.checks.length > 1 ? 'check' : 'ticket')}
        />
        {hasChoice && (
          <CheckChoice
            {...choice}
            chosen={check}
            fitOf={(each) => checkFit(each, draft)}
            onChoose={(next) => change({ check: next })}
            onNumber={() => focus('ticket')}
          />
        )}
        <MoreFields ticket={ticket} reason={reason} onChange={change} />
        <StartFooter {...{ draft, state, pause }} onLifted={(lifted) => change({ person: lifted })} />
      </form>
      <Preview
        firstName={person && firstName(person, fullName(person))}
        organisation={desk.organisation}
        agent={desk.shownToCallers}
        purpose={{ action: actionText(action ?? ''), reason, ticket }}
      />
    </div>
  )
}

type CallerFieldProps = {
  person: Person | undefined
  initialText: string
  onChoose(person: Person | undefined): void
}

function CallerField({ person, initialText, onChoose }: CallerFieldProps) {
  return person === undefined ? (
    <PeopleSearch initialText={initialText} onChoose={onChoose} />
  ) : (
    <ChosenPerson person={person} onChange={() => onChoose(undefined)} />
  )
}

type ActionProps = {
  actions: readonly string[]
  action: string | undefined
  onChoose(action: string): void
  onNumber(): void
}

/** The caller's request: one of the realm's actions, or none. The server rejects any other. */
function ActionChoice({ actions, action, ...handlers }: ActionProps) {
  return (
    <NumberedChoice
      part="action"
      legend={t('What do they need?')}
      options={[...actions, ''].map((value) => ({
        key: value,
        value,
        title: value === '' ? t('Only verify the caller') : actionText(value),
      }))}
      chosen={action}
      {...handlers}
    />
  )
}

/** The selected caller. */
function ChosenPerson({ person, onChange }: { person: Person; onChange(): void }) {
  const name = fullName(person)
  return (
    <section className="people-search" aria-label={t('Who is calling')}>
      <p className="question block below-2 text-read strong">{t('Who is calling?')}</p>
      <div className="chosen panel">
        <span className="avatar stack place-center rigid muted text-small strong" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="who stack items-start shrink">
          <bdi className="name strong breaks">{name}</bdi>
          <PersonFacts person={person} />
          <span className="facts-line wrap note">
            {person.userName !== undefined && <bdi>{person.userName}</bdi>}
            {person.department !== undefined && <bdi>{person.department}</bdi>}
          </span>
        </span>
        <Button variant="default" size="xs" onClick={onChange}>
          {t('Change')}
        </Button>
      </div>
      <span className="spoken" role="status">
        {t('{name} chosen', { name })}
      </span>
    </section>
  )
}

type MoreProps = {
  ticket: string
  reason: string
  onChange(changes: { ticket: string } | { reason: string }): void
}

/** Ticket and reason, which the caller's page shows. */
function MoreFields({ ticket, reason, onChange }: MoreProps) {
  return (
    <div className="two stack align-start gap-4" data-part="ticket">
      <TextInput
        label={t('Ticket')}
        maxLength={64}
        value={ticket}
        onChange={(event) => onChange({ ticket: event.currentTarget.value })}
      />
      <TextInput
        label={t('Reason (optional)')}
        description={t('Shown to the caller')}
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={200}
        value={reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
    </div>
  )
}

/** The pause of a person: what the server said last, and before that what the search found. */
function pauseOf(person: Person | undefined, recent: Recent | undefined): KnownPause | undefined {
  if (person === undefined) return undefined
  if (recent !== undefined) return recent.pause ?? undefined
  return person.pausedUntil === null ? undefined : { until: person.pausedUntil }
}
