import { OperationError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'

/** A person to create. Attributes have the names of managed objects. */
export type NewPerson = JsonObject & { userName: string; password: string }

/** People of a realm of a server. All methods throw RefusedError if the server refuses them. */
export interface PeopleApi {
  /** @returns undefined if there is no person of this name. */
  find(userName: string): Promise<JsonObject | undefined>
  /** @returns the key for changes. */
  create(person: NewPerson): Promise<string>
  change(key: string, attributes: JsonObject): Promise<void>
  remove(key: string): Promise<void>
  /** Removes all people whose names begin with a prefix. @throws OperationError if the server lists others. */
  removeAll(prefix: string): Promise<void>
}

/** A server that ignores the filter must not lose other people. @throws OperationError. */
export function ownKey(key: unknown, userName: unknown, prefix: string): string {
  if (typeof key === 'string' && typeof userName === 'string' && userName.startsWith(prefix)) return key
  throw new OperationError('The target lists other people than those of the test, so none was removed')
}
