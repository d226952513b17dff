import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { findPeople, type Person, type Requirements, readRequirements } from '../../api/help-desk.ts'
import { type KeptDraft, keepDraft, takeUpDraft, useOwnDraft } from '../checks/draft-store.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { needsLine } from '../messages/requirement-texts.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'
import {
  type CheckDraft,
  type DraftPart,
  firstDraft,
  isFilled,
  missingPart,
  startOptions,
} from './check-draft.ts'
import { sortedChecks, withoutRefused } from './check-fit.ts'
import { useStart } from './use-start.ts'

type FormPart = DraftPart | 'ticket' | undefined

/** The form of a new check: what was chosen, what that needs, and its start. */
export function useCheckForm(prefill: Extract<Route, { page: 'new' }>) {
  const realm = useRealm()
  const desk = useHelpDesk()
  const kept = useOwnDraft()
  const [first] = useState(() => firstDraft(desk, prefill))
  // A form that repeats a check has its own content.
  const [chosen, setDraft] = useState(() => (isPrefilled(prefill) ? first : (kept ?? first)))
  const { requirements, retry } = useRequirements(chosen)
  const { suiting, insufficient } = sortedChecks(desk.checks, requirements)
  const draft = withoutRefused(chosen, insufficient)
  const change = (changes: Partial<CheckDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const form = useRef<HTMLFormElement>(null)
  const latest = useRef<FormPart>(undefined)
  const focus = (part: FormPart) => {
    latest.current = part
    focusOn(form.current, part)
  }
  useEffect(() => {
    // The check that had the focus may have left the list because it is not enough.
    const isLost = latest.current === 'check' && document.activeElement === document.body
    if (requirements !== undefined && isLost) focusOn(form.current, 'check')
  }, [requirements])
  const { state, start } = useStart()
  useKeptDraft(isFilled(chosen, first) ? { ...chosen, realm, agentId: desk.agent?._id } : undefined)
  usePrefilledPerson(prefill, (found) => {
    change({ person: found })
    focus(missingPart({ ...draft, person: found }) ?? 'ticket')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const options = startOptions(realm, draft)
    if (options === undefined) focus(missingPart(draft))
    else if (state.kind !== 'starting') start(options)
  }
  const needs = requirements && needsLine(draft.action ?? '', requirements.needs)
  return {
    form,
    draft,
    isFilled: isFilled(draft, first),
    change,
    focus,
    submit,
    state,
    // The requirements change the order, so that a number would mean another check a moment later.
    choice: {
      checks: suiting,
      insufficient,
      needs,
      retry,
      hasNumbers: chosen.person === undefined || requirements !== undefined,
    },
  }
}

function isPrefilled({ page: _page, ...texts }: Extract<Route, { page: 'new' }>): boolean {
  return Object.values(texts).some((text) => text !== undefined)
}

/** Keeps the form when the agent leaves its page, so that looking up another caller loses nothing. */
function useKeptDraft(draft: KeptDraft | undefined): void {
  const latest = useRef(draft)
  latest.current = draft
  useEffect(() => {
    // While the form is on the page, the list need not name it.
    takeUpDraft()
    return () => {
      if (latest.current !== undefined) keepDraft(latest.current)
    }
  }, [])
}

/** Moves the focus to a question of the form, at its chosen answer if there is one. */
function focusOn(form: HTMLFormElement | null, part: FormPart): void {
  const inputs = form?.querySelectorAll<HTMLInputElement>(`[data-part="${part}"] input`) ?? []
  const input = [...inputs].find(({ checked }) => checked) ?? inputs[0]
  input?.focus()
}

/** Finds the person of a check that is repeated. Without a result, the form keeps the text of the search. */
function usePrefilledPerson(
  { q, person }: Extract<Route, { page: 'new' }>,
  onFound: (person: Person) => void,
): void {
  const realm = useRealm()
  const latest = useRef(onFound)
  latest.current = onFound
  useEffect(() => {
    if (q === undefined || person === undefined) return
    const abort = new AbortController()
    findPeople(realm, q, abort.signal).then(
      ({ people }) => {
        const found = people.find(({ _id }) => _id === person)
        if (found !== undefined && !abort.signal.aborted) latest.current(found)
      },
      // The search field repeats the search, and shows its error.
      () => {},
    )
    return () => abort.abort()
  }, [realm, q, person])
}

type KnownRequirements = {
  /** Undefined until a person is chosen and the server has answered. */
  requirements: Requirements | undefined
  /** Set if the server could not answer. */
  retry: (() => void) | undefined
}

/** What the chosen action needs for the chosen person, and what verifying them needs without an action. */
function useRequirements({ person, action }: CheckDraft): KnownRequirements {
  const realm = useRealm()
  const { data, error, refetch } = useQuery({
    queryKey: ['requirements', realm, person?._id, action],
    queryFn: ({ signal }) =>
      readRequirements(realm, { personId: person?._id ?? '', action: action ?? '' }, signal),
    enabled: person !== undefined,
    staleTime: 0,
  })
  const hasFailed = data === undefined && error !== null
  return { requirements: data, retry: hasFailed ? () => void refetch() : undefined }
}
