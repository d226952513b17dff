import type { CheckRow, Person } from '../../api/help-desk.ts'
import type { StartOptions } from '../checks/start-check.ts'
import { fullName } from '../messages/names.ts'
import type { Route } from '../navigation/route.ts'

type NewRoute = Extract<Route, { page: 'new' }>

/** The form, filled in with a check that did not start. */
export function repeatRoute({ check, person, purpose }: Omit<StartOptions, 'realm'>): NewRoute {
  return { page: 'new', check: check.journey, ...searchFor(person), ...purpose }
}

/** The form, filled in with an earlier check whose caller this window may not know. */
export function repeatRowRoute(row: CheckRow): NewRoute {
  const { check, action, reason, ticket, subject, subjectId, vouchFor } = row
  // The subject of a vouch is the manager.
  const caller = vouchFor === null ? { q: subject, person: subjectId } : { q: vouchFor, person: null }
  const texts = { check, action, reason, ticket, ...caller }
  const set = Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [[name, text]]))
  return { page: 'new', ...Object.fromEntries(set) }
}

function searchFor(person: Person): Pick<NewRoute, 'q' | 'person'> {
  return { q: person.mail ?? fullName(person), person: person._id }
}
