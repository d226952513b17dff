import { OperationError } from '../base/errors.ts'
import { filled, type Known } from './play/placeholders.ts'
import type { Person } from './walk-file.ts'

/**
 * People with the values of `${secret:NAME}` and `${made}`. Without the variable of a password, they have none.
 * @throws OperationError for any other unknown name.
 */
export function filledPeople(
  people: Readonly<Record<string, Person>>,
  known: Pick<Known, 'kept' | 'secrets'>,
): Record<string, Person> {
  const all = { ...known, people: {} }
  return Object.fromEntries(
    Object.entries(people).map(([name, person]) => {
      const rest = structuredClone(person)
      delete rest.password
      const password = passwordIn(person.password, all)
      return [name, Object.assign(filled(rest, all), password === undefined ? {} : { password })]
    }),
  )
}

/** Nothing in the walk uses a password without a value, or the walk would not be played. */
function passwordIn(password: string | undefined, known: Known): string | undefined {
  try {
    return filled(password, known)
  } catch (error) {
    if (error instanceof OperationError) return undefined
    throw error
  }
}
