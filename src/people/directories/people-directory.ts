import { RequestError } from '../../base/errors.ts'
import type { Json, JsonObject } from '../../base/json.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { PrefixSearchAttribute } from '../identity-store.ts'

/** A person as a directory has them. */
export type DirectoryPerson = {
  /** The distinguished name, which may change. */
  dn: string
  /** Unique within the directory, and never changes. */
  unique: string
  userName: string
  /** undefined if this kind of directory doesn't say. */
  isActive: boolean | undefined
  /** By the realm's attribute names. */
  attributes: JsonObject
}

/** `due`: the password is right but must be changed first. */
export type BindVerdict = 'right' | 'due' | 'wrong' | 'locked'

/** A change to an entry. Attributes have the realm's names; null removes one. */
export type DirectoryChange = {
  attributes: Readonly<Record<string, Json>>
  password: Secret | undefined
  /** The person's current password, if known: the person then makes the change, which ends a forced one. */
  currentPassword?: Secret | undefined
}

/** Thrown when the directory rejects a change. */
export class DirectoryRefusal extends RequestError {
  /** @param result the name of the result code. */
  constructor(result: string) {
    super(403, `The directory rejected the change: ${result}`)
  }
}

/** The directory of a realm. Every method throws an OperationError if no server answers or the search is not permitted. */
export type PeopleDirectory = {
  /** Attributes stored in the directory, by the realm's names. */
  attributes: ReadonlySet<string>
  isWritable: boolean
  /** Finds people by `userName` or by an attribute, ignoring case; at most `limit`. */
  find(attribute: string, value: string, limit: number): Promise<DirectoryPerson[]>
  /** Reads one entry; undefined if it is gone or the settings exclude it. */
  entry(dn: string): Promise<DirectoryPerson | undefined>
  /** People with a name that begins with `prefix`, unordered, at most `limit`. */
  byNamePrefix(
    prefix: string,
    limit: number,
    names: readonly PrefixSearchAttribute[],
  ): Promise<DirectoryPerson[]>
  all(): Promise<DirectoryPerson[]>
  checkPassword(dn: string, password: string): Promise<BindVerdict>
  /** @throws DirectoryRefusal if the directory rejects the change. */
  write(dn: string, change: DirectoryChange): Promise<void>
}

/** @returns undefined for a realm without a directory. */
export type DirectoryOf = (realm: string) => Promise<PeopleDirectory | undefined>
