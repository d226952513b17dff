import { systemProperties } from '../../engine/system-properties.ts'

/** The session that a success created, as far as the server describes it. */
export type SessionFacts = {
  /** The signed-in person, by the name in the walk if it has one. Undefined if the server has another kind of name. */
  person: string | undefined
  /** The authentication level. */
  level: number | undefined
  /** Properties that journeys put, without those that every session has. */
  properties: Readonly<Record<string, string>>
  /** The maximum lifetime. */
  minutes: number
  /** Whether the server describes only a part: facts that are missing here may exist. */
  isPartial: boolean
}

/** Why a fact is unknown. */
export const unlisted = 'the target does not show this fact of a session'

type People = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The people whose password is one of these values. */
export function ownersOf(values: readonly unknown[], people: People): Set<string> {
  const given = new Set(values)
  const owners = Object.entries(people).filter(
    ([, { password }]) => password !== undefined && given.has(password),
  )
  return new Set(owners.map(([name]) => name))
}

/** The name of a person in the walk. @param userName is the name of others. */
export function nameIn(people: People, userName: string): string {
  return Object.entries(people).find(([, person]) => person.userName === userName)?.[0] ?? userName
}

/** Properties of a session without those that the server sets in each. */
export function ownProperties(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !systemProperties.has(name)))
}
