import { isDeepStrictEqual } from 'node:util'
import { OperationError } from '../base/errors.ts'
import { filledPeople } from '../testing/filled-people.ts'
import { type Project, walkFilesIn } from '../testing/project/project.ts'
import { loadWalkFile } from '../testing/project/walk-files.ts'
import type { Person } from '../testing/walk-file.ts'
import { People } from '../testing/world/people.ts'
import type { DevServer } from './dev-server.ts'
import type { Messages } from './messages.ts'

type PeopleByName = Readonly<Record<string, Person>>

/** People of walks, and why others of them can't be created. */
type PeopleOfWalks = { people: PeopleByName; problems: readonly string[] }

/**
 * People of all walk files by name, with the values of `${…}`. Where files disagree, the first one counts. Files with mistakes add nobody.
 */
export async function peopleOfWalks(
  project: Pick<Project, 'folder' | 'settings'>,
  values: Parameters<typeof filledPeople>[1],
): Promise<PeopleOfWalks> {
  const people: Record<string, Person> = {}
  for (const file of walkFilesIn(project, [])) {
    const loaded = await loadWalkFile(file)
    if (Array.isArray(loaded)) continue
    for (const [name, person] of Object.entries(loaded.content.people ?? {})) people[name] ??= person
  }
  return filledOnes(people, values)
}

function filledOnes(people: PeopleByName, values: Parameters<typeof filledPeople>[1]): PeopleOfWalks {
  const known: Record<string, Person> = {}
  const problems: string[] = []
  for (const [name, person] of Object.entries(people)) {
    try {
      Object.assign(known, filledPeople({ [name]: person }, values))
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      problems.push(`The person ${name} cannot be created: ${error.message}`)
    }
  }
  return { people: known, problems }
}

type Server = Pick<DevServer, 'parts' | 'clock'>

/** The people of the walks in a running server. They all have one password. */
export class DevPeople {
  readonly #realm: string
  readonly #password: string
  #known: PeopleByName = {}

  constructor(realm: string, password: string) {
    this.#realm = realm
    this.#password = password
  }

  get names(): string[] {
    return Object.keys(this.#known)
  }

  /** @throws OperationError naming a person that can't be created. */
  async create(people: PeopleByName, { parts, clock }: Server): Promise<void> {
    const password = this.#password
    const named = Object.entries(people).map(([name, person]): [string, Person] => [
      name,
      Object.assign({}, person, { password }),
    ])
    await new People(parts, this.#realm, clock).create(Object.fromEntries(named), password)
    this.#known = { ...this.#known, ...people }
  }

  /** Creates people that are new in the walks. Existing ones stay as they are. */
  async changed(
    { people, problems: unfilled }: PeopleOfWalks,
    server: Server,
    messages: Messages,
  ): Promise<void> {
    const problems = [...unfilled]
    for (const [name, person] of Object.entries(people)) {
      const known = this.#known[name]
      if (known === undefined) problems.push(...(await this.#add(name, person, server, messages)))
      else if (!isDeepStrictEqual(known, person))
        problems.push(`${name} changed in the walks: restart to use it`)
    }
    messages.replace('people', problems)
  }

  /** @returns why the person could not be created. */
  async #add(name: string, person: Person, server: Server, messages: Messages): Promise<string[]> {
    if ((await server.parts.identities.find(this.#realm, name)) !== undefined) return []
    try {
      await this.create({ [name]: person }, server)
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      return [error.message]
    }
    messages.say(`${name} was added, with the same password (from the walks)`)
    return []
  }
}
