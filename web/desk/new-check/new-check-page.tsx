import './new-check-page.css'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { liftPause, type OfferedCheck, type Person } from '../../api/help-desk.ts'
import { shortTime } from '../../check-model/times.ts'
import type { Purpose } from '../checks/start-check.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { formatMinutes } from '../messages/check-messages.ts'
import { firstName, fullName } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'
import { ChosenPerson } from './chosen-person.tsx'
import { PeopleSearch } from './people-search.tsx'
import { Preview } from './preview.tsx'
import { ActionChoice, CheckChoice } from './purpose-fields.tsx'
import { StepForm } from './step-form.tsx'
import { type StartState, useStart } from './use-start.ts'

type Prefill = Extract<Route, { page: 'new' }>

export function NewCheckPage({ prefill }: { prefill: Prefill }) {
  const { checks } = useHelpDesk()
  useDocumentTitle('New check · Desk')
  const [first] = checks
  if (first === undefined) {
    return (
      <section className="desk-empty">
        <h1>No checks yet</h1>
        <p>
          A check is a journey that creates a link for the caller. Administrators build it in the console.
        </p>
      </section>
    )
  }
  return <NewCheckForm first={first} prefill={prefill} />
}

function NewCheckForm({ first, prefill }: { first: OfferedCheck; prefill: Prefill }) {
  const realm = useRealm()
  const { checks, actions, organisation, shownToCallers } = useHelpDesk()
  const [person, setPerson] = useState<Person>()
  const [check, setCheck] = useState(first)
  const [purpose, setPurpose] = useState<Purpose>({
    action: actions.find((action) => action === prefill.action) ?? actions[0] ?? '',
    reason: '',
    ticket: prefill.ticket ?? '',
  })
  const { state, start, answer, reset } = useStart()
  const options = person && { realm, check, person, purpose }
  if (state.kind === 'asks') {
    return (
      <StepForm
        step={state.step}
        onAnswer={(step) => answer(state.options, step)}
        onBack={reset}
        title={check.title}
      />
    )
  }
  return (
    <div className="start">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (options !== undefined && state.kind !== 'starting') start(options)
        }}
      >
        <h1>New check</h1>
        <CallerField person={person} initialText={prefill.q ?? ''} onChoose={setPerson} />
        <ActionChoice actions={actions} purpose={purpose} onChange={setPurpose} />
        <MoreFields purpose={purpose} onChange={setPurpose} />
        {checks.length > 1 && <CheckChoice checks={checks} chosen={check} onChoose={setCheck} />}
        <StartButton check={check} person={person} state={state} onLifted={setPerson} />
      </form>
      <Preview
        firstName={person && firstName(person, fullName(person))}
        organisation={organisation}
        agent={shownToCallers}
        purpose={purpose}
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

type StartButtonProps = {
  check: OfferedCheck
  person: Person | undefined
  state: StartState
  onLifted(person: Person): void
}

/** The start button, and the reasons why a check cannot start. */
function StartButton({ check, person, state, onLifted }: StartButtonProps) {
  const pausedUntil = person?.pausedUntil ?? null
  const lacksEmail = person !== undefined && !person.hasMail && check.takesMail
  return (
    <>
      {lacksEmail && (
        <Notice tone="bad" title={`${fullName(person)} has no email address on file.`}>
          This check looks people up by email address.
        </Notice>
      )}
      {pausedUntil !== null && person !== undefined && (
        <PauseNotice
          person={person}
          until={pausedUntil}
          onLifted={() => onLifted({ ...person, pausedUntil: null })}
        />
      )}
      {state.kind === 'failed' && (
        <Notice tone="bad" title={state.title}>
          {state.reason}
        </Notice>
      )}
      <div className="go">
        <Button
          type="submit"
          size="md"
          disabled={person === undefined || pausedUntil !== null}
          loading={state.kind === 'starting'}
        >
          Start check
        </Button>
        <p>
          {person === undefined
            ? 'Choose the caller first.'
            : `The link works for ${formatMinutes(Math.round(check.lifeSeconds / 60))}.`}
        </p>
      </div>
    </>
  )
}

function MoreFields({ purpose, onChange }: { purpose: Purpose; onChange(purpose: Purpose): void }) {
  return (
    <div className="two">
      <TextInput
        label="Ticket"
        maxLength={64}
        value={purpose.ticket}
        onChange={(event) => onChange({ ...purpose, ticket: event.currentTarget.value })}
      />
      <TextInput
        label="Reason (optional)"
        description="Shown to the caller"
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={200}
        value={purpose.reason}
        onChange={(event) => onChange({ ...purpose, reason: event.currentTarget.value })}
      />
    </div>
  )
}

/** Agent leads can lift the pause. */
function PauseNotice({ person, until, onLifted }: { person: Person; until: number; onLifted(): void }) {
  const realm = useRealm()
  const { mayLiftPauses } = useHelpDesk()
  const lift = useMutation({ mutationFn: () => liftPause(realm, person._id), onSuccess: onLifted })
  const retry = mayLiftPauses ? { onRetry: () => lift.mutate(), retry: 'Lift the pause' } : {}
  return (
    <Notice
      tone="bad"
      title={`Checks of ${fullName(person)} are paused until ${shortTime(until)}.`}
      {...retry}
    >
      The person in the last check pressed “This is not me”. Treat this call as an attack.
      {lift.isError ? ' The pause could not be lifted.' : ''}
    </Notice>
  )
}
