import type { Failures, Identity, IdentityChange } from './identity.ts'

/** Names of people that are searched by their beginning. Numbers are not: searches would reveal them digit by digit. */
export const spokenNames = ['userName', 'mail', 'givenName', 'sn', 'cn'] as const

export type SpokenName = (typeof spokenNames)[number]

/** Attributes with an index of their own: searches by these stay fast whatever the number of people. */
export const indexedAttributes = ['mail', 'telephoneNumber', 'givenName', 'sn', 'cn', 'aliasList'] as const

export type IndexedAttribute = (typeof indexedAttributes)[number]

/** What identities ask of storage. Names and indexed values compare without regard to case. */
export interface IdentityStore {
  read(realm: string, id: string): Promise<Identity | undefined>
  byUserName(realm: string, userName: string): Promise<Identity | undefined>
  /** At most `limit`, by id. */
  byAttribute(realm: string, attribute: IndexedAttribute, value: string, limit: number): Promise<Identity[]>
  /**
   * Identities with a name that begins with `prefix`, each once, in no order. Reads at most `limit` user names and `limit`
   * attribute values.
   */
  beginningWith(
    realm: string,
    prefix: string,
    limit: number,
    names: readonly SpokenName[],
  ): Promise<Identity[]>
  /** The page after an id, in the order of ids. */
  page(realm: string, afterId: string, limit: number): Promise<Identity[]>
  /** The page after a user name, in the order of user names, whatever their case; '' is before the first. */
  pageByUserName(realm: string, afterUserName: string, limit: number): Promise<Identity[]>
  count(realm: string): Promise<number>
  /** @returns false when the id or the user name is taken. */
  create(identity: Identity): Promise<boolean>
  /** @returns false when the revision is not the stored one, or the user name is taken. */
  save(change: IdentityChange): Promise<boolean>
  remove(realm: string, id: string): Promise<boolean>
  /** Replaces the failures if they are still `from`. @returns false when they are not: read and try again. */
  setFailures(id: string, from: Failures, to: Failures): Promise<boolean>
}
