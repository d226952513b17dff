/** Stores frozen journeys. Every write is durable when its promise resolves. */
export interface RevisionStore {
  /**
   * Saves a frozen journey under its content hash. Saving an existing one marks it as still in use.
   * @param now epoch milliseconds.
   */
  saveRevision(id: string, content: string, now: number): Promise<void>
  revision(id: string): Promise<string | undefined>
  revisionIds(): Promise<string[]>
  /** Replaces the content of an existing id. */
  replaceRevision(id: string, content: string): Promise<void>
}
