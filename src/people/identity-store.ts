import type { Failures, Identity, IdentityChange } from './identity.ts'

/** Attributes with prefix search. Telephone numbers are excluded, because a search would reveal them digit by digit. */
export const prefixSearchAttributes = [
  'userName',
  // rule S18: otherwise the search finds the beginning of a masked number
  'mail',
  'givenName',
  'sn',
  'cn',
] as const

export type PrefixSearchAttribute = (typeof prefixSearchAttributes)[number]

/** Attributes with an index. Searches by these are fast in realms of any size. */
export const indexedAttributes = ['mail', 'telephoneNumber', 'givenName', 'sn', 'cn', 'aliasList'] as const

export type IndexedAttribute = (typeof indexedAttributes)[number]

/** Stores identities. Names and indexed values are compared ignoring case. */
export interface IdentityStore {
  /** May return what this request has read up to a second ago, unless `isLatest`. */
  read(realm: string, id: string, isLatest?: boolean): Promise<Identity | undefined>
  /** Finds by id or by username; the id wins. May return what this request has read, as above. */
  named(realm: string, nameOrId: string, isLatest?: boolean): Promise<Identity | undefined>
  byUserName(realm: string, userName: string): Promise<Identity | undefined>
  /** At most `limit`, ordered by id. */
  byAttribute(realm: string, attribute: IndexedAttribute, value: string, limit: number): Promise<Identity[]>
  /**
   * Identities with a name that begins with `prefix`, each once, unordered. Reads at most `limit` usernames and `limit`
   * attribute values.
   */
  byNamePrefix(
    realm: string,
    prefix: string,
    limit: number,
    names: readonly PrefixSearchAttribute[],
  ): Promise<Identity[]>
  /** The page after an id, ordered by id. */
  page(realm: string, afterId: string, limit: number): Promise<Identity[]>
  /** The page after a username, ordered by case-folded username. '' starts at the first. */
  pageByUserName(realm: string, afterUserName: string, limit: number): Promise<Identity[]>
  /** People with any role, also inactive ones, ordered by id. Fast, because they are few. */
  withRoles(realm: string): Promise<Identity[]>
  count(realm: string): Promise<number>
  /** @returns false if the id or the username is taken. */
  create(identity: Identity): Promise<boolean>
  /** @returns false if the revision is outdated or the username is taken. */
  save(change: IdentityChange): Promise<boolean>
  remove(realm: string, id: string): Promise<boolean>
  /** Replaces the failures if they still equal `from`. @returns false otherwise: read and retry. */
  setFailures(id: string, from: Failures, to: Failures): Promise<boolean>
}
