import './new-check-page.css'
import { type FormEvent, useRef, useState } from 'react'
import type { Person } from '../../api/help-desk.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { firstName, fullName } from '../messages/names.ts'
import { needsLine } from '../messages/requirement-texts.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'
import { ActionChoice } from './action-choice.tsx'
import { CheckChoice } from './check-choice.tsx'
import { type CheckDraft, type DraftPart, firstDraft, missingPart, startOptions } from './check-draft.ts'
import { checkFit, sortedChecks, withoutRefused } from './check-fit.ts'
import { ChosenPerson } from './chosen-person.tsx'
import { MoreFields } from './more-fields.tsx'
import { PeopleSearch } from './people-search.tsx'
import { Preview } from './preview.tsx'
import { StartFooter } from './start-footer.tsx'
import { usePrefilledPerson } from './use-prefilled-person.ts'
import { useRequirements } from './use-requirements.ts'
import { useStart } from './use-start.ts'

type Prefill = Extract<Route, { page: 'new' }>

export function NewCheckPage({ prefill }: { prefill: Prefill }) {
  const { checks } = useHelpDesk()
  useDocumentTitle('New check · Desk')
  if (checks.length === 0) {
    return (
      <section className="desk-empty">
        <h1>No checks yet</h1>
        <p>
          A check is a journey that creates a link for the caller. Administrators build it in the console.
        </p>
      </section>
    )
  }
  return <NewCheckForm prefill={prefill} />
}

function NewCheckForm({ prefill }: { prefill: Prefill }) {
  const realm = useRealm()
  const desk = useHelpDesk()
  const [chosen, setDraft] = useState(() => firstDraft(desk, prefill))
  const requirements = useRequirements(chosen)
  const { suiting, insufficient } = sortedChecks(desk.checks, requirements)
  const draft = withoutRefused(chosen, insufficient)
  const change = (changes: Partial<CheckDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const form = useRef<HTMLFormElement>(null)
  const { state, start } = useStart()
  usePrefilledPerson(prefill, (found) => {
    change({ person: found })
    focusOn(form.current, missingPart({ ...draft, person: found }) ?? 'ticket')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const options = startOptions(realm, draft)
    if (options === undefined) focusOn(form.current, missingPart(draft))
    else if (state.kind !== 'starting') start(options)
  }
  const { person, action, check, reason, ticket } = draft
  return (
    <div className="start">
      <form ref={form} onSubmit={submit}>
        <h1>New check</h1>
        <CallerField
          person={person}
          initialText={prefill.q ?? ''}
          onChoose={(found) => {
            change({ person: found })
            if (found !== undefined) focusOn(form.current, 'action')
          }}
        />
        <ActionChoice
          actions={desk.actions}
          action={action}
          onChoose={(next) => change({ action: next })}
          onNumber={() => focusOn(form.current, desk.checks.length > 1 ? 'check' : 'ticket')}
        />
        {(desk.checks.length > 1 || insufficient.length > 0) && (
          <CheckChoice
            checks={suiting}
            needs={requirements && needsLine(action ?? '', requirements.needs)}
            insufficient={insufficient}
            chosen={check}
            fitOf={(each) => checkFit(each, draft)}
            onChoose={(next) => change({ check: next })}
            onNumber={() => focusOn(form.current, 'ticket')}
          />
        )}
        <MoreFields ticket={ticket} reason={reason} onChange={change} />
        <StartFooter draft={draft} state={state} onLifted={(lifted) => change({ person: lifted })} />
      </form>
      <Preview
        firstName={person && firstName(person, fullName(person))}
        organisation={desk.organisation}
        agent={desk.shownToCallers}
        purpose={{ action: action ?? '', reason, ticket }}
      />
    </div>
  )
}

/** Moves the focus to a question of the form, at its chosen answer if there is one. */
function focusOn(form: HTMLFormElement | null, part: DraftPart | 'ticket' | undefined): void {
  const inputs = form?.querySelectorAll<HTMLInputElement>(`[data-part="${part}"] input`) ?? []
  const input = [...inputs].find(({ checked }) => checked) ?? inputs[0]
  input?.focus()
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
