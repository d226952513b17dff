import { type FailedPolicy, failedPolicies } from '../attributes/policies.ts'
import {
  type PeopleRules,
  policiesOf,
  requiredAttributesIn,
  schemaProperty,
} from '../attributes/user-schema.ts'
import { badRequest, RequestError } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { Secret } from '../secrets/secret.ts'
import { addressNameFailures } from './address-names.ts'
import { changeTimes } from './change-times.ts'
import { linkedTo } from './directories/directory-link.ts'
import type { Identity, IdentityChange } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'
import { withHashedAnswers } from './kba-answers.ts'
import { contentOf, personOf, requireNoHash, valueAt } from './managed-object.ts'
import type { IsBreached } from './passwords/breached-passwords.ts'
import type { Passwords } from './passwords/passwords.ts'
import { applyPatch, type PatchOperation, touchedBy } from './patch-operations.ts'
import { search } from './search.ts'
import { withHashedUserCode } from './user-code.ts'

/** A new state of an identity: checked and hashed, but not saved yet. */
export type Draft = IdentityChange['to'] & {
  /** The new password of a linked person. It is written to the directory and never hashed here. */
  passwordForDirectory?: Secret
  /** The old password, if the person typed it to change it. Never saved. */
  currentPassword?: Secret
}

type Base = Omit<Draft, 'userName' | 'isActive' | 'attributes'> & {
  userName?: string
  attributes?: JsonObject
}

/** The person whose values are checked; a new person has neither id nor names. */
type Owner = { realm: string; id: string | undefined } & Partial<
  Pick<Identity, 'userName' | 'isActive' | 'attributes'>
>

/** Failed policies by attribute. Attributes without failures are left out. */
export type PolicyFailures = Readonly<Record<string, readonly FailedPolicy[]>>

export type PeopleRulesOf = (realm: string) => Promise<PeopleRules>

/** Every step that reads a person loads all attributes. Large enough for base64-encoded pictures. */
const maxAttributesLength = 256 * 1024

/** Creates drafts from input. The only place that checks policies and hashes passwords. */
export class Drafts {
  readonly #store: IdentityStore
  readonly #passwords: Passwords
  readonly #rulesOf: PeopleRulesOf
  readonly #now: () => number
  readonly #isBreached: IsBreached

  constructor(
    store: IdentityStore,
    passwords: Passwords,
    rulesOf: PeopleRulesOf,
    now: () => number,
    isBreached: IsBreached,
  ) {
    this.#isBreached = isBreached
    this.#store = store
    this.#passwords = passwords
    this.#rulesOf = rulesOf
    this.#now = now
  }

  /** @param checks `none` is for built-in data and for operators. @throws RequestError. */
  async created(base: Base, object: JsonObject, checks: 'all' | 'none' = 'all'): Promise<Draft> {
    if (checks === 'all') await this.#require(base, {}, await this.#withRequired(base, object))
    return this.#withContent(base, object)
  }

  /** Replaces everything except password, kind and roles. @throws RequestError. */
  async replaced(existing: Draft, object: JsonObject): Promise<Draft> {
    requireSameId(existing, object)
    await this.#require(existing, {}, await this.#withRequired(existing, object))
    return this.#withContent(existing, object)
  }

  /** Checks only the attributes that the operations touch. @throws RequestError. */
  async patched(existing: Identity, operations: readonly PatchOperation[]): Promise<Draft> {
    const before = personOf(existing)
    const object = applyPatch(before, operations)
    requireSameId(existing, object)
    const touched = touchedBy(operations)
    const values = Object.fromEntries(touched.map((name) => [name, valueAt(object, name)]))
    await this.#require(existing, before, values)
    const draft = await this.#withContent(existing, object)
    const isRemoved = touched.includes('password') && object.password === undefined
    if (!isRemoved) return draft
    if (linkedTo(existing) !== undefined)
      throw new RequestError(403, 'The password is in a directory and cannot be removed here')
    return { ...draft, passwordHash: undefined }
  }

  /** Sets a password without checking policies. */
  withPassword(existing: Identity, password: string): Promise<Draft> {
    return this.#withContent(existing, { ...personOf(existing), password })
  }

  /** @param existing the identity that would get the values; undefined for a new one. */
  async checkPolicies(realm: string, values: JsonObject, existing?: Identity): Promise<PolicyFailures> {
    const before = existing === undefined ? {} : personOf(existing)
    return this.#failures(existing ?? { realm, id: undefined }, before, values, 'form')
  }

  /** Checks the values of a new identity, but not that required attributes exist. @throws RequestError. */
  requireAllowed(realm: string, values: JsonObject): Promise<void> {
    return this.#require({ realm, id: undefined }, {}, values)
  }

  /** Takes the same time for a wrong secret and for a missing hash. */
  matches(hash: string | undefined, secret: string): Promise<boolean> {
    return this.#passwords.verify(hash, secret)
  }

  /** @param base with its current attributes, unless it is new. */
  async #withContent(base: Base, object: JsonObject): Promise<Draft> {
    const { id, realm, kind, roles, createdAt, passwordHash, mustChangePassword, attributes } = base
    const { password, ...read } = contentOf(object)
    const hash = (text: string) => this.#passwords.hash(text)
    const hashed = await withHashedUserCode(await withHashedAnswers(read.attributes, hash), hash)
    const content = { ...read, attributes: hashed }
    if (JSON.stringify(content.attributes).length > maxAttributesLength) {
      throw new RequestError(413, `A person's attributes must not exceed ${maxAttributesLength} characters`)
    }
    const { userName = content.userName } = base
    const times =
      attributes === undefined
        ? {}
        : changeTimes({ ...base, userName, attributes }, { ...base, ...content }, this.#now())
    const kept = { id, realm, kind, roles, createdAt, ...times, ...content }
    if (password === undefined) return { ...kept, passwordHash, mustChangePassword }
    const mustNot = { ...kept, mustChangePassword: false }
    if (linkedTo({ passwordHash }) !== undefined) {
      return { ...mustNot, passwordHash, passwordForDirectory: new Secret(password) }
    }
    return { ...mustNot, passwordHash: await this.#passwords.hash(password) }
  }

  async #require(owner: Owner, before: JsonObject, values: JsonObject): Promise<void> {
    requireNoHash(values)
    const failures = await this.#failures(owner, before, values, 'complete')
    if (Object.keys(failures).length > 0) throw policyError(failures)
  }

  async #failures(
    owner: Owner,
    before: JsonObject,
    values: JsonObject,
    source: 'complete' | 'form',
  ): Promise<PolicyFailures> {
    const { realm, id } = owner
    const object = { ...before, ...values }
    const isUnique = (attribute: string, value: string) => this.#isUnique(realm, id, attribute, value)
    const failures: Record<string, FailedPolicy[]> = {}
    const rules = await this.#rulesOf(realm)
    const { passwordPolicy } = rules
    const isBreached = (password: string) => this.#isBreached(password, passwordPolicy)
    for (const [attribute, value] of pathsOf(values)) {
      const failed = await failedPolicies(policiesOf(attribute, rules), {
        attribute,
        value,
        object,
        isUnique,
        isBreached,
        contextWords: passwordPolicy.contextWords ?? [],
      })
      if (failed.length > 0) failures[attribute] = failed
    }
    const names = { ...object, ...(id === undefined ? {} : { _id: id }) }
    const foreign = await addressNameFailures(this.#store, owner, namesOf(owner), names, source)
    for (const [name, failure] of Object.entries(foreign)) failures[name] ??= [failure]
    return failures
  }

  /** The object with null for each required attribute that it lacks, so that the policies see them. */
  async #withRequired({ realm }: { realm: string }, object: JsonObject): Promise<JsonObject> {
    const names = requiredAttributesIn(await this.#rulesOf(realm))
    return { ...Object.fromEntries(names.map((name) => [name, null])), ...object }
  }

  /** A username must not equal another identity's id, because lookups accept both. */
  async #isUnique(realm: string, id: string | undefined, attribute: string, value: string): Promise<boolean> {
    const filter = { kind: 'compare', field: attribute.split('/'), operator: 'eq', value } as const
    const { identities } = await search(this.#store, realm, { filter, limit: 2 })
    const namesake = attribute === 'userName' ? await this.#store.read(realm, value) : undefined
    return identities.every((other) => other.id === id) && (namesake === undefined || namesake.id === id)
  }
}

/** The stored names of a person; none for a new one. */
function namesOf({ id, userName, isActive = true, attributes = {} }: Owner): JsonObject {
  if (userName === undefined) return {}
  return {
    _id: id ?? null,
    userName,
    mail: attributes.mail ?? null,
    accountStatus: isActive ? 'active' : 'inactive',
  }
}

function requireSameId({ id }: { id: string }, object: JsonObject): void {
  if (object._id !== undefined && object._id !== id) throw badRequest('_id cannot be changed')
}

/** Values by path, those inside objects of the schema included. */
function pathsOf(values: JsonObject): [path: string, value: Json][] {
  return Object.entries(values).flatMap(([path, value]): [string, Json][] => {
    const parts = Object.keys(schemaProperty(path)?.properties ?? {})
    if (!isJsonObject(value)) return [[path, value]]
    const inner = parts.filter((part) => Object.hasOwn(value, part))
    return [[path, value], ...inner.map((part): [string, Json] => [`${path}/${part}`, value[part] ?? null])]
  })
}

/** Source: response of PingIDM to an object that violates policies. */
function policyError(failures: PolicyFailures): RequestError {
  const all = Object.entries(failures)
  const isTaken = all.every(([, failed]) => failed.every((each) => each.policyRequirement === 'UNIQUE'))
  const list = all.map(
    ([name, failed]) => `${name} ${failed.map((each) => each.policyRequirement).join(', ')}`,
  )
  return new RequestError(isTaken ? 409 : 403, `Policy validation failed: ${list.join('; ')}`, {
    result: false,
    failedPolicyRequirements: all.map(([name, failed]) => ({
      property: name,
      policyRequirements: [...failed],
    })),
  })
}
