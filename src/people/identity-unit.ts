import {
  attributeNamesIn,
  defaultRules,
  type PeopleRules,
  personAttribute,
  requiredAttributesIn,
} from '../attributes/user-schema.ts'
import { notFound, RequestError } from '../base/errors.ts'
import type { Json, JsonObject } from '../base/json.ts'
import { matches, parseQueryFilter, type QueryFilter } from '../crest/query-filter.ts'
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
import type { PatchOperation } from './patch-operations.ts'
import { maxScanned } from './search.ts'

/** Details of the step and its session. */
type StepSettings = {
  /** See {@link IdentityChange}. */
  actingSession?: string | undefined
  /** The time of the step, in epoch milliseconds. */
  now?: number
  /** How long a changed email address, telephone number or manager is not trusted. */
  quietHours?: number
  /** Where attempts at credentials come from. */
  origin?: GuessOrigin
}

/** The account state of a person as scripts see it. */
export type StepAccess = Access & {
  /** Attributes changed within the realm's quiet hours. They must not be used to reach or verify the person. */
  changedLately: DatedAttribute[]
}

/**
 * The people of a realm in one step of a journey. Changes are staged here and saved with the step; reads include them
 * before that. Arrow members may be passed on as functions.
 */
export class IdentityUnit {
  readonly realm: string
  readonly #identities: Identities
  readonly #lockout: LockoutPolicy
  readonly #rules: PeopleRules
  readonly #step: StepSettings
  readonly #staged = new Map<string, Identity>()
  /** Revisions of stored identities as callers last saw them. Callers compute changes from what they see. */
  readonly #seen = new Map<string, number>()
  /** Changed identities that another request has changed since callers saw them. The step can't be saved. */
  readonly #outdated = new Set<string>()
  /** People whose right password has to be changed, as their directory said. */
  readonly #due = new Set<string>()
  /** People who got a new password here. */
  readonly #renewed = new Set<string>()

  constructor(
    identities: Identities,
    realm: string,
    lockout: LockoutPolicy,
    rules: PeopleRules = defaultRules,
    step: StepSettings = {},
  ) {
    this.#rules = rules
    this.attributeNames = attributeNamesIn(rules)
    this.requiredAttributes = requiredAttributesIn(rules)
    this.#step = step
    this.realm = realm
    this.#identities = identities
    this.#lockout = lockout
  }

  /** The staged changes, to save with the step. */
  changes(): IdentityChange[] {
    const { actingSession } = this.#step
    return [...this.#staged.values()].map(({ rev, failures: _failures, ...to }) => ({
      id: to.id,
      rev,
      to,
      actingSession,
    }))
  }

  /**
   * Finds by username or object id.
   * @param kind identities of the other kind are not found.
   * @param isLatest reads it again, because other servers may have changed it since.
   */
  readonly find = async (
    nameOrId: string,
    kind?: Identity['kind'],
    isLatest?: boolean,
  ): Promise<Person | undefined> => {
    const identity = await this.#locate(nameOrId, isLatest)
    const isExpectedKind = kind === undefined || identity?.kind === kind
    return isExpectedKind && identity !== undefined ? this.#shown(identity) : undefined
  }

  /** At most two results: enough to tell a unique match from several. */
  readonly findByAttribute = (attribute: string, value: string): Promise<Person[]> => {
    const field = attribute.split('/').filter((part) => part !== '')
    return this.search({ kind: 'compare', field, operator: 'eq', value }, 2)
  }

  /** @param kind identities of the other kind are treated as unknown. */
  readonly checkPassword = async (
    nameOrId: string,
    password: string,
    kind?: Identity['kind'],
  ): Promise<PasswordVerdict> => {
    const found = await this.#locate(nameOrId)
    const isExpectedKind = kind === undefined || found?.kind === kind
    const verdict = await this.#identities.checkPassword(
      isExpectedKind ? found : undefined,
      password,
      this.#lockout,
      this.#step.origin ?? noOrigin,
    )
    if (verdict.kind === 'right' && verdict.mustChange) this.#due.add(verdict.person._id)
    return verdict
  }

  /** The id of a person who must change the password and hasn't done so here. */
  async withDuePassword(nameOrId: string): Promise<string | undefined> {
    const found = await this.#locate(nameOrId)
    return found !== undefined && (found.mustChangePassword || this.#due.has(found.id)) ? found.id : undefined
  }

  /** Whether a person got a new password here. */
  hasNewPassword(id: string): boolean {
    return this.#renewed.has(id)
  }

  /** True for inactive people and for people locked for this origin by wrong passwords. */
  readonly isLocked = async (id: string): Promise<boolean> => {
    const existing = await this.#read(id)
    if (existing === undefined) return false
    // Failures are stored immediately, so the staged identity may be outdated.
    const failures = (await this.#identities.findById(this.realm, id))?.failures ?? existing.failures
    return this.#identities.isLocked({ ...existing, failures }, this.#lockout, this.#step.origin ?? noOrigin)
  }

  /** Whether an attribute has a value. Also answers for the password and other hidden attributes. */
  readonly hasAttribute = async (id: string, name: string): Promise<boolean> => {
    const existing = await this.#read(id)
    if (existing === undefined) return false
    if (name === 'password') return existing.passwordHash !== undefined
    const value = valueAt(personOf(existing), name)
    return value !== null && !(Array.isArray(value) && value.length === 0)
  }

  /** Account state and roles. */
  readonly accessOf = async (id: string): Promise<StepAccess | undefined> => {
    const existing = await this.#read(id)
    if (existing === undefined) return undefined
    const changedLately = this.#identities.changedRecently(existing, this.#step.quietHours ?? 0)
    return { ...this.#identities.accessOf(existing), changedLately }
  }

  /** Epoch milliseconds. */
  readonly createdAt = async (id: string): Promise<number | undefined> => (await this.#read(id))?.createdAt

  /** @throws RequestError 400 for an invalid filter. */
  readonly matches = (person: JsonObject, filter: string): boolean =>
    matches(parseQueryFilter(filter), person)

  /** Compares an answer with the stored hash of a security question. */
  readonly checkAnswer = (stored: Json, answer: string): Promise<boolean> =>
    this.#identities.matches(hashOfText(stored), normalAnswer(answer))

  /**
   * Creates an identity with the step; reads include it immediately. @throws RequestError for policies.
   * @param as things need no name and no email address, but existing values are checked.
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

  /** Sets attributes; null removes one. @throws RequestError for policies. */
  readonly patch = async (id: string, changes: JsonObject): Promise<void> => {
    const operations = Object.entries(changes).map(([field, value]) =>
      value === null
        ? ({ operation: 'remove', field } as const)
        : ({ operation: 'replace', field, value } as const),
    )
    await this.applyPatch(id, operations)
  }

  /**
   * Changes a person's own password. The caller has checked the old one. Neither password is kept.
   * @returns `refused` if the person's directory rejects the new password.
   * @throws RequestError for policies.
   */
  readonly changePassword = async (
    id: string,
    { old, fresh }: { old: string; fresh: string },
  ): Promise<'changed' | 'refused'> => {
    const operation = { operation: 'replace', field: 'password', value: fresh } as const
    try {
      await this.#stage(id, undefined, async (existing) => ({
        ...(await this.#identities.drafts.patched(existing, [operation])),
        currentPassword: new Secret(old),
      }))
      return 'changed'
    } catch (error) {
      if (error instanceof DirectoryRefusal) return 'refused'
      throw error
    }
  }

  /** Activation also clears the count of wrong passwords, immediately. */
  readonly setActive = async (id: string, isActive: boolean): Promise<void> => {
    await this.patch(id, { accountStatus: isActive ? 'active' : 'inactive' })
    if (isActive && this.#staged.get(id)?.rev !== 0) {
      await this.#identities.clearWrongPasswords({ realm: this.realm, id })
    }
  }

  readonly fromAmAttributes = managedValues
  readonly attribute = (name: string) => personAttribute(name, this.#rules)
  readonly attributeNames: readonly string[]
  readonly requiredAttributes: readonly string[]

  /** @param id the person who would get the values; unset or unknown for a new one. */
  readonly checkPolicies = async (values: JsonObject, id?: string): Promise<PolicyFailures> => {
    const existing = id === undefined ? undefined : await this.#read(id)
    return this.#identities.drafts.checkPolicies(this.realm, values, existing)
  }

  /** @throws RequestError 400 if the search would scan too many people. */
  async search(filter: QueryFilter, limit: number): Promise<Person[]> {
    const found = await this.#identities.search(this.realm, { filter, limit: limit + this.#staged.size })
    if (found.next !== undefined && found.identities.length < limit) {
      throw new RequestError(
        400,
        `The search would scan more than ${maxScanned} people: filter by an indexed attribute`,
      )
    }
    const all = new Map([...found.identities.map((each) => [each.id, each] as const), ...this.#staged])
    const matching = [...all.values()].filter((identity) => matches(filter, personOf(identity)))
    return matching.slice(0, limit).map((identity) => this.#shown(identity))
  }

  /** @throws RequestError 404, 412, or 403 for policies. */
  applyPatch(id: string, operations: readonly PatchOperation[], rev?: string): Promise<Person> {
    return this.#stage(id, rev, (existing) => this.#identities.drafts.patched(existing, operations))
  }

  /** @throws RequestError 404, 412, or 403 for policies. */
  replace(id: string, object: JsonObject, rev?: string): Promise<Person> {
    return this.#stage(id, rev, (existing) => this.#identities.drafts.replaced(existing, object))
  }

  /** Takes effect immediately, not with the step. @throws RequestError. */
  async create(object: JsonObject, id?: string): Promise<Person> {
    return personOf(await this.#identities.create(this.realm, object, id === undefined ? {} : { id }))
  }

  /** Takes effect immediately, not with the step. @throws RequestError. */
  async remove(id: string, rev?: string): Promise<Person> {
    const removed = await this.#identities.remove(this.realm, id, rev)
    const last = this.#staged.get(id) ?? removed
    this.#staged.delete(id)
    return personOf(last)
  }

  /** Writes directory attributes immediately, not with the step. */
  protected settle(existing: Identity, draft: Draft): Promise<{ rev: number; to: IdentityChange['to'] }> {
    return this.#identities.settle(existing, draft, {
      actingSession: this.#step.actingSession,
      changedAt: this.#step.now,
    })
  }

  async #stage(
    id: string,
    rev: string | undefined,
    draft: (existing: Identity) => Promise<Draft>,
  ): Promise<Person> {
    const existing = await this.#read(id)
    if (existing === undefined) throw notFound(`Object ${id} not found`)
    requireRevision(existing, rev)
    const seen = this.#seen.get(id) ?? existing.rev
    // rule S05: otherwise concurrent sign-ins use one code, and count one failure
    if (!this.#staged.has(id) && seen !== existing.rev) this.#outdated.add(id)
    const drafted = await draft(existing)
    const { rev: settledRev, to } = this.#outdated.has(id)
      ? unsettled(drafted, seen)
      : await this.settle(existing, drafted)
    const identity = { ...existing, ...to, rev: settledRev }
    this.#staged.set(id, identity)
    const isRenewed = to.passwordHash !== undefined && to.passwordHash !== existing.passwordHash
    if (isRenewed || drafted.passwordForDirectory !== undefined) {
      this.#due.delete(id)
      // rule S81: otherwise a password that was changed in the journey counts as temporary
      this.#renewed.add(id)
    }
    return personOf(identity)
  }

  #shown(identity: Identity): Person {
    this.#seen.set(identity.id, identity.rev)
    return personOf(identity)
  }

  async #read(id: string): Promise<Identity | undefined> {
    return this.#staged.get(id) ?? (await this.#identities.findById(this.realm, id))
  }

  /** A staged username replaces the stored one. Its save compares the revision, so that it needs no latest state. */
  async #locate(nameOrId: string, isLatest = false): Promise<Identity | undefined> {
    const isNamed = ({ id, userName }: Identity) =>
      id === nameOrId || userName.toLowerCase() === nameOrId.toLowerCase()
    const read = (latest: boolean) => this.#identities.find(this.realm, nameOrId, undefined, latest)
    const found = await read(false)
    if (found === undefined || this.#staged.has(found.id)) return [...this.#staged.values()].find(isNamed)
    return isLatest ? read(true) : found
  }
}

/** A change that can't be saved, because `seen` is not the stored revision. Nothing is written to directories for it. */
function unsettled({ passwordForDirectory, currentPassword, ...to }: Draft, seen: number) {
  return { rev: seen, to }
}
