import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { defaultRules } from '../attributes/user-schema.ts'
import { maxAttempts, pauseBefore } from '../base/contention.ts'
import { badRequest, notFound, RequestError } from '../base/errors.ts'
import type { Json, JsonObject } from '../base/json.ts'
import type { QueryFilter } from '../crest/query-filter.ts'
import type { Guesses, GuessOrigin } from '../limits/guesses.ts'
import type { Secret } from '../secrets/secret.ts'
import { type Access, accessOf } from './access.ts'
import { changeTimeOf, type DatedAttribute, datedAttributes, isSettled } from './change-times.ts'
import { linkedTo } from './directories/directory-link.ts'
import type { DirectoryOf, PeopleDirectory } from './directories/people-directory.ts'
import { type Draft, Drafts, type PeopleRulesOf } from './drafts.ts'
import { type Identity, type IdentityChange, type LockoutPolicy, noFailures } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'
import { isActiveAdministrator, requireAnotherAdministrator } from './last-administrator.ts'
import { meantPerson } from './meant-person.ts'
import type { IsBreached } from './passwords/breached-passwords.ts'
import { noOrigin, PasswordCheck, type PasswordVerdict } from './passwords/password-check.ts'
import type { Passwords } from './passwords/passwords.ts'
import type { PatchOperation } from './patch-operations.ts'
import { type FoundPeople, findPeople } from './people-search.ts'
import { type Count, count, type Found, type Search, search } from './search.ts'
import { userCodeHashOf } from './user-code.ts'

/** Properties of a new identity that its managed object does not contain. */
type NewIdentity = {
  /** Defaults to `_id` of the object, or else to a new UUID. */
  id?: string
  kind?: Identity['kind']
  roles?: readonly string[]
  mustChangePassword?: boolean
  /** Epoch milliseconds. Default: now. */
  createdAt?: number
  /** `none` is for built-in data and for operators. */
  checks?: 'all' | 'none'
}

export type ChangeContext = {
  /** Expected revision, as in `If-Match`. Unset: any. */
  rev?: string | undefined
  /** Token hash of the session in which people change their own account. This session survives the change. */
  actingSession?: string | undefined
}

/** The people and agents of all realms. */
export class Identities {
  readonly drafts: Drafts
  readonly #store: IdentityStore
  readonly #now: () => number
  readonly #check: PasswordCheck
  readonly #guesses: Guesses
  readonly #directoryOf: DirectoryOf

  /**
   * @param store includes the people in the directories of realms.
   * @param now epoch milliseconds.
   * @param guesses counts wrong passwords and codes.
   * @param rulesOf returns the rules for the people of a realm.
   */
  constructor(
    store: IdentityStore,
    passwords: Passwords,
    now: () => number,
    guesses: Guesses,
    rulesOf: PeopleRulesOf = async () => defaultRules,
    directoryOf: DirectoryOf = async () => undefined,
    isBreached: IsBreached = async () => false,
  ) {
    this.#directoryOf = directoryOf
    this.drafts = new Drafts(store, passwords, rulesOf, now, isBreached)
    this.#store = store
    this.#now = now
    this.#check = new PasswordCheck(store, passwords, now, guesses, directoryOf)
    this.#guesses = guesses
  }

  /**
   * Finds an identity by object id or username; the id wins. Makes the same read whether it exists or not.
   * @param kind identities of the other kind are not found.
   * @param isLatest reads it again, because other servers may have changed it since.
   */
  async find(
    realm: string,
    nameOrId: string,
    kind?: Identity['kind'],
    isLatest?: boolean,
  ): Promise<Identity | undefined> {
    const found = await this.#store.named(realm, nameOrId, isLatest)
    return kind === undefined || found?.kind === kind ? found : undefined
  }

  /** See {@link meantPerson}. */
  async whoIsMeant(realm: string, text: string, kind?: Identity['kind']): Promise<Identity | undefined> {
    const meant = await meantPerson(this.#store, realm, text)
    return kind === undefined || meant?.kind === kind ? meant : undefined
  }

  findById(realm: string, id: string): Promise<Identity | undefined> {
    return this.#store.read(realm, id)
  }

  /** @throws RequestError 404. */
  async read(realm: string, id: string): Promise<Identity> {
    const identity = await this.#store.read(realm, id)
    if (identity === undefined) throw notFound(`Object ${id} not found`)
    return identity
  }

  search(realm: string, criteria: Search): Promise<Found> {
    return search(this.#store, realm, criteria)
  }

  /** Counts matches; a lower bound if there are too many to count. */
  count(realm: string, filter: QueryFilter): Promise<Count> {
    return count(this.#store, realm, filter)
  }

  /** People with any role, also inactive ones. */
  withRoles(realm: string): Promise<Identity[]> {
    return this.#store.withRoles(realm)
  }

  /** Finds people by the beginning of a name or email address, or by a whole telephone number. */
  findPeople(realm: string, text: string, fields: readonly string[]): Promise<FoundPeople> {
    return findPeople(this.#store, realm, text, fields)
  }

  /** @throws RequestError 403 for policies, 409 for a taken username, 412 for a taken id. */
  async create(realm: string, object: JsonObject, given: NewIdentity = {}): Promise<Identity> {
    const draft = await this.draftNew(realm, object, given)
    const { id } = draft
    // An id must not equal another identity's username, because lookups accept both.
    const isName = (await this.#store.byUserName(realm, id)) !== undefined
    const identity = { ...draft, rev: 1, failures: noFailures }
    if (!isName && (await this.#store.create(identity))) return identity
    const holder = await this.#store.byUserName(realm, draft.userName)
    if (holder !== undefined && holder.id !== id) throw userNameTaken()
    throw new RequestError(412, `The _id ${id} is taken`)
  }

  /** Checks and hashes a new identity without saving it. @throws RequestError for policies and a taken username. */
  async draftNew(realm: string, object: JsonObject, given: NewIdentity = {}): Promise<Draft> {
    const { kind = 'user', roles = [], mustChangePassword = false, checks } = given
    const id = idOf(given.id ?? object._id)
    const { createdAt = this.#now() } = given
    const base = { id, realm, kind, roles, createdAt, mustChangePassword, passwordHash: undefined }
    return { ...(await this.drafts.created(base, object, checks)), mustChangePassword }
  }

  /** Creates an administrator of the whole server. The username is also the id, as in AM. */
  createAdministrator(userName: string, password: string): Promise<Identity> {
    return this.create('/', { userName, password }, { id: userName, roles: ['admin'], checks: 'none' })
  }

  /** @throws RequestError. */
  patch(
    realm: string,
    id: string,
    operations: readonly PatchOperation[],
    at: ChangeContext = {},
  ): Promise<Identity> {
    return this.#change(realm, id, at, (existing) => this.drafts.patched(existing, operations))
  }

  /** Replaces everything except the password. @throws RequestError. */
  replace(realm: string, id: string, object: JsonObject, at: ChangeContext = {}): Promise<Identity> {
    return this.#change(realm, id, at, (existing) => this.drafts.replaced(existing, object))
  }

  /**
   * Sets a password for an operator, without checking policies; people's own passwords go through `patch`. Setting the
   * current password again changes nothing and ends no sessions.
   */
  async setPassword(realm: string, id: string, password: string): Promise<void> {
    const existing = await this.#store.read(realm, id)
    if (existing !== undefined && (await this.drafts.matches(existing.passwordHash, password))) return
    await this.#change(realm, id, {}, (existing) => this.drafts.withPassword(existing, password))
  }

  /**
   * Sets a password that must be changed at the next sign-in, and clears the count of wrong passwords.
   * @throws RequestError 404, or 403 for policies.
   */
  async setTemporaryPassword(realm: string, id: string, password: Secret): Promise<Identity> {
    const operation = { operation: 'replace', field: 'password', value: password.reveal() } as const
    const changed = await this.#change(realm, id, {}, async (existing) => ({
      ...(await this.drafts.patched(existing, [operation])),
      mustChangePassword: true,
    }))
    await this.clearWrongPasswords(changed)
    return changed
  }

  /** @throws RequestError 404, or 409 for the last administrator. */
  setRoles(realm: string, id: string, roles: readonly string[]): Promise<Identity> {
    return this.#change(realm, id, {}, async (existing) => ({
      ...existing,
      roles: [...new Set(roles)].toSorted(),
    }))
  }

  /** @returns the removed identity. @throws RequestError 404 or 412, or 409 for the last administrator. */
  async remove(realm: string, id: string, rev?: string): Promise<Identity> {
    const existing = await this.read(realm, id)
    requireRevision(existing, rev)
    if (isActiveAdministrator(existing)) await requireAnotherAdministrator(this.#store, id)
    await this.#store.remove(realm, id)
    return existing
  }

  /** @param identity undefined if none was found; the check then takes the same time. */
  checkPassword(
    identity: Identity | undefined,
    password: string,
    lockout: LockoutPolicy,
    origin: GuessOrigin = noOrigin,
  ): Promise<PasswordVerdict> {
    return this.#check.check(identity, password, lockout, origin)
  }

  /** Compares in constant time, without counting failures. */
  matches(hash: string | undefined, secret: string): Promise<boolean> {
    return this.drafts.matches(hash, secret)
  }

  /**
   * Checks the user code that an application sends for a person. Wrong codes are counted per application, separately from
   * wrong passwords. If the person has no code, the check fails and counts nothing.
   */
  async checkUserCode(
    { path: realm, settings: { lockout } }: { path: string; settings: { lockout: LockoutPolicy } },
    personId: string,
    code: string,
    clientId: string,
  ): Promise<boolean> {
    const identity = await this.#store.read(realm, personId)
    const hash = identity && userCodeHashOf(identity.attributes)
    const origin = { ...noOrigin, address: `application ${clientId}` }
    const guess = { realm, owner: personId, factor: 'userCode', origin } as const
    const place = await this.#guesses.placeOf(guess, lockout)
    const counted = hash === undefined ? undefined : await this.#guesses.count(guess, place, lockout)
    const isRight = await this.matches(hash, code)
    if (!isRight || identity?.isActive !== true || counted?.kind !== 'counted') return false
    await this.#guesses.clear(place)
    return true
  }

  accessOf(identity: Identity): Access {
    return accessOf(identity, this.#now())
  }

  /** The dated attributes that changed within the last `quietHours`. */
  changedRecently(identity: Identity, quietHours: number): DatedAttribute[] {
    const now = this.#now()
    return datedAttributes.filter((name) => !isSettled(changeTimeOf(identity, name), quietHours, now))
  }

  /** True for inactive people and for people locked for this origin by wrong passwords. */
  isLocked(identity: Identity, lockout: LockoutPolicy, origin: GuessOrigin): Promise<boolean> {
    return this.#check.isLocked(identity, lockout, origin)
  }

  /** Clears the count of wrong passwords and ends their lockout. */
  clearWrongPasswords(identity: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    return this.#check.clearAttempts(identity)
  }

  /** Clears the failures of all factors and ends their lockouts. */
  async unlock(identity: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    await this.#check.clearAttempts(identity)
    await this.#guesses.reset(identity.realm, identity.id)
  }

  /**
   * Writes a linked person's directory attributes immediately, and updates the local copy.
   * @param by as in {@link IdentityChange}.
   * @returns the state that remains to be saved, and the revision it replaces.
   * @throws RequestError 403 if the directory is read-only or rejects the change.
   */
  async settle(
    existing: Identity,
    { passwordForDirectory: password, currentPassword, ...to }: Draft,
    by: Pick<IdentityChange, 'actingSession' | 'changedAt'> = {},
  ): Promise<{ rev: number; to: IdentityChange['to'] }> {
    const dn = linkedTo(existing)
    if (dn === undefined) return { rev: existing.rev, to }
    const directory = await this.#directoryOf(existing.realm)
    const attributes = changesFor(directory, existing, to)
    const names = [...Object.keys(attributes), ...(password === undefined ? [] : ['password'])]
    if (names.length === 0) return { rev: existing.rev, to }
    if (directory?.isWritable !== true || names.includes('userName')) {
      throw new RequestError(
        403,
        `These attributes are in a directory and cannot be changed here: ${names.join(', ')}`,
      )
    }
    await directory.write(dn, { attributes, password, currentPassword })
    const { rev, failures: _failures, ...before } = existing
    const copied = Object.entries({ ...before.attributes, ...attributes }).filter(
      ([, value]) => value !== null,
    )
    const copy = { ...before, attributes: Object.fromEntries(copied) }
    // rule S13: otherwise sessions survive a new password in the directory
    const hasNewDirectoryPassword = password !== undefined
    const change = { ...by, id: existing.id, rev, to: copy, hasNewDirectoryPassword }
    if (!(await this.#store.save(change))) throw isContended(existing.id)
    return { rev: rev + 1, to }
  }

  async #change(
    realm: string,
    id: string,
    { rev, actingSession }: ChangeContext,
    draft: (existing: Identity) => Promise<Draft>,
  ): Promise<Identity> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      await pauseBefore(attempt)
      const existing = await this.read(realm, id)
      requireRevision(existing, rev)
      const { rev: settledRev, to } = await this.settle(existing, await draft(existing), { actingSession })
      if (isActiveAdministrator(existing) && !isActiveAdministrator(to)) {
        await requireAnotherAdministrator(this.#store, id)
      }
      if (await this.#store.save({ id, rev: settledRev, to, actingSession })) {
        if (to.isActive && !existing.isActive) await this.clearWrongPasswords(existing)
        return this.read(realm, id)
      }
      const holder = await this.#store.byUserName(realm, to.userName)
      if (holder !== undefined && holder.id !== id) throw userNameTaken()
    }
    throw isContended(id)
  }
}

function isContended(id: string): RequestError {
  return new RequestError(409, `Object ${id} is being changed by other requests, try again`)
}

/** The directory attributes that change, including the username. Removed values are null. */
function changesFor(
  directory: PeopleDirectory | undefined,
  existing: Identity,
  to: IdentityChange['to'],
): Record<string, Json> {
  const names = [...(directory?.attributes ?? [])].filter(
    (name) => !isDeepStrictEqual(existing.attributes[name], to.attributes[name]),
  )
  const attributes = names.map((name) => [name, to.attributes[name] ?? null] as const)
  const renamed = existing.userName === to.userName ? {} : { userName: to.userName }
  return { ...Object.fromEntries(attributes), ...renamed }
}

/** @throws RequestError 412 unless the revision is current, `*` or unset. */
export function requireRevision(
  { rev: current, id }: Pick<Identity, 'rev' | 'id'>,
  rev: string | undefined,
): void {
  if (rev === undefined || rev === '*' || rev === String(current)) return
  throw new RequestError(412, `Object ${id} has a different revision: read it again`)
}

function idOf(id: Json = randomUUID()): string {
  if (typeof id === 'string' && /^[\w.@-]{1,128}$/.test(id)) return id
  throw badRequest('_id must be 1 to 128 letters, digits, dots, hyphens, underscores or @')
}

/** The policy error for a taken username. */
export function userNameTaken(): RequestError {
  return new RequestError(409, 'Policy validation failed: userName UNIQUE', {
    result: false,
    failedPolicyRequirements: [
      { property: 'userName', policyRequirements: [{ policyRequirement: 'UNIQUE' }] },
    ],
  })
}
