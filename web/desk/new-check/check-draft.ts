import type { OfferedCheck, Person } from '../../api/help-desk.ts'
import type { StartOptions } from '../checks/start-check.ts'
import type { Route } from '../navigation/route.ts'

/** The form of a new check. Undefined members have not been chosen; the action `''` only verifies the caller. */
export type CheckDraft = {
  person: Person | undefined
  action: string | undefined
  check: OfferedCheck | undefined
  reason: string
  ticket: string
}

/** The choices of the form, in the order of the page. */
export type DraftPart = 'caller' | 'action' | 'check'

type Offer = { checks: readonly OfferedCheck[]; actions: readonly string[] }

/** The form at first. Nothing is chosen for the agent unless there is only one choice, or the form repeats a check. */
export function firstDraft({ checks, actions }: Offer, prefill: Extract<Route, { page: 'new' }>): CheckDraft {
  const { action, check, reason = '', ticket = '' } = prefill
  return {
    person: undefined,
    action:
      action === undefined
        ? onlyAction(actions, check !== undefined)
        : actions.find((each) => each === action),
    check:
      check === undefined && checks.length === 1
        ? checks[0]
        : checks.find(({ journey }) => journey === check),
    reason,
    ticket,
  }
}

/** A check that is repeated without an action only verified the caller. */
function onlyAction(actions: readonly string[], isRepeat: boolean): string | undefined {
  if (isRepeat || actions.length === 0) return ''
  return actions.length === 1 ? actions[0] : undefined
}

/** Whether anything in the form would be lost with it. */
export function isFilled(draft: CheckDraft, first: CheckDraft): boolean {
  const parts = ['person', 'action', 'check', 'reason', 'ticket'] as const
  return parts.some((part) => draft[part] !== first[part])
}

export function missingPart({ person, action, check }: CheckDraft): DraftPart | undefined {
  if (person === undefined) return 'caller'
  if (action === undefined) return 'action'
  return check === undefined ? 'check' : undefined
}

/** @returns undefined while something is missing. */
export function startOptions(realm: string, draft: CheckDraft): StartOptions | undefined {
  const { person, action, check, reason, ticket } = draft
  if (person === undefined || action === undefined || check === undefined) return undefined
  return { realm, check, person, purpose: { action, reason, ticket } }
}
