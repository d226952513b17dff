import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { badRequest, RequestError } from '../errors.ts'
import { Secret } from '../secrets/secret.ts'
import { changeTimes } from './change-times.ts'
import { linkedTo } from './directories/directory-link.ts'
import type { Identity, IdentityChange } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'
import { withHashedAnswers } from './kba-answers.ts'
import { contentOf, personOf, valueAt } from './managed-object.ts'
import type { IsBreached } from './passwords/breached-passwords.ts'
import type { PasswordPolicy } from './passwords/password-policy.ts'
import type { Passwords } from './passwords/passwords.ts'
import { type FailedPolicy, failedPolicies } from './passwords/policies.ts'
import { applyPatch, type PatchOperation, touchedBy } from './patch-operations.ts'
import { search } from './search.ts'
import { withHashedUserCode } from './user-code.ts'
import { policiesOf, requiredAttributes, schemaProperty } from './user-schema.ts'

/** An identity as it is to be: checked and hashed, not saved. */
export type Draft = IdentityChange['to'] & {
  /** Of somebody whose password a directory has: it is written there, and hashed nowhere. */
  passwordForDirectory?: Secret
  /** The password that the person has until now, where the person typed it to change it. Never saved. */
  currentPassword?: Secret
}

type Base = Omit<Draft, 'userName' | 'isActive' | 'attributes'> & { attributes?: JsonObject }

/** The failed policies by attribute; attributes whose values are fine are left out. */
export type PolicyFailures = Readonly<Record<string, readonly FailedPolicy[]>>

/** What a realm wants of passwords. */
export type PasswordPolicyOf = (realm: string) => Promise<PasswordPolicy>

/** A person's data travels through every step that looks at them; pictures in text form still fit. */
const maxAttributesLength = 256 * 1024

/** Makes drafts out of what comes in: the one place where policies are checked and passwords hashed. */
export class Drafts {
  readonly #store: IdentityStore
  readonly #passwords: Passwords
  readonly #policyOf: PasswordPolicyOf
  readonly #now: () => number
  readonly #isBreached: IsBreached

  constructor(
    store: IdentityStore,
    passwords: Passwords,
    policyOf: PasswordPolicyOf,
    now: () => number,
    isBreached: IsBreached,
  ) {
    this.#isBreached = isBreached
    this.#store = store
    this.#passwords = passwords
    this.#policyOf = policyOf
    this.#now = now
  }

  /** @param checks `none` is for data that we ship or that an operator vouches for. @throws RequestError. */
  async created(base: Base, object: JsonObject, checks: 'all' | 'none' = 'all'): Promise<Draft> {
    if (checks === 'all') await this.#require(base, {}, withRequired(object))
    return this.#withContent(base, object)
  }

  /** Everything but password, kind and roles becomes what the object says. @throws RequestError. */
  async replaced(held: Draft, object: JsonObject): Promise<Draft> {
    requireSameId(held, object)
    await this.#require(held, {}, withRequired(object))
    return this.#withContent(held, object)
  }

  /** Checks what the operations touch and nothing else. @throws RequestError. */
  async patched(held: Identity, operations: readonly PatchOperation[]): Promise<Draft> {
    const before = personOf(held)
    const object = applyPatch(before, operations)
    requireSameId(held, object)
    const touched = touchedBy(operations)
    const values = Object.fromEntries(touched.map((name) => [name, valueAt(object, name)]))
    await this.#require(held, before, values)
    const draft = await this.#withContent(held, object)
    const isRemoved = touched.includes('password') && object.password === undefined
    if (!isRemoved) return draft
    if (linkedTo(held) !== undefined) throw new RequestError(403, 'A directory has the password')
    return { ...draft, passwordHash: undefined }
  }

  /** Whatever policies say. */
  withPassword(held: Identity, password: string): Promise<Draft> {
    return this.#withContent(held, { ...personOf(held), password })
  }

  /** @param held whose values they become; undefined for somebody new. */
  async checkPolicies(realm: string, values: JsonObject, held?: Identity): Promise<PolicyFailures> {
    return this.#failures({ realm, id: held?.id }, held === undefined ? {} : personOf(held), values)
  }

  /** Checks what somebody new has, and not what they lack. @throws RequestError. */
  requireAllowed(realm: string, values: JsonObject): Promise<void> {
    return this.#require({ realm, id: undefined }, {}, values)
  }

  /** Right or not, in the same time. */
  matches(hash: string | undefined, secret: string): Promise<boolean> {
    return this.#passwords.verify(hash, secret)
  }

  /** @param base with the attributes that it has now, unless it is somebody new. */
  async #withContent(base: Base, object: JsonObject): Promise<Draft> {
    const { id, realm, kind, roles, createdAt, passwordHash, mustChangePassword, attributes } = base
    const { password, ...read } = contentOf(object)
    const hash = (text: string) => this.#passwords.hash(text)
    const hashed = await withHashedUserCode(await withHashedAnswers(read.attributes, hash), hash)
    const content = { ...read, attributes: hashed }
    if (JSON.stringify(content.attributes).length > maxAttributesLength) {
      throw new RequestError(413, `A person's attributes must not exceed ${maxAttributesLength} characters`)
    }
    const after = { ...base, attributes: content.attributes }
    const times = attributes === undefined ? {} : changeTimes({ ...base, attributes }, after, this.#now())
    const kept = { id, realm, kind, roles, createdAt, ...times, ...content }
    if (password === undefined) return { ...kept, passwordHash, mustChangePassword }
    const mustNot = { ...kept, mustChangePassword: false }
    if (linkedTo({ passwordHash }) !== undefined) {
      return { ...mustNot, passwordHash, passwordForDirectory: new Secret(password) }
    }
    return { ...mustNot, passwordHash: await this.#passwords.hash(password) }
  }

  async #require(
    owner: { realm: string; id: string | undefined },
    before: JsonObject,
    values: JsonObject,
  ): Promise<void> {
    const failures = await this.#failures(owner, before, values)
    if (Object.keys(failures).length > 0) throw policyError(failures)
  }

  async #failures(
    { realm, id }: { realm: string; id: string | undefined },
    before: JsonObject,
    values: JsonObject,
  ): Promise<PolicyFailures> {
    const object = { ...before, ...values }
    const isUnique = (attribute: string, value: string) => this.#isUnique(realm, id, attribute, value)
    const failures: Record<string, FailedPolicy[]> = {}
    const passwords = await this.#policyOf(realm)
    const isBreached = (password: string) => this.#isBreached(password, passwords)
    for (const [attribute, value] of pathsOf(values)) {
      const failed = await failedPolicies(policiesOf(attribute, passwords), {
        attribute,
        value,
        object,
        isUnique,
        isBreached,
        contextWords: passwords.contextWords ?? [],
      })
      if (failed.length > 0) failures[attribute] = failed
    }
    return failures
  }

  /** A user name must not be another's id either: people are found by both. */
  async #isUnique(realm: string, id: string | undefined, attribute: string, value: string): Promise<boolean> {
    const filter = { kind: 'compare', field: attribute.split('/'), operator: 'eq', value } as const
    const { identities } = await search(this.#store, realm, { filter, limit: 2 })
    const namesake = attribute === 'userName' ? await this.#store.read(realm, value) : undefined
    return identities.every((other) => other.id === id) && (namesake === undefined || namesake.id === id)
  }
}

function withRequired(object: JsonObject): JsonObject {
  return { ...Object.fromEntries(requiredAttributes.map((name) => [name, null])), ...object }
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

/** Source: the answer of the vendor's identity management to an object that policies do not allow. */
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
