import type { Json, JsonObject } from '../../engine/json.ts'
import { RequestError } from '../../errors.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { SpokenName } from '../identity-store.ts'

/** Somebody as a directory has them. */
export type DirectoryPerson = {
  /** The name of the entry, which may change. */
  dn: string
  /** Never changes, and is nobody else's in the directory. */
  unique: string
  userName: string
  /** undefined where directories of the kind do not say. */
  isActive: boolean | undefined
  /** By the names that they have here. */
  attributes: JsonObject
}

/** `due` is right, and must be changed before anything else. */
export type BindVerdict = 'right' | 'due' | 'wrong' | 'locked'

/** What is to be written of somebody: attributes by the names that they have here, null to remove one. */
export type DirectoryChange = {
  attributes: Readonly<Record<string, Json>>
  password: Secret | undefined
  /** The person's current password, if known: the person then makes the change, which ends a forced one. */
  currentPassword?: Secret | undefined
}

/** The directory answers a change with a refusal. */
export class DirectoryRefusal extends RequestError {
  /** @param result the name of the result code. */
  constructor(result: string) {
    super(403, `The directory refuses the change: ${result}`)
  }
}

/** The directory of a realm. Every call throws an OperationError when no server answers or the search may not be made. */
export type PeopleDirectory = {
  /** Attributes that the directory has, by the names that they have here. */
  attributes: ReadonlySet<string>
  isWritable: boolean
  /** Those with this value of `userName` or of an attribute, whatever its case; at most `limit`. */
  find(attribute: string, value: string, limit: number): Promise<DirectoryPerson[]>
  /** The entry of this name; undefined when it is gone or the settings leave it out. */
  entry(dn: string): Promise<DirectoryPerson | undefined>
  /** People with a name that begins with `prefix`, in no order, at most `limit`. */
  beginningWith(prefix: string, limit: number, names: readonly SpokenName[]): Promise<DirectoryPerson[]>
  /** Everybody. */
  all(): Promise<DirectoryPerson[]>
  checkPassword(dn: string, password: string): Promise<BindVerdict>
  /** @throws DirectoryRefusal when the directory does not allow it. */
  write(dn: string, change: DirectoryChange): Promise<void>
}

/** @returns undefined for a realm that keeps all of its people itself. */
export type DirectoryOf = (realm: string) => Promise<PeopleDirectory | undefined>
