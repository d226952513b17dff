/** The files of a project that belong to a realm. */
export type SyncedFiles = {
  folder: string
  /** Files and folders with the configuration, below the folder. */
  sources: readonly string[]
  /** Path of the realm. */
  realm: string
}
