import { defined } from '../base/defined.ts'
import { badRequest, notFound, RequestError } from '../base/errors.ts'
import { type ExpressionType, expectedOf, typedValue } from '../engine/expression-type.ts'
import { hasPlaceholder } from '../engine/placeholders.ts'
import type { Sealer } from '../secrets/seal.ts'
import {
  type EsvSecret,
  type EsvVariable,
  esvIdPattern,
  maxValueBytes,
  nameOfId,
  type SecretVersion,
  type VersionStatus,
} from './esv.ts'
import type { EsvStore, Expected } from './esv-store.ts'
import type { Esvs } from './esvs.ts'

/** A variable as a client or a file describes it. Members that are left out keep their stored values. */
export type VariableWrite = {
  id: string
  value: string
  description?: string | undefined
  /** Can't change later. Default: string. */
  expressionType?: ExpressionType | undefined
  /** Null: all realms. */
  realms?: readonly string[] | null | undefined
}

export type SecretWrite = Pick<VariableWrite, 'id' | 'description' | 'realms'> & {
  /** The first version, or the next one. Required for a new secret. */
  value?: string | undefined
  encoding?: EsvSecret['encoding'] | undefined
  useInPlaceholders?: boolean | undefined
}

/** What a client expects to find. */
export type Precondition = {
  /** `If-None-Match: *`: none is there. */
  isCreateOnly?: boolean
  /** `If-Match`: one of these revisions, or `*` for any. */
  revisions?: readonly string[] | undefined
}

type Kind = 'variable' | 'secret'

type Needs = {
  store: EsvStore
  sealer: Sealer
  esvs: Pick<Esvs, 'refresh'>
  now(): number
  /** Tells the other servers. */
  changed(): void
}

/** Changes stored variables and secrets, in force from the next step of every journey. Every method takes the object id of its author. */
export class EsvChanges {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Creates or replaces a variable.
   * @throws RequestError 400 for an invalid id or value, or another type than before; 409 if the name is taken; 412 or 404 if
   * the precondition isn't met.
   */
  async saveVariable(
    write: VariableWrite,
    by: string,
    precondition: Precondition = {},
  ): Promise<{ variable: EsvVariable; isNew: boolean }> {
    const { id, value } = write
    checkId(id, 'variable')
    const { variables } = await this.#needs.store.all()
    const before = variables.find((each) => each.id === id)
    const expected = expectedChange('variable', id, before, precondition)
    const variable = {
      ...this.#common(write, before, by),
      expressionType: before?.expressionType ?? write.expressionType ?? 'string',
      value,
    }
    if (write.expressionType !== undefined && write.expressionType !== variable.expressionType) {
      throw badRequest(`The expressionType of ${id} is ${variable.expressionType} and cannot change`)
    }
    checkValue(value, variable.expressionType)
    if (!(await this.#needs.store.saveVariable(variable, { ...this.#sent(write, by), expected })))
      throw before === undefined ? taken(id) : lost('variable', expected)
    await this.#changed()
    return { variable: await this.variable(id), isNew: before === undefined }
  }

  /**
   * Creates a secret, or changes the description and realms of one and adds a version if there is a value.
   * @throws RequestError 400 for an invalid id or value, or another encoding than before; 409 if the name is taken; 412 or 404
   * if the precondition isn't met.
   */
  async saveSecret(
    write: SecretWrite,
    by: string,
    precondition: Precondition = {},
  ): Promise<{ secret: EsvSecret; isNew: boolean }> {
    const { id, value } = write
    checkId(id, 'secret')
    const before = (await this.#needs.store.all()).secrets.find((each) => each.id === id)
    const expected = expectedChange('secret', id, before, precondition)
    const fixed = fixedMembers(write, before)
    if (before === undefined && value === undefined)
      throw badRequest('valueBase64 is required for a new secret')
    if (value !== undefined) checkValue(value, 'string')
    const secret = { ...this.#common(write, before, by), ...fixed, activeVersion: before?.activeVersion ?? 1 }
    if (before === undefined) {
      const first = this.#version(id, 1, value ?? '')
      if (!(await this.#needs.store.createSecret(secret, first))) throw taken(id)
    } else {
      const about = { ...this.#sent(write, by), expected }
      const { store } = this.#needs
      const isSaved = await (value === undefined
        ? store.describe('secret', about)
        : store.addVersion(this.#version(id, before.activeVersion + 1, value), about))
      if (!isSaved) throw lost('secret', expected)
    }
    await this.#changed()
    return { secret: await this.secret(id), isNew: before === undefined }
  }

  /** Adds a version, which is active from now on. @throws RequestError 404, 412, or 409 for a concurrent change. */
  async addVersion(
    id: string,
    value: string,
    by: string,
    precondition: Precondition = {},
  ): Promise<SecretVersion> {
    checkValue(value, 'string')
    const before = await this.secret(id)
    const expected = expectedChange('secret', id, before, precondition)
    const version = this.#version(id, before.activeVersion + 1, value)
    if (!(await this.#needs.store.addVersion(version, { ...this.#sent({ id }, by), expected })))
      throw lost('secret', expected)
    await this.#changed()
    return version
  }

  /** @throws RequestError 404 for an unknown version, 412 for an outdated revision, 400 for a version that is active or destroyed. */
  async changeStatus(
    id: string,
    version: number,
    status: VersionStatus,
    precondition: Precondition = {},
  ): Promise<SecretVersion> {
    const expected = expectedChange('secret', id, await this.secret(id), precondition)
    const found = await this.version(id, version)
    if (found.status === status) return found
    if (!(await this.#needs.store.changeStatus(id, version, status, expected))) {
      const now = await this.secret(id)
      if (typeof expected === 'number' && now.changedAt !== expected) throw changedSince()
      const isActive = now.activeVersion === version
      const why = isActive ? 'is the active one: add another version first' : 'is destroyed'
      throw badRequest(`Version ${version} of ${id} ${why}`)
    }
    await this.#changed()
    return { ...found, status }
  }

  /** @throws RequestError 404 or 412. */
  async describe(
    kind: Kind,
    { id, description }: { id: string; description: string },
    by: string,
    precondition: Precondition = {},
  ): Promise<void> {
    const expected = expectedChange(kind, id, await this.#stored(kind, id), precondition)
    const about = { ...this.#sent({ id, description }, by), expected }
    if (!(await this.#needs.store.describe(kind, about)))
      throw typeof expected === 'number' ? changedSince() : missing(kind)
    await this.#changed()
  }

  /** @throws RequestError 404 or 412. */
  async remove(kind: Kind, id: string, precondition: Precondition = {}): Promise<void> {
    const expected = expectedChange(kind, id, await this.#stored(kind, id), precondition)
    if (
      !(await this.#needs.store.remove(
        kind,
        id,
        // rule S43: otherwise a late removal removes what another administrator changed
        expected,
      ))
    )
      throw typeof expected === 'number' ? changedSince() : missing(kind)
    await this.#changed()
  }

  /** @throws RequestError 404. */
  async variable(id: string): Promise<EsvVariable> {
    const found = (await this.#needs.store.all()).variables.find((each) => each.id === id)
    if (found === undefined) throw missing('variable')
    return found
  }

  /** @throws RequestError 404. */
  async secret(id: string): Promise<EsvSecret> {
    const found = (await this.#needs.store.all()).secrets.find((each) => each.id === id)
    if (found === undefined) throw missing('secret')
    return found
  }

  /** @throws RequestError 404. */
  async version(id: string, version: number): Promise<SecretVersion> {
    await this.secret(id)
    const found = (await this.#needs.store.versions(id)).find((each) => each.version === version)
    if (found === undefined) throw missing('secret version')
    return found
  }

  /** After an import saved variables together with other things. */
  imported(): Promise<void> {
    return this.#changed()
  }

  #stored(kind: Kind, id: string): Promise<EsvVariable | EsvSecret> {
    return kind === 'variable' ? this.variable(id) : this.secret(id)
  }

  #common(
    write: Pick<VariableWrite, 'id' | 'description' | 'realms'>,
    before: EsvVariable | EsvSecret | undefined,
    by: string,
  ) {
    const { id, description, realms } = write
    return {
      id,
      name: nameOfId(id),
      description: description ?? before?.description ?? '',
      ...defined({
        realms: realms === undefined ? before?.realms : realms === null ? undefined : [...realms],
      }),
      changedAt: this.#needs.now(),
      changedBy: by,
    }
  }

  /** What a write changes of the description and realms. */
  #sent({ id, description, realms }: Pick<VariableWrite, 'id' | 'description' | 'realms'>, by: string) {
    return { id, description, realms, changedAt: this.#needs.now(), changedBy: by }
  }

  #version(secretId: string, version: number, value: string): SecretVersion {
    const { sealer, now } = this.#needs
    return {
      secretId,
      version,
      status: 'ENABLED',
      // rule S35: otherwise the values of secrets are in the database as they are
      sealed: sealer.seal(value),
      createdAt: now(),
    }
  }

  async #changed(): Promise<void> {
    await this.#needs.esvs.refresh()
    this.#needs.changed()
  }
}

function fixedMembers(write: SecretWrite, before: EsvSecret | undefined) {
  const encoding = before?.encoding ?? write.encoding ?? 'generic'
  const useInPlaceholders = before?.useInPlaceholders ?? write.useInPlaceholders ?? true
  if (write.encoding !== undefined && write.encoding !== encoding)
    throw badRequest(`The encoding of ${write.id} is ${encoding} and cannot change`)
  if (write.useInPlaceholders !== undefined && write.useInPlaceholders !== useInPlaceholders)
    throw badRequest(`The member useInPlaceholders of ${write.id} is ${useInPlaceholders} and cannot change`)
  return { encoding, useInPlaceholders }
}

function checkId(id: string, kind: string): void {
  if (esvIdPattern.test(id)) return
  throw badRequest(`Invalid ${kind} name: it must be esv- and then up to 124 of a-z, 0-9, - and _`)
}

/** The message never contains the value. */
function checkValue(value: string, type: ExpressionType): void {
  if (Buffer.byteLength(value) > maxValueBytes)
    throw badRequest(`valueBase64 must have at most ${maxValueBytes} bytes`)
  if (hasPlaceholder(value) || typedValue(value, type) !== undefined) return
  throw badRequest(`valueBase64 must be ${expectedOf[type]} in base64, as the expressionType is ${type}`)
}

function taken(id: string): RequestError {
  return new RequestError(409, `The name ${nameOfId(id)} is taken by another variable or secret`)
}

/** The revision of a variable or secret: each change has a time of its own. */
export function esvRevision({ changedAt }: Pick<EsvVariable, 'changedAt'>): string {
  return new Date(changedAt).toISOString()
}

/** The stored state that the write requires. @throws RequestError 404 or 412 if it differs already. */
function expectedChange(
  kind: Kind,
  id: string,
  before: EsvVariable | EsvSecret | undefined,
  { isCreateOnly, revisions }: Precondition,
): Expected {
  if (isCreateOnly) {
    if (before !== undefined) throw new RequestError(412, `${id} exists`)
    return 'absent'
  }
  if (revisions === undefined) return undefined
  if (before === undefined) throw missing(kind)
  if (revisions.includes('*')) return 'present'
  if (!revisions.includes(esvRevision(before))) throw changedSince()
  return before.changedAt
}

/** The error of a write that another request has overtaken. */
function lost(kind: Kind, expected: Expected): RequestError {
  if (typeof expected === 'number') return changedSince()
  return new RequestError(409, `Another request is changing the ${kind}. Nothing was changed, try again`)
}

function changedSince(): RequestError {
  return new RequestError(412, 'It changed after it was read. Read it again before you change it.')
}

function missing(kind: string): RequestError {
  return notFound(`The ${kind} does not exist`)
}
