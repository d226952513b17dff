import type { WholeJourney } from '../edit/whole-journey.ts'

/** A working copy of one journey, perhaps unfinished. Sign-ins never use it. */
export type JourneyDraft = WholeJourney & {
  /** The version of the published journey from which it was begun; undefined if the journey was never published. */
  base: number | undefined
  /** Changes with every save. */
  revision: string
  /** Epoch milliseconds. */
  at: number
  by: { id: string; name: string } | undefined
}

/** Stores at most one draft for each journey of a realm. Drafts are deleted with their journey and with their realm. */
export interface DraftStore {
  /** Ordered by the name of the journey. */
  all(realm: string): Promise<JourneyDraft[]>
  find(realm: string, name: string): Promise<JourneyDraft | undefined>
  /**
   * @param expected the revision to replace; undefined: the journey has no draft.
   * @returns false if that is no longer so. Nothing was saved then.
   */
  save(realm: string, draft: JourneyDraft, expected: string | undefined): Promise<boolean>
  /** @returns false if the draft has another revision, or was removed before. */
  remove(realm: string, name: string, revision: string): Promise<boolean>
  /** Stores the same draft with other seals. It keeps its revision. */
  reseal(realm: string, draft: JourneyDraft): Promise<void>
}
