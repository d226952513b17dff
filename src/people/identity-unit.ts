import { matches, parseQueryFilter, type QueryFilter } from '../crest/query-filter.ts'
import type { Json, JsonObject } from '../engine/json.ts'
import { notFound, RequestError } from '../errors.ts'
import type { GuessOrigin } from '../limits/guesses.ts'
import { Secret } from '../secrets/secret.ts'
import type { Access } from './access.ts'
import { managedValues } from './am-attributes.ts'
import type { DatedAttribute } from './change-times.ts'
import { DirectoryRefusal } from './directories/people-directory.ts'
import type { Draft, PolicyFailures } from './drafts.ts'
import { type Identities, requireRevision, userNameTaken } from './identities.ts'
import { type Identity, type IdentityChange, type LockoutPolicy, noFailures } from './identity.ts'
import { hashOfText, normalAnswer } from './kba-answers.ts'
import { type Person, personOf, valueAt } from './managed-object.ts'
import { noOrigin, type PasswordVerdict } from './passwords/password-check.ts'
import { defaultPasswordPolicy, type PasswordPolicy } from './passwords/password-policy.ts'
import type { PatchOperation } from './patch-operations.ts'
import { maxScanned } from './search.ts'
import { attributeNames, personAttribute, requiredAttributes } from './user-schema.ts'

/** What a step knows of its realm and session. */
type StepSettings = {
  /** As {@link IdentityChange}. */
  actingSession?: string | undefined
  /** The time of the step, in epoch milliseconds. */
  now?: number
  /** How long an address, number or manager counts as changed lately. */
  quietHours?: number
  /** Where tries at credentials come from. */
  origin?: GuessOrigin
}

/** What scripts see of a person beside the attributes. */
export type StepAccess = Access & {
  /** Attributes that were changed within the realm's quiet hours and must not be used to reach or verify the person. */
  changedLately: DatedAttribute[]
}

/**
 * People as one step of a journey sees them. Changes are staged here and saved with the step; reads see them before
 * that. Members may be handed on by themselves.
 */
export class IdentityUnit {
  readonly realm: string
  readonly #identities: Identities
  readonly #lockout: LockoutPolicy
  readonly #passwords: PasswordPolicy
  readonly #step: StepSettings
  readonly #staged = new Map<string, Identity>()

  constructor(
    identities: Identities,
    realm: string,
    lockout: LockoutPolicy,
    passwords: PasswordPolicy = defaultPasswordPolicy,
    step: StepSettings = {},
  ) {
    this.#passwords = passwords
    this.#step = step
    this.realm = realm
    this.#identities = identities
    this.#lockout = lockout
  }

  /** What is to be saved with the step. */
  changes(): IdentityChange[] {
    const { actingSession } = this.#step
    return [...this.#staged.values()].map(({ rev, failures: _failures, ...to }) => ({
      id: to.id,
      rev,
      to,
      actingSession,
    }))
  }

  /** By user name or object id. @param kind identities of the other kind are unknown. */
  readonly find = async (nameOrId: string, kind?: Identity['kind']): Promise<Person | undefined> => {
    const identity = await this.#locate(nameOrId)
    const isWanted = kind === undefined || identity?.kind === kind
    return isWanted && identity !== undefined ? personOf(identity) : undefined
  }

  /** At most two: enough to tell one from several. */
  readonly findByAttribute = (attribute: string, value: string): Promise<Person[]> => {
    const field = attribute.split('/').filter((part) => part !== '')
    return this.search({ kind: 'compare', field, operator: 'eq', value }, 2)
  }

  /** @param kind others are unknown. */
  readonly checkPassword = async (
    nameOrId: string,
    password: string,
    kind?: Identity['kind'],
  ): Promise<PasswordVerdict> => {
    const found = await this.#locate(nameOrId)
    const isWanted = kind === undefined || found?.kind === kind
    return this.#identities.checkPassword(
      isWanted ? found : undefined,
      password,
      this.#lockout,
      this.#step.origin ?? noOrigin,
    )
  }

  /** Whether a person is inactive, or locked by wrong passwords where this request comes from. */
  readonly isLocked = async (id: string): Promise<boolean> => {
    const held = await this.#read(id)
    if (held === undefined) return false
    // Wrong passwords are counted, and forgiven, at once: what is staged does not know of it.
    const failures = (await this.#identities.findById(this.realm, id))?.failures ?? held.failures
    return this.#identities.isLocked({ ...held, failures }, this.#lockout, this.#step.origin ?? noOrigin)
  }

  /** Whether an attribute has a value, a password and others that nobody may see included. */
  readonly hasAttribute = async (id: string, name: string): Promise<boolean> => {
    const held = await this.#read(id)
    if (held === undefined) return false
    if (name === 'password') return held.passwordHash !== undefined
    const value = valueAt(personOf(held), name)
    return value !== null && !(Array.isArray(value) && value.length === 0)
  }

  /** What somebody is here beside their attributes, their roles among it. */
  readonly accessOf = async (id: string): Promise<StepAccess | undefined> => {
    const held = await this.#read(id)
    if (held === undefined) return undefined
    const changedLately = this.#identities.changedLately(held, this.#step.quietHours ?? 0)
    return { ...this.#identities.accessOf(held), changedLately }
  }

  /** When somebody was created, in epoch milliseconds. */
  readonly createdAt = async (id: string): Promise<number | undefined> => (await this.#read(id))?.createdAt

  /** @throws RequestError 400 when the filter cannot be read. */
  readonly matches = (person: JsonObject, filter: string): boolean =>
    matches(parseQueryFilter(filter), person)

  /** Whether it is the answer to a security question, as the person keeps it. */
  readonly checkAnswer = (stored: Json, answer: string): Promise<boolean> =>
    this.#identities.matches(hashOfText(stored), normalAnswer(answer))

  /**
   * Saved with the step; seen in it at once. @throws RequestError when policies do not allow it.
   * @param as things need no name and no mail address; what they have is checked.
   */
  readonly createWithStep = async (
    object: JsonObject,
    as: 'person' | 'thing' = 'person',
  ): Promise<Person> => {
    if (as === 'thing') await this.#identities.drafts.requireAllowed(this.realm, object)
    const checks = as === 'thing' ? 'none' : 'all'
    const draft = await this.#identities.draftNew(this.realm, object, { checks })
    const identity = { ...draft, rev: 0, failures: noFailures }
    if (await this.#locate(identity.userName)) throw userNameTaken()
    this.#staged.set(identity.id, identity)
    return personOf(identity)
  }

  /** Sets attributes; null removes one. @throws RequestError when policies do not allow it. */
  readonly patch = async (id: string, changes: JsonObject): Promise<void> => {
    const operations = Object.entries(changes).map(([field, value]) =>
      value === null
        ? ({ operation: 'remove', field } as const)
        : ({ operation: 'replace', field, value } as const),
    )
    await this.applyPatch(id, operations)
  }

  /**
   * The person's own change, with the old password checked before. Neither password is kept.
   * @returns `refused` when the person's directory does not take the new password.
   * @throws RequestError when policies do not allow it.
   */
  readonly changePassword = async (
    id: string,
    { old, fresh }: { old: string; fresh: string },
  ): Promise<'changed' | 'refused'> => {
    const operation = { operation: 'replace', field: 'password', value: fresh } as const
    try {
      await this.#stage(id, undefined, async (held) => ({
        ...(await this.#identities.drafts.patched(held, [operation])),
        currentPassword: new Secret(old),
      }))
      return 'changed'
    } catch (error) {
      if (error instanceof DirectoryRefusal) return 'refused'
      throw error
    }
  }

  /** Activation also forgets wrong passwords, at once. */
  readonly setActive = async (id: string, isActive: boolean): Promise<void> => {
    await this.patch(id, { accountStatus: isActive ? 'active' : 'inactive' })
    if (isActive && this.#staged.get(id)?.rev !== 0) {
      await this.#identities.forgiveWrongPasswords({ realm: this.realm, id })
    }
  }

  readonly fromAmAttributes = managedValues
  readonly attribute = (name: string) => personAttribute(name, this.#passwords)
  readonly attributeNames = attributeNames
  readonly requiredAttributes = requiredAttributes

  /** @param id whose values they become; unset or unknown for somebody new. */
  readonly checkPolicies = async (values: JsonObject, id?: string): Promise<PolicyFailures> => {
    const held = id === undefined ? undefined : await this.#read(id)
    return this.#identities.drafts.checkPolicies(this.realm, values, held)
  }

  /** @throws RequestError 400 when more people than may be looked at would have to be. */
  async search(filter: QueryFilter, limit: number): Promise<Person[]> {
    const found = await this.#identities.search(this.realm, { filter, limit: limit + this.#staged.size })
    if (found.next !== undefined && found.identities.length < limit) {
      throw new RequestError(
        400,
        `The search looks at more than ${maxScanned} people: name an indexed attribute`,
      )
    }
    const all = new Map([...found.identities.map((each) => [each.id, each] as const), ...this.#staged])
    const people = [...all.values()].map(personOf)
    return people.filter((person) => matches(filter, person)).slice(0, limit)
  }

  /** @throws RequestError 404, 412, or what policies do not allow. */
  applyPatch(id: string, operations: readonly PatchOperation[], rev?: string): Promise<Person> {
    return this.#stage(id, rev, (held) => this.#identities.drafts.patched(held, operations))
  }

  /** @throws RequestError 404, 412, or what policies do not allow. */
  replace(id: string, object: JsonObject, rev?: string): Promise<Person> {
    return this.#stage(id, rev, (held) => this.#identities.drafts.replaced(held, object))
  }

  /** At once, not with the step. @throws RequestError. */
  async create(object: JsonObject, id?: string): Promise<Person> {
    return personOf(await this.#identities.create(this.realm, object, id === undefined ? {} : { id }))
  }

  /** At once, not with the step. @throws RequestError. */
  async remove(id: string, rev?: string): Promise<Person> {
    const removed = await this.#identities.remove(this.realm, id, rev)
    const last = this.#staged.get(id) ?? removed
    this.#staged.delete(id)
    return personOf(last)
  }

  /** What a directory has of somebody is written there at once, not with the step. */
  protected settle(held: Identity, draft: Draft): Promise<{ rev: number; to: IdentityChange['to'] }> {
    return this.#identities.settle(held, draft, {
      actingSession: this.#step.actingSession,
      changedAt: this.#step.now,
    })
  }

  async #stage(
    id: string,
    rev: string | undefined,
    draft: (held: Identity) => Promise<Draft>,
  ): Promise<Person> {
    const held = await this.#read(id)
    if (held === undefined) throw notFound(`Object ${id} not found`)
    requireRevision(held, rev)
    const { rev: settledRev, to } = await this.settle(held, await draft(held))
    const identity = { ...held, ...to, rev: settledRev }
    this.#staged.set(id, identity)
    return personOf(identity)
  }

  async #read(id: string): Promise<Identity | undefined> {
    return this.#staged.get(id) ?? (await this.#identities.findById(this.realm, id))
  }

  /** A staged user name counts, and the one it takes the place of does not. */
  async #locate(nameOrId: string): Promise<Identity | undefined> {
    const isNamed = ({ id, userName }: Identity) =>
      id === nameOrId || userName.toLowerCase() === nameOrId.toLowerCase()
    const found = await this.#identities.find(this.realm, nameOrId)
    const staged = found && this.#staged.get(found.id)
    if (found !== undefined && staged === undefined) return found
    return [...this.#staged.values()].find(isNamed)
  }
}
