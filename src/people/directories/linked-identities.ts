import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { fold } from '../fold.ts'
import { type Identity, type IdentityChange, noFailures } from '../identity.ts'
import type { IdentityStore, IndexedAttribute, SpokenName } from '../identity-store.ts'
import { isOffInDirectory, linkedTo, linkTo } from './directory-link.ts'
import type { DirectoryOf, DirectoryPerson, PeopleDirectory } from './people-directory.ts'

/** What became of a realm's people when all of them were compared with the directory. */
export type Synchronized = { found: number; gone: number }

/** Somebody changed by others meanwhile is read again this often. */
const maxAttempts = 5

const pageSize = 500

/** How long an entry counts as it was seen, for who asks by id. */
const freshMs = 60_000
const maxRemembered = 10_000

/**
 * Identities of realms some of whose people a directory has. Whoever is looked for there gets an identity here, linked to
 * the entry: it holds what the directory does not know, such as devices and roles, and a copy of what it does. The copy is
 * renewed whenever somebody is looked for by a name or an attribute. Who is kept here alone goes before the directory.
 */
export class LinkedIdentities implements IdentityStore {
  readonly #local: IdentityStore
  readonly #directoryOf: DirectoryOf
  readonly #now: () => number
  /** When the entry of an identity was last seen, in epoch milliseconds. */
  readonly #lookedAt = new Map<string, number>()

  /** @param now epoch milliseconds. */
  constructor(local: IdentityStore, directoryOf: DirectoryOf, now: () => number) {
    this.#local = local
    this.#directoryOf = directoryOf
    this.#now = now
  }

  /** Of somebody linked the entry is looked at from time to time: who is gone must not go on by other factors. */
  async read(realm: string, id: string): Promise<Identity | undefined> {
    const held = await this.#local.read(realm, id)
    const dn = held && linkedTo(held)
    if (held === undefined || dn === undefined || this.#isFresh(id)) return held
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return held
    const person = await directory.entry(dn)
    const isSame = person !== undefined && idOf(realm, person.unique) === id
    return isSame ? this.#renewed(realm, directory, person) : this.#switchedOff(held)
  }

  async byUserName(realm: string, userName: string): Promise<Identity | undefined> {
    const held = await this.#local.byUserName(realm, userName)
    if (held !== undefined && linkedTo(held) === undefined) return held
    // An id is asked for by the same call, and is no name in a directory.
    const directory = isUuid(userName) ? undefined : await this.#directoryOf(realm)
    if (directory === undefined) return held
    const [person, other] = await directory.find('userName', userName, 2)
    return person === undefined || other !== undefined ? undefined : this.#renewed(realm, directory, person)
  }

  async byAttribute(
    realm: string,
    attribute: IndexedAttribute,
    value: string,
    limit: number,
  ): Promise<Identity[]> {
    const directory = await this.#directoryOf(realm)
    if (directory?.attributes.has(attribute)) {
      const there = await this.#allRenewed(realm, directory, await directory.find(attribute, value, limit))
      const held = await this.#local.byAttribute(realm, attribute, value, limit)
      return inOrder(held, there).slice(0, limit)
    }
    return this.#local.byAttribute(realm, attribute, value, limit)
  }

  async beginningWith(
    realm: string,
    prefix: string,
    limit: number,
    names: readonly SpokenName[],
  ): Promise<Identity[]> {
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return this.#local.beginningWith(realm, prefix, limit, names)
    const there = await this.#allRenewed(
      realm,
      directory,
      await directory.beginningWith(prefix, limit, names),
    )
    return inOrder(await this.#local.beginningWith(realm, prefix, limit, names), there).slice(0, limit)
  }

  /** Those who were seen here. */
  page(realm: string, afterId: string, limit: number): Promise<Identity[]> {
    return this.#local.page(realm, afterId, limit)
  }

  pageByUserName(realm: string, afterUserName: string, limit: number): Promise<Identity[]> {
    return this.#local.pageByUserName(realm, afterUserName, limit)
  }

  count(realm: string): Promise<number> {
    return this.#local.count(realm)
  }

  async create(identity: Identity): Promise<boolean> {
    const isTaken = (await this.byUserName(identity.realm, identity.userName)) !== undefined
    return !isTaken && this.#local.create(identity)
  }

  save(change: IdentityChange): Promise<boolean> {
    return this.#local.save(change)
  }

  /** What is kept here of somebody whom the directory has comes back, empty, when they are next looked for. */
  remove(realm: string, id: string): Promise<boolean> {
    return this.#local.remove(realm, id)
  }

  setFailures(id: string, from: Identity['failures'], to: Identity['failures']): Promise<boolean> {
    return this.#local.setFailures(id, from, to)
  }

  /**
   * Makes or renews everybody whom the directory has; who is gone from there can sign in no more.
   * @returns undefined for a realm without a directory.
   */
  async synchronize(realm: string): Promise<Synchronized | undefined> {
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return undefined
    const there = await this.#allRenewed(realm, directory, await directory.all())
    const ids = new Set(there.map(({ id }) => id))
    let gone = 0
    for (let page = await this.#local.page(realm, '', pageSize); page.length > 0; ) {
      for (const held of page) {
        if (linkedTo(held) === undefined || isOffInDirectory(held) || ids.has(held.id)) continue
        await this.#switchedOff(held)
        gone++
      }
      page = await this.#local.page(realm, page.at(-1)?.id ?? '', pageSize)
    }
    return { found: there.length, gone }
  }

  async #allRenewed(
    realm: string,
    directory: PeopleDirectory,
    people: readonly DirectoryPerson[],
  ): Promise<Identity[]> {
    const identities: Identity[] = []
    for (const person of people) {
      const identity = await this.#renewed(realm, directory, person)
      if (identity !== undefined) identities.push(identity)
    }
    return identities
  }

  /** @returns undefined for somebody whose user name is kept here already. */
  async #renewed(
    realm: string,
    directory: PeopleDirectory,
    person: DirectoryPerson,
  ): Promise<Identity | undefined> {
    const id = idOf(realm, person.unique)
    this.#looked(id)
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.#local.read(realm, id)
      if (held === undefined) {
        const made = this.#linked(id, realm, person)
        if (await this.#local.create(made)) return made
        const isTaken = (await this.#local.byUserName(realm, person.userName)) !== undefined
        if (isTaken && (await this.#local.read(realm, id)) === undefined) return undefined
        continue
      }
      const { rev, failures: _failures, ...before } = held
      const to = { ...before, ...renewal(before, directory, person) }
      if (isDeepStrictEqual(to, before)) return held
      if (await this.#local.save({ id, rev, to })) return this.#local.read(realm, id)
    }
    return this.#local.read(realm, id)
  }

  /** Somebody who is gone from the directory. Comes back when they do. */
  async #switchedOff({ rev, failures: _failures, ...held }: Identity): Promise<Identity | undefined> {
    this.#looked(held.id)
    const to = { ...held, passwordHash: linkTo(linkedTo(held) ?? '', false), isActive: false }
    if (!isDeepStrictEqual(to, held)) await this.#local.save({ id: held.id, rev, to })
    return this.#local.read(held.realm, held.id)
  }

  #isFresh(id: string): boolean {
    return (this.#lookedAt.get(id) ?? 0) + freshMs > this.#now()
  }

  #looked(id: string): void {
    if (this.#lookedAt.size >= maxRemembered) this.#lookedAt.clear()
    this.#lookedAt.set(id, this.#now())
  }

  #linked(id: string, realm: string, person: DirectoryPerson): Identity {
    const { dn, userName, isActive = true, attributes } = person
    return {
      id,
      realm,
      rev: 1,
      kind: 'user',
      userName,
      isActive,
      attributes,
      passwordHash: linkTo(dn, isActive),
      mustChangePassword: false,
      roles: [],
      createdAt: this.#now(),
      failures: noFailures,
    }
  }
}

/** What the directory has takes the place of its copy; everything else stays, such as that somebody is locked here. */
function renewal(held: IdentityChange['to'], directory: PeopleDirectory, person: DirectoryPerson) {
  const { dn, userName, isActive: isOn = true } = person
  const own = Object.entries(held.attributes).filter(([name]) => !directory.attributes.has(name))
  return {
    userName,
    isActive: isOn && (held.isActive || isOffInDirectory(held)),
    passwordHash: linkTo(dn, isOn),
    attributes: { ...Object.fromEntries(own), ...person.attributes },
  }
}

/** By id: who is kept here alone, and those whom the directory named. Of others the copy is old. */
function inOrder(held: readonly Identity[], there: readonly Identity[]): Identity[] {
  const all = new Map(there.map((identity) => [identity.id, identity]))
  for (const identity of held) if (linkedTo(identity) === undefined) all.set(identity.id, identity)
  return [...all.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

/** The same entry has the same id at every start; a UUID in form. */
function idOf(realm: string, unique: string): string {
  const hash = createHash('sha256')
    .update(`${realm}\n${fold(unique)}`)
    .digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
