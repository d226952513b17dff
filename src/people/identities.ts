import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { QueryFilter } from '../crest/query-filter.ts'
import type { Json, JsonObject } from '../engine/json.ts'
import { badRequest, notFound, RequestError } from '../errors.ts'
import { isSettled } from '../help-desk/transactions/delivery.ts'
import type { Guesses, GuessOrigin } from '../limits/guesses.ts'
import type { Secret } from '../secrets/secret.ts'
import { type Access, accessOf } from './access.ts'
import { changeTimeOf, type DatedAttribute, datedAttributes } from './change-times.ts'
import { linkedTo } from './directories/directory-link.ts'
import type { DirectoryOf, PeopleDirectory } from './directories/people-directory.ts'
import { type Draft, Drafts, type PasswordPolicyOf } from './drafts.ts'
import { hintedPerson } from './hinted-person.ts'
import { type Identity, type IdentityChange, type LockoutPolicy, noFailures } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'
import { isActiveAdministrator, requireAnotherAdministrator } from './last-administrator.ts'
import type { IsBreached } from './passwords/breached-passwords.ts'
import { noOrigin, PasswordCheck, type PasswordVerdict } from './passwords/password-check.ts'
import { defaultPasswordPolicy } from './passwords/password-policy.ts'
import type { Passwords } from './passwords/passwords.ts'
import type { PatchOperation } from './patch-operations.ts'
import { type FoundPeople, findPeople } from './people-search.ts'
import { type Count, count, type Found, type Search, search } from './search.ts'
import { userCodeHashOf } from './user-code.ts'

/** What may be said about a new identity beside its managed object. */
type NewIdentity = {
  /** Taken from `_id` of the object, or made up, if unset. */
  id?: string
  kind?: Identity['kind']
  roles?: readonly string[]
  mustChangePassword?: boolean
  /** `none` for data that we ship or that an operator vouches for. */
  checks?: 'all' | 'none'
}

/** How a change is made. */
export type ChangeContext = {
  /** As `If-Match` gives it; any if unset. */
  rev?: string | undefined
  /** Token hash of the session in which the person changes their own account: it stays. */
  actingSession?: string | undefined
}

/** A change that found its identity changed by another one starts over this often. */
const maxAttempts = 5

/** The people and agents of all realms. */
export class Identities {
  readonly drafts: Drafts
  readonly #store: IdentityStore
  readonly #now: () => number
  readonly #check: PasswordCheck
  readonly #guesses: Guesses
  readonly #directoryOf: DirectoryOf

  /**
   * @param store one that looks into directories, where realms have any.
   * @param now epoch milliseconds.
   * @param guesses counts of wrong passwords and codes.
   * @param policyOf what a realm wants of passwords.
   */
  constructor(
    store: IdentityStore,
    passwords: Passwords,
    now: () => number,
    guesses: Guesses,
    policyOf: PasswordPolicyOf = async () => defaultPasswordPolicy,
    directoryOf: DirectoryOf = async () => undefined,
    isBreached: IsBreached = async () => false,
  ) {
    this.#directoryOf = directoryOf
    this.drafts = new Drafts(store, passwords, policyOf, now, isBreached)
    this.#store = store
    this.#now = now
    this.#check = new PasswordCheck(store, passwords, now, guesses, directoryOf)
    this.#guesses = guesses
  }

  /**
   * By object id or user name; an id wins. Takes the same reads whether there is one or not.
   * @param kind identities of the other kind are unknown.
   */
  async find(realm: string, nameOrId: string, kind?: Identity['kind']): Promise<Identity | undefined> {
    const [byId, byUserName] = await Promise.all([
      this.#store.read(realm, nameOrId),
      this.#store.byUserName(realm, nameOrId),
    ])
    const found = byId ?? byUserName
    return kind === undefined || found?.kind === kind ? found : undefined
  }

  /** Whom an application means: see {@link hintedPerson}. */
  hinted(realm: string, hint: string): Promise<Identity | undefined> {
    return hintedPerson(this.#store, realm, hint)
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

  search(realm: string, wanted: Search): Promise<Found> {
    return search(this.#store, realm, wanted)
  }

  /** How many a filter fits: exactly, or at least so many where there are too many to look at. */
  count(realm: string, filter: QueryFilter): Promise<Count> {
    return count(this.#store, realm, filter)
  }

  /** By the beginning of a name or an address, or by a whole number: see `findPeople`. */
  findPeople(realm: string, text: string, fields: readonly string[]): Promise<FoundPeople> {
    return findPeople(this.#store, realm, text, fields)
  }

  /** @throws RequestError 403 for policies, 409 for a taken user name, 412 for a taken id. */
  async create(realm: string, object: JsonObject, given: NewIdentity = {}): Promise<Identity> {
    const draft = await this.draftNew(realm, object, given)
    const { id } = draft
    // A user name is no id of somebody else: people are found by both.
    const isName = (await this.#store.byUserName(realm, id)) !== undefined
    const identity = { ...draft, rev: 1, failures: noFailures }
    if (!isName && (await this.#store.create(identity))) return identity
    const holder = await this.#store.byUserName(realm, draft.userName)
    if (holder !== undefined && holder.id !== id) throw userNameTaken()
    throw new RequestError(412, `The _id ${id} is taken`)
  }

  /** Somebody new who is not saved yet. @throws RequestError for policies, a taken user name among them. */
  async draftNew(realm: string, object: JsonObject, given: NewIdentity = {}): Promise<Draft> {
    const { kind = 'user', roles = [], mustChangePassword = false, checks } = given
    const id = idOf(given.id ?? object._id)
    const createdAt = this.#now()
    const base = { id, realm, kind, roles, createdAt, mustChangePassword, passwordHash: undefined }
    return { ...(await this.drafts.created(base, object, checks)), mustChangePassword }
  }

  /** An administrator of the whole server, with the user name as id, as AM's own has it. */
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
    return this.#change(realm, id, at, (held) => this.drafts.patched(held, operations))
  }

  /** Everything but the password becomes what the object says. @throws RequestError. */
  replace(realm: string, id: string, object: JsonObject, at: ChangeContext = {}): Promise<Identity> {
    return this.#change(realm, id, at, (held) => this.drafts.replaced(held, object))
  }

  /**
   * Whatever policies say: for operators. What people choose themselves goes through `patch`. A password that is set already
   * is no change: it ends no sessions.
   */
  async setPassword(realm: string, id: string, password: string): Promise<void> {
    const held = await this.#store.read(realm, id)
    if (held !== undefined && (await this.drafts.matches(held.passwordHash, password))) return
    await this.#change(realm, id, {}, (held) => this.drafts.withPassword(held, password))
  }

  /**
   * A password that somebody has to change when they sign in with it. Wrong ones that they typed before are forgotten.
   * @throws RequestError 404, or what policies do not allow.
   */
  async setTemporaryPassword(realm: string, id: string, password: Secret): Promise<Identity> {
    const operation = { operation: 'replace', field: 'password', value: password.reveal() } as const
    const changed = await this.#change(realm, id, {}, async (held) => ({
      ...(await this.drafts.patched(held, [operation])),
      mustChangePassword: true,
    }))
    await this.forgiveWrongPasswords(changed)
    return changed
  }

  /** @throws RequestError 404, or 409 for the last administrator. */
  setRoles(realm: string, id: string, roles: readonly string[]): Promise<Identity> {
    return this.#change(realm, id, {}, async (held) => ({
      ...held,
      roles: [...new Set(roles)].toSorted(),
    }))
  }

  /** @returns what was there. @throws RequestError 404 or 412, or 409 for the last administrator. */
  async remove(realm: string, id: string, rev?: string): Promise<Identity> {
    const held = await this.read(realm, id)
    requireRevision(held, rev)
    if (isActiveAdministrator(held)) await requireAnotherAdministrator(this.#store, id)
    await this.#store.remove(realm, id)
    return held
  }

  /** @param identity undefined when nobody was found: the answer takes the same time. */
  checkPassword(
    identity: Identity | undefined,
    password: string,
    lockout: LockoutPolicy,
    origin: GuessOrigin = noOrigin,
  ): Promise<PasswordVerdict> {
    return this.#check.check(identity, password, lockout, origin)
  }

  /** Right or not, in the same time; nothing is counted. */
  matches(hash: string | undefined, secret: string): Promise<boolean> {
    return this.drafts.matches(hash, secret)
  }

  /**
   * Checks the code that an application shows for a person. Wrong codes are counted for each application, and apart
   * from the password's. A person without a code has no right one, and nothing is counted.
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
    await this.#guesses.forgive(place)
    return true
  }

  /** What administrators see of somebody beside their attributes. */
  accessOf(identity: Identity): Access {
    return accessOf(identity, this.#now())
  }

  /** The dated attributes that were changed within so many hours. */
  changedLately(identity: Identity, quietHours: number): DatedAttribute[] {
    const now = this.#now()
    return datedAttributes.filter((name) => !isSettled(changeTimeOf(identity, name), quietHours, now))
  }

  /** Whether a person is inactive, or locked for this origin by wrong passwords. */
  isLocked(identity: Identity, lockout: LockoutPolicy, origin: GuessOrigin): Promise<boolean> {
    return this.#check.isLocked(identity, lockout, origin)
  }

  /** Forgets wrong passwords and what they locked. */
  forgiveWrongPasswords(identity: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    return this.#check.forgive(identity)
  }

  /** Forgets wrong tries of every factor, and what they locked. */
  async unlock(identity: Pick<Identity, 'realm' | 'id'>): Promise<void> {
    await this.#check.forgive(identity)
    await this.#guesses.forget(identity.realm, identity.id)
  }

  /**
   * Writes what a directory has of somebody, at once. What is kept here of it goes along.
   * @param by as in {@link IdentityChange}.
   * @returns what is left to be saved, and over which revision.
   * @throws RequestError 403 when the directory has it and is only read, or refuses it.
   */
  async settle(
    held: Identity,
    { passwordForDirectory: password, currentPassword, ...to }: Draft,
    by: Pick<IdentityChange, 'actingSession' | 'changedAt'> = {},
  ): Promise<{ rev: number; to: IdentityChange['to'] }> {
    const dn = linkedTo(held)
    if (dn === undefined) return { rev: held.rev, to }
    const directory = await this.#directoryOf(held.realm)
    const attributes = changesFor(directory, held, to)
    const names = [...Object.keys(attributes), ...(password === undefined ? [] : ['password'])]
    if (names.length === 0) return { rev: held.rev, to }
    if (directory?.isWritable !== true || names.includes('userName')) {
      throw new RequestError(403, `A directory has ${names.join(', ')}, which cannot be changed here`)
    }
    await directory.write(dn, { attributes, password, currentPassword })
    const { rev, failures: _failures, ...before } = held
    const copied = Object.entries({ ...before.attributes, ...attributes }).filter(
      ([, value]) => value !== null,
    )
    const copy = { ...before, attributes: Object.fromEntries(copied) }
    const hasNewDirectoryPassword = password !== undefined
    const change = { ...by, id: held.id, rev, to: copy, hasNewDirectoryPassword }
    if (!(await this.#store.save(change))) throw isContended(held.id)
    return { rev: rev + 1, to }
  }

  async #change(
    realm: string,
    id: string,
    { rev, actingSession }: ChangeContext,
    draft: (held: Identity) => Promise<Draft>,
  ): Promise<Identity> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const held = await this.read(realm, id)
      requireRevision(held, rev)
      const { rev: settledRev, to } = await this.settle(held, await draft(held), { actingSession })
      if (isActiveAdministrator(held) && !isActiveAdministrator(to)) {
        await requireAnotherAdministrator(this.#store, id)
      }
      if (await this.#store.save({ id, rev: settledRev, to, actingSession })) {
        if (to.isActive && !held.isActive) await this.forgiveWrongPasswords(held)
        return this.read(realm, id)
      }
      const holder = await this.#store.byUserName(realm, to.userName)
      if (holder !== undefined && holder.id !== id) throw userNameTaken()
    }
    throw isContended(id)
  }
}

function isContended(id: string): RequestError {
  return new RequestError(409, `Object ${id} is being changed by others`)
}

/** What would be different in the directory, null where a value goes; the user name among it. */
function changesFor(
  directory: PeopleDirectory | undefined,
  held: Identity,
  to: IdentityChange['to'],
): Record<string, Json> {
  const names = [...(directory?.attributes ?? [])].filter(
    (name) => !isDeepStrictEqual(held.attributes[name], to.attributes[name]),
  )
  const attributes = names.map((name) => [name, to.attributes[name] ?? null] as const)
  const renamed = held.userName === to.userName ? {} : { userName: to.userName }
  return { ...Object.fromEntries(attributes), ...renamed }
}

/** @throws RequestError 412 unless the revision is the stored one, `*` or unset. */
export function requireRevision(
  { rev: held, id }: Pick<Identity, 'rev' | 'id'>,
  rev: string | undefined,
): void {
  if (rev === undefined || rev === '*' || rev === String(held)) return
  throw new RequestError(412, `Object ${id} has another revision`)
}

function idOf(id: Json = randomUUID()): string {
  if (typeof id === 'string' && /^[\w.@-]{1,128}$/.test(id)) return id
  throw badRequest('_id must be 1 to 128 letters, digits, dots, hyphens, underscores or @')
}

/** What policies say of a user name that somebody else has. */
export function userNameTaken(): RequestError {
  return new RequestError(409, 'Policy validation failed: userName UNIQUE', {
    result: false,
    failedPolicyRequirements: [
      { property: 'userName', policyRequirements: [{ policyRequirement: 'UNIQUE' }] },
    ],
  })
}
