import './new-check-page.css'
import type { Person } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { actionText } from '../messages/action-text.ts'
import { firstName, fullName } from '../messages/names.ts'
import { Link } from '../navigation/link.tsx'
import type { Route } from '../navigation/route.ts'
import { RecentStrip } from '../person/recent-strip.tsx'
import { useRecent } from '../person/use-recent.ts'
import { ActionChoice } from './action-choice.tsx'
import { CheckChoice } from './check-choice.tsx'
import { checkFit } from './check-fit.ts'
import { ChosenPerson } from './chosen-person.tsx'
import { MoreFields } from './more-fields.tsx'
import { pauseOf } from './pause-of.ts'
import { PeopleSearch } from './people-search.tsx'
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
  return (
    <div className="start">
      <form ref={form} onSubmit={submit} data-filled={isFilled || state.kind === 'starting' || undefined}>
        <h1>{t('New check')}</h1>
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
