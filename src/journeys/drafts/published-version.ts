import { type WholeJourney, wholeJourney } from '../edit/whole-journey.ts'
import type { ExchangeStores, RealmContent } from '../exchange/realm-content.ts'
import type { VersionStore } from '../history/version-store.ts'
import type { DraftStore, JourneyDraft } from './draft-store.ts'

export type DraftStores = ExchangeStores & { drafts: DraftStore; versions: VersionStore }

/** A published journey, and the number of its newest version. */
export type Published = { whole: WholeJourney; version: number | undefined }

/** The published journey at the version of the content; undefined if it was never published. */
export async function publishedVersion(
  { versions }: Pick<DraftStores, 'versions'>,
  realm: string,
  name: string,
  content: RealmContent,
): Promise<Published | undefined> {
  const whole = wholeJourney(name, content)
  if (whole === undefined) return undefined
  const thing = { realm, kind: 'journey', id: name } as const
  const [newest] = await versions.list(thing, { before: content.version + 1, limit: 1 })
  return { whole, version: newest?.number }
}

/** Whether the journey was published, by a save or an import, since its draft was begun. */
export function isBehind({ base }: JourneyDraft, published: Published | undefined): boolean {
  // rule S28: otherwise a draft overwrites a journey that changed since it was begun
  return base !== published?.version
}
