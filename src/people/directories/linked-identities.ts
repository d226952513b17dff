import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { fold } from '../../attributes/fold.ts'
import { maxAttempts, pauseBefore } from '../../base/contention.ts'
import { addressNameFailures } from '../address-names.ts'
import { type Identity, type IdentityChange, noFailures } from '../identity.ts'
import type { IdentityStore, IndexedAttribute, PrefixSearchAttribute } from '../identity-store.ts'
import { personOf } from '../managed-object.ts'
import { isOffInDirectory, linkedTo, linkTo } from './directory-link.ts'
import type { DirectoryOf, DirectoryPerson, PeopleDirectory } from './people-directory.ts'

/** Counts of one comparison of a realm's people with its directory. */
export type Synchronized = { found: number; gone: number }

/** A username of one person that is the email address of another: neither names anybody in a hint. */
export type NameConflict = { realm: string; personId: string; attributes: string[] }

const pageSize = 500

/** How long reads by id use the local copy before they check the entry again. */
const freshMs = 60_000
const maxRemembered = 10_000

/**
 * Identities of realms, some of which have their people in a directory. A person found there gets a local identity, linked to
 * the entry. It contains what the directory doesn't store, such as devices and roles, and a copy of what it does. Every search
 * by name or attribute refreshes the copy. Local identities take precedence over the directory.
 */
export class LinkedIdentities implements IdentityStore {
  readonly #local: IdentityStore
  readonly #directoryOf: DirectoryOf
  readonly #now: () => number
  /** When the entry of an identity was last seen, in epoch milliseconds, by identity id. */
  readonly #seenAt = new Map<string, number>()

  readonly #onConflict: (conflict: NameConflict) => void

  /** @param now epoch milliseconds. */
  constructor(
    local: IdentityStore,
    directoryOf: DirectoryOf,
    now: () => number,
    onConflict: (conflict: NameConflict) => void = () => {},
  ) {
    this.#onConflict = onConflict
    this.#local = local
    this.#directoryOf = directoryOf
    this.#now = now
  }

  /**
   * Checks the entry of a linked identity from time to time: a person who was removed from the directory must not continue with
   * other factors.
   */
  async read(realm: string, id: string, isLatest?: boolean): Promise<Identity | undefined> {
    return this.#checked(realm, await this.#local.read(realm, id, isLatest))
  }

  async named(realm: string, nameOrId: string, isLatest?: boolean): Promise<Identity | undefined> {
    const stored = await this.#local.named(realm, nameOrId, isLatest)
    return stored?.id === nameOrId ? this.#checked(realm, stored) : this.#withName(realm, nameOrId, stored)
  }

  async #checked(realm: string, stored: Identity | undefined): Promise<Identity | undefined> {
    const dn = stored && linkedTo(stored)
    if (stored === undefined || dn === undefined || this.#isFresh(stored.id)) return stored
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return stored
    const person = await directory.entry(dn)
    const isSame = person !== undefined && idOf(realm, person.unique) === stored.id
    return isSame ? this.#copy(realm, directory, person) : this.#deactivate(stored)
  }

  async byUserName(realm: string, userName: string): Promise<Identity | undefined> {
    return this.#withName(realm, userName, await this.#local.byUserName(realm, userName))
  }

  async #withName(
    realm: string,
    userName: string,
    stored: Identity | undefined,
  ): Promise<Identity | undefined> {
    if (stored !== undefined && linkedTo(stored) === undefined) return stored
    // Callers also pass an id here, which is never a username in a directory.
    const directory = isUuid(userName) ? undefined : await this.#directoryOf(realm)
    if (directory === undefined) return stored
    const [person, other] = await directory.find('userName', userName, 2)
    return person === undefined || other !== undefined ? undefined : this.#copy(realm, directory, person)
  }

  async byAttribute(
    realm: string,
    attribute: IndexedAttribute,
    value: string,
    limit: number,
  ): Promise<Identity[]> {
    const directory = await this.#directoryOf(realm)
    if (directory?.attributes.has(attribute)) {
      const found = await this.#copyAll(realm, directory, await directory.find(attribute, value, limit))
      const stored = await this.#local.byAttribute(realm, attribute, value, limit)
      return merged(stored, found).slice(0, limit)
    }
    return this.#local.byAttribute(realm, attribute, value, limit)
  }

  async byNamePrefix(
    realm: string,
    prefix: string,
    limit: number,
    names: readonly PrefixSearchAttribute[],
  ): Promise<Identity[]> {
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return this.#local.byNamePrefix(realm, prefix, limit, names)
    const found = await this.#copyAll(realm, directory, await directory.byNamePrefix(prefix, limit, names))
    return merged(await this.#local.byNamePrefix(realm, prefix, limit, names), found).slice(0, limit)
  }

  /** Linked identities appear once a search has found them in the directory. */
  page(realm: string, afterId: string, limit: number): Promise<Identity[]> {
    return this.#local.page(realm, afterId, limit)
  }

  pageByUserName(realm: string, afterUserName: string, limit: number): Promise<Identity[]> {
    return this.#local.pageByUserName(realm, afterUserName, limit)
  }

  withRoles(realm: string): Promise<Identity[]> {
    return this.#local.withRoles(realm)
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

  /** A removed linked identity comes back, without its local data, when a search finds its entry again. */
  remove(realm: string, id: string): Promise<boolean> {
    return this.#local.remove(realm, id)
  }

  setFailures(id: string, from: Identity['failures'], to: Identity['failures']): Promise<boolean> {
    return this.#local.setFailures(id, from, to)
  }

  /**
   * Creates or updates the identities of all people in the directory, and deactivates those whose entry is gone.
   * @returns undefined for a realm without a directory.
   */
  async synchronize(realm: string): Promise<Synchronized | undefined> {
    const directory = await this.#directoryOf(realm)
    if (directory === undefined) return undefined
    const found = await this.#copyAll(realm, directory, await directory.all())
    const ids = new Set(found.map(({ id }) => id))
    let gone = 0
    for (let page = await this.#local.page(realm, '', pageSize); page.length > 0; ) {
      for (const stored of page) {
        if (linkedTo(stored) === undefined || isOffInDirectory(stored) || ids.has(stored.id)) continue
        await this.#deactivate(stored)
        gone++
      }
      page = await this.#local.page(realm, page.at(-1)?.id ?? '', pageSize)
    }
    return { found: found.length, gone }
  }

  async #copyAll(
    realm: string,
    directory: PeopleDirectory,
    people: readonly DirectoryPerson[],
  ): Promise<Identity[]> {
    const identities: Identity[] = []
    for (const person of people) {
      const identity = await this.#copy(realm, directory, person)
      if (identity !== undefined) identities.push(identity)
    }
    return identities
  }

  /**
   * Creates or updates the identity of a directory entry.
   * @returns undefined if a local identity has the username.
   */
  async #copy(
    realm: string,
    directory: PeopleDirectory,
    person: DirectoryPerson,
  ): Promise<Identity | undefined> {
    const id = idOf(realm, person.unique)
    this.#markSeen(id)
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      await pauseBefore(attempt)
      const stored = await this.#local.read(realm, id)
      if (stored === undefined) {
        const created = this.#newIdentity(id, realm, person)
        if (await this.#local.create(created)) return this.#reported(created)
        const isTaken = (await this.#local.byUserName(realm, person.userName)) !== undefined
        if (isTaken && (await this.#local.read(realm, id)) === undefined) return undefined
        continue
      }
      const { rev, failures: _failures, ...before } = stored
      const to = { ...before, ...updated(before, directory, person) }
      if (isDeepStrictEqual(to, before)) return stored
      if (!(await this.#local.save({ id, rev, to }))) continue
      return this.#reported({ ...stored, ...to, rev: rev + 1 }, stored)
    }
    return this.#local.read(realm, id)
  }

  /** Reports a name that is the address of another person, or the other way around. The directory decides, so it stays. */
  async #reported(identity: Identity, before?: Identity): Promise<Identity> {
    const { realm, id } = identity
    const earlier = before === undefined ? {} : personOf(before)
    const failures = await addressNameFailures(
      this.#local,
      identity,
      earlier,
      personOf(identity),
      'directory',
    )
    const attributes = Object.keys(failures)
    // rule S80: otherwise a name in a directory that is the address of another person is not reported
    if (attributes.length > 0) this.#onConflict({ realm, personId: id, attributes })
    return identity
  }

  /** Deactivates an identity whose entry is gone. It becomes active again when the entry is back. */
  async #deactivate({ rev, failures: _failures, ...stored }: Identity): Promise<Identity | undefined> {
    this.#markSeen(stored.id)
    const to = { ...stored, passwordHash: linkTo(linkedTo(stored) ?? '', false), isActive: false }
    if (!isDeepStrictEqual(to, stored)) await this.#local.save({ id: stored.id, rev, to })
    return this.#local.read(stored.realm, stored.id)
  }

  #isFresh(id: string): boolean {
    return (this.#seenAt.get(id) ?? 0) + freshMs > this.#now()
  }

  #markSeen(id: string): void {
    if (this.#seenAt.size >= maxRemembered) this.#seenAt.clear()
    this.#seenAt.set(id, this.#now())
  }

  #newIdentity(id: string, realm: string, person: DirectoryPerson): Identity {
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

/** Updates what the directory stores and keeps the rest, such as a local lock. */
function updated(stored: IdentityChange['to'], directory: PeopleDirectory, person: DirectoryPerson) {
  const { dn, userName, isActive: isOn = true } = person
  const own = Object.entries(stored.attributes).filter(([name]) => !directory.attributes.has(name))
  return {
    userName,
    isActive: isOn && (stored.isActive || isOffInDirectory(stored)),
    passwordHash: linkTo(dn, isOn),
    attributes: { ...Object.fromEntries(own), ...person.attributes },
  }
}

/** Local identities, and linked ones only if the directory found them: other copies may be outdated. Sorted by id. */
function merged(stored: readonly Identity[], found: readonly Identity[]): Identity[] {
  const all = new Map(found.map((identity) => [identity.id, identity]))
  for (const identity of stored) if (linkedTo(identity) === undefined) all.set(identity.id, identity)
  return [...all.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

/** Derives the id from the entry, formatted as a UUID, so that an entry always gets the same id. */
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
