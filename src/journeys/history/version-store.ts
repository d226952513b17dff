/** Kinds of things whose versions are kept. */
export const versionKinds = [
  'journey',
  'script',
  'customNodeType',
  'theme',
  'emailTemplate',
  'realmSettings',
] as const

export type VersionKind = (typeof versionKinds)[number]

/** Nodes have versions of their own. A version of a journey consists of its graph and of its nodes at that time. */
export type StoredKind = VersionKind | 'node'

/** Stored instead of a realm path for things of all realms: custom node types and global email templates. */
export const everyRealm = '*'

/** The id of the settings of a realm, which has only one of them. */
export const realmSettingsId = 'settings'

/** What made a version. `existing`: it was stored when versions were introduced. */
export const versionCauses = ['existing', 'save', 'import', 'restore', 'delete'] as const

export type VersionCause = (typeof versionCauses)[number]

/** The key of a thing. */
export type Versioned = { realm: string; kind: VersionKind; id: string }

/** A version without its content. */
export type Version = Versioned & {
  /** The version of the configuration that the change made. Grows with every change of the server's configuration. */
  number: number
  /** The name of the thing at that time. */
  name: string
  /** Epoch milliseconds; undefined if unknown. */
  at: number | undefined
  by: { id: string; name: string } | undefined
  note: string | undefined
  cause: VersionCause
  /** Whether the change deleted the thing. */
  isDeletion: boolean
}

/** A thing as it was at some time. */
export type StoredState = { realm: string; kind: StoredKind; id: string; number: number; content: string }

/** Lists begin with the newest, and continue before a number. */
export type VersionPage = { before?: number | undefined; limit: number }

/** Only versions of these kinds, with `isDeletion` only deletions, and with texts in the name or note, and in the name of the person. */
export type RecentChanges = {
  kinds: readonly VersionKind[]
  isDeletion?: true
  text?: string
  person?: string
}

/** Stores the versions of configured things. The stores of the things write them, in the unit of the change. */
export interface VersionStore {
  list(thing: Versioned, page: VersionPage): Promise<Version[]>
  /**
   * Versions of all things of a realm, and of custom node types. Versions with the same number stay together, so there can be
   * more than the limit.
   */
  recent(realm: string, which: RecentChanges, page: VersionPage): Promise<Version[]>
  find(thing: Versioned, number: number): Promise<Version | undefined>
  /** Everything that a realm had at a version of the configuration. */
  stateAt(realm: string, number: number): Promise<StoredState[]>
  /** Versions of nodes and of the realm's settings, which can contain secrets. */
  withSecrets(realm: string): Promise<StoredState[]>
  /** Replaces the content of such a version by the same content with other seals. */
  reseal(state: StoredState, content: string): Promise<void>
  /**
   * Keeps the newest versions of each thing.
   * @returns how many versions were deleted.
   */
  deleteOld(realm: string, keep: number): Promise<number>
}
