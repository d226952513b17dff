import type { Person } from '../walk-file.ts'

type People = Readonly<Record<string, Person>>

/** An attribute that made-up people do without. */
export type RefusedAttribute = { attribute: string; reason: string }

/**
 * Leaves out attributes that the realm refuses, such as a made-up status.
 * @param refusalOf tries to create people. @returns why it fails.
 */
export async function acceptedPeople(
  people: People,
  refusalOf: (people: People) => Promise<string | undefined>,
): Promise<{ people: Record<string, Person>; refused: RefusedAttribute[] }> {
  if ((await refusalOf(people)) === undefined) return { people: { ...people }, refused: [] }
  const accepted: Record<string, Person> = {}
  const refused = new Map<string, RefusedAttribute>()
  for (const [name, person] of Object.entries(people)) {
    accepted[name] = { ...person }
    for (const attribute of Object.keys(person)) {
      const reason = await refusalOf({ [name]: { [attribute]: person[attribute] ?? null } })
      if (reason === undefined) continue
      delete accepted[name][attribute]
      refused.set(attribute, { attribute, reason: reason.replace(/^The person .*? cannot be created: /, '') })
    }
  }
  return { people: accepted, refused: [...refused.values()] }
}
