import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { Unobservable } from '../play/walk-world.ts'
import type { Person, PersonUpdates } from '../walk-file.ts'
import type { ChangedPerson, KnownPerson } from '../world/people.ts'
import type { PeopleApi } from './people-api.ts'
import { reasons } from './reasons.ts'
import type { Names } from './remote-client.ts'
import type { RemotePeople } from './remote-world.ts'
import { RefusedError } from './sign-in.ts'

/** Reads people, without what is never shown. @throws Unobservable if the server refuses it. */
export class PeopleReader {
  readonly #open: () => Promise<PeopleApi>
  #people: PeopleApi | undefined

  /** @param open called again if the server refuses it. */
  constructor(open: () => Promise<PeopleApi>) {
    this.#open = open
  }

  /** @returns undefined if there is no person of this name. */
  async read(userName: string): Promise<JsonObject | undefined> {
    const person = await this.#find(userName)
    return person && visible(person)
  }

  /** The id of a person; undefined without one. */
  async idOf(userName: string): Promise<unknown> {
    return (await this.#find(userName))?._id
  }

  async #find(userName: string): Promise<JsonObject | undefined> {
    try {
      this.#people ??= await this.#open()
      return await this.#people.find(userName)
    } catch (error) {
      if (error instanceof RefusedError) throw new Unobservable(reasons.refusedPeople)
      throw error
    }
  }
}

/** Without what the server keeps for itself, and without passwords and devices, which are never read. */
function visible(person: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(person).filter(
      ([name]) => !/^(_|password$|lastSync$|effective|userName$)|kba|profiles?$/i.test(name),
    ),
  )
}

const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Attributes whose changes are not visible. */
const hidden = /^password$|kba|profiles?$/i

type Options = {
  people: Readonly<Record<string, Person>>
  /** Names of the people on the server. */
  names: Names
  passwords: Readonly<Record<string, string>>
  reader: PeopleReader | undefined
  /** Changes of people that a walk makes. Undefined if they belong to others. */
  change: ((userName: string, update: PersonUpdates[string]) => Promise<void>) | undefined
  /** Changes that the walk declares. */
  expected: Readonly<Record<string, unknown>>
}

/** The people of a walk on the server, by the names that they have in the walk. */
export class PeopleThere implements RemotePeople {
  readonly known: Readonly<Record<string, KnownPerson>>
  readonly names: Names
  readonly #options: Options
  readonly #before = new Map<string, JsonObject | undefined>()
  /** People whose state before later changes is unknown, because the server refused to show it. */
  readonly #unread = new Set<string>()

  private constructor(options: Options) {
    this.#options = options
    this.names = options.names
    this.known = Object.fromEntries(
      Object.entries(options.people).map(([name, person]) => {
        const password = options.passwords[name]
        return [name, { userName: name, ...textsOf(person), ...(password === undefined ? {} : { password }) }]
      }),
    )
  }

  /** @throws Unobservable if a person is known not to exist. */
  static async of(options: Options): Promise<PeopleThere> {
    const there = new PeopleThere(options)
    const { reader, people } = options
    if (reader === undefined) return there
    for (const name of new Set([...Object.keys(people), ...Object.keys(options.expected)])) {
      await there.#remember(reader, name).catch(ignoreUnobservable)
      const isMissing = !there.#unread.has(name) && there.#before.get(name) === undefined
      if (isMissing && Object.hasOwn(people, name)) throw new Unobservable(reasons.missingPerson)
    }
    return there
  }

  /** Servers with managed objects name the people of sessions by id. */
  async nameOf(userName: string): Promise<string | undefined> {
    const own = Object.keys(this.#options.people)
    const named = own.find((name) => this.#nameOf(name).toLowerCase() === userName.toLowerCase())
    if (named !== undefined || !isUuid.test(userName)) return named ?? userName
    for (const name of own) {
      const id = await this.#options.reader?.idOf(this.#nameOf(name)).catch(ignoreUnobservable)
      if (id === userName) return name
    }
    return undefined
  }

  /** Changes of the people of the walk, and of others that it names. */
  async changed(): Promise<ChangedPerson[]> {
    const { reader, expected } = this.#options
    if (reader === undefined) throw new Unobservable(reasons.people)
    const names = new Set([...Object.keys(this.#options.people), ...Object.keys(expected)])
    if (names.size === 0) throw new Unobservable(reasons.noPeople)
    for (const change of Object.values(expected)) {
      if (Object.keys(Object(change)).some((name) => hidden.test(name)))
        throw new Unobservable(reasons.hidden)
    }
    if (this.#unread.size > 0) throw new Unobservable(reasons.refusedPeople)
    const changes: ChangedPerson[] = []
    for (const name of names) {
      const after = await this.#read(reader, name)
      const before = this.#before.get(name)
      if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ name, before, after })
    }
    return changes
  }

  async update(updates: PersonUpdates): Promise<void> {
    const { change, reader } = this.#options
    if (change === undefined) throw new Unobservable(reasons.update)
    for (const [name, update] of Object.entries(updates)) {
      this.#unread.add(name)
      await change(this.#nameOf(name), update)
      if (reader !== undefined) await this.#remember(reader, name)
    }
  }

  /** Later changes are relative to this. */
  async #remember(reader: PeopleReader, name: string): Promise<void> {
    this.#unread.add(name)
    this.#before.set(name, await this.#read(reader, name))
    this.#unread.delete(name)
  }

  /** A person with the names of the walk. */
  async #read(reader: PeopleReader, name: string): Promise<JsonObject | undefined> {
    const person = await reader.read(this.#nameOf(name))
    if (person === undefined) return undefined
    const texts = [...this.names].map(([inWalk, there]) => [JSON.stringify(there), JSON.stringify(inWalk)])
    const json = texts.reduce(
      (text, [there = '', inWalk = '']) => text.replaceAll(there, inWalk),
      JSON.stringify(person),
    )
    return jsonObjectSchema.parse(JSON.parse(json))
  }

  #nameOf(name: string): string {
    return this.names.get(name) ?? name
  }
}

function ignoreUnobservable(error: unknown): void {
  if (!(error instanceof Unobservable)) throw error
}

function textsOf(object: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
    ),
  )
}
