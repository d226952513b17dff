import type { EsvSecret, EsvVariable, SecretVersion, VersionStatus } from './esv.ts'

/** All stored variables and secrets, each ordered by id, and the active versions of the secrets. */
export type StoredEsvs = { variables: EsvVariable[]; secrets: EsvSecret[]; active: SecretVersion[] }

/** Members that are left out keep their stored values. */
export type DescriptionWrite = Pick<EsvSecret, 'id' | 'changedAt' | 'changedBy'> & {
  description?: string | undefined
  /** Null: all realms. */
  realms?: readonly string[] | null | undefined
  expected?: Expected
}

/** What a write has to find: the `changedAt` that its author read, any (`present`) or none (`absent`). Else it writes nothing. */
export type Expected = number | 'present' | 'absent' | undefined

/** Stores variables and secrets of the whole server. Values of secrets are sealed by the caller. */
export interface EsvStore {
  all(): Promise<StoredEsvs>
  /** Ordered by version, newest first. */
  versions(secretId: string): Promise<SecretVersion[]>
  /**
   * Creates a variable, or replaces the one with its id and type.
   * @param sent the description and realms that replace stored ones; all by default.
   * @returns false if a secret, or a variable of another type or whose id differs only in `-` and `_`, has the name, or
   * the stored one differs from `sent.expected`.
   */
  saveVariable(variable: EsvVariable, sent?: DescriptionWrite): Promise<boolean>
  /** Creates a secret with its first version. @returns false if the name is taken. */
  createSecret(secret: EsvSecret, first: SecretVersion): Promise<boolean>
  /**
   * Replaces the description and realms that are given, and never a value.
   * @returns false if there is none of this kind, or it differs from `about.expected`.
   */
  describe(kind: 'variable' | 'secret', about: DescriptionWrite): Promise<boolean>
  /**
   * Adds the next version, makes it active and replaces the description and realms that are given, as one unit: a realm never
   * reads the value of before it was allowed.
   * @returns false if another request has added this version, there is no such secret, or it differs from `about.expected`.
   */
  addVersion(version: SecretVersion, about: DescriptionWrite): Promise<boolean>
  /**
   * Changes the status of a version that is not the active one. Destroying it removes the value, for ever.
   * @returns false if it is active, destroyed or unknown, or the secret differs from `expected`.
   */
  changeStatus(
    secretId: string,
    version: number,
    status: VersionStatus,
    expected?: Expected,
  ): Promise<boolean>
  /** Replaces a sealed value by the same value, sealed with another key. @returns false if it has changed. */
  reseal(version: SecretVersion, sealed: string): Promise<boolean>
  /** Removes a variable, or a secret with all versions. @returns false if there is none of this kind, or it differs from `expected`. */
  remove(kind: 'variable' | 'secret', id: string, expected?: Expected): Promise<boolean>
}
