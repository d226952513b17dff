import './start-page.css'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { liftPause, type OfferedCheck, type Person } from '../../api/help-desk.ts'
import { shortTime } from '../../check-model/times.ts'
import { Notice } from '../components/notice.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useOffer } from '../layout/offer.ts'
import type { Purpose } from '../live/start-check.ts'
import { firstNameOf, nameOf } from '../messages/names.ts'
import { minutes } from '../messages/words.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Place } from '../navigation/place.ts'
import { ChosenPerson } from './chosen-person.tsx'
import { PeopleSearch } from './people-search.tsx'
import { Preview } from './preview.tsx'
import { ActionChoice, CheckChoice } from './purpose-fields.tsx'
import { StepForm } from './step-form.tsx'
import { type StartState, useStart } from './use-start.ts'

/** A new check: who calls, what for, start. */
type Prepared = Extract<Place, { page: 'new' }>

export function StartPage({ prepared }: { prepared: Prepared }) {
  const { checks } = useOffer()
  useDocumentTitle('New check · Desk')
  const [first] = checks
  if (first === undefined) {
    return (
      <section className="desk-empty">
        <h1>There is no check yet</h1>
        <p>
          A check is a journey that makes a link for the caller. An administrator builds it in the console.
        </p>
      </section>
    )
  }
  return <StartForm first={first} prepared={prepared} />
}

function StartForm({ first, prepared }: { first: OfferedCheck; prepared: Prepared }) {
  const realm = useRealm()
  const { checks, actions, organisation, shownToCallers } = useOffer()
  const [person, setPerson] = useState<Person>()
  const [check, setCheck] = useState(first)
  const [purpose, setPurpose] = useState<Purpose>({
    action: actions.find((action) => action === prepared.action) ?? actions[0] ?? '',
    reason: '',
    ticket: prepared.ticket ?? '',
  })
  const { state, start, answer, giveUp } = useStart()
  const starting = person && { realm, check, person, purpose }
  if (state.kind === 'asks') {
    return (
      <StepForm
        step={state.step}
        onAnswer={(step) => answer(state.starting, step)}
        onGiveUp={giveUp}
        title={check.title}
      />
    )
  }
  return (
    <div className="start">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (starting !== undefined && state.kind !== 'starting') start(starting)
        }}
      >
        <h1>New check</h1>
        <WhoCalls person={person} initialText={prepared.q ?? ''} onChoose={setPerson} />
        <ActionChoice actions={actions} purpose={purpose} onChange={setPurpose} />
        <MoreFields purpose={purpose} onChange={setPurpose} />
        {checks.length > 1 && <CheckChoice checks={checks} chosen={check} onChoose={setCheck} />}
        <Go check={check} person={person} state={state} onLifted={setPerson} />
      </form>
      <Preview
        firstName={person && firstNameOf(person, nameOf(person))}
        organisation={organisation}
        agent={shownToCallers}
        purpose={purpose}
      />
    </div>
  )
}

type WhoProps = {
  person: Person | undefined
  initialText: string
  onChoose(person: Person | undefined): void
}

function WhoCalls({ person, initialText, onChoose }: WhoProps) {
  return person === undefined ? (
    <PeopleSearch initialText={initialText} onChoose={onChoose} />
  ) : (
    <ChosenPerson person={person} onChange={() => onChoose(undefined)} />
  )
}

type GoProps = {
  check: OfferedCheck
  person: Person | undefined
  state: StartState
  onLifted(person: Person): void
}

/** The start itself, and what stands against it. */
function Go({ check, person, state, onLifted }: GoProps) {
  const pausedUntil = person?.pausedUntil ?? null
  const lacksMail = person !== undefined && !person.hasMail && check.takesMail
  return (
    <>
      {lacksMail && (
        <Notice tone="bad" title={`${nameOf(person)} has no mail address on file.`}>
          This check finds people by it.
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
            ? 'Find the caller first.'
            : `The link works for ${minutes(Math.round(check.lifeSeconds / 60))}.`}
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
        label="Reason, if it helps"
        description="The caller reads it, too."
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={200}
        value={purpose.reason}
        onChange={(event) => onChange({ ...purpose, reason: event.currentTarget.value })}
      />
    </div>
  )
}

/** A lead who knows what happened can end the pause. */
function PauseNotice({ person, until, onLifted }: { person: Person; until: number; onLifted(): void }) {
  const realm = useRealm()
  const { mayLiftPauses } = useOffer()
  const lift = useMutation({ mutationFn: () => liftPause(realm, person._id), onSuccess: onLifted })
  const retry = mayLiftPauses ? { onRetry: () => lift.mutate(), retry: 'Lift the pause' } : {}
  return (
    <Notice tone="bad" title={`No check of ${nameOf(person)} before ${shortTime(until)}.`} {...retry}>
      The caller of the last one said that it was not them. Treat this call as an attack.
      {lift.isError ? ' The pause could not be lifted.' : ''}
    </Notice>
  )
}
