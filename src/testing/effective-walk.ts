import type { Walk, WalkFile } from './walk-file.ts'
import { mergedSettings } from './world/import-project.ts'
import { scriptJourney } from './world/test-bundle.ts'

/** A walk that has the members of its file, too. */
export type EffectiveWalk = Walk & { journey: string | undefined }

/** A walk with the members of its file. */
export function effectiveWalk(file: WalkFile, walk: Walk): EffectiveWalk {
  const { journey = file.script === undefined ? file.journey : scriptJourney } = walk
  return {
    ...walk,
    journey,
    parties: walk.parties ?? file.parties,
    query: walk.query ?? file.query,
    headers: walk.headers ?? file.headers,
    at: walk.at ?? file.at,
    realm: mergedSettings(file.realm ?? {}, walk.realm ?? {}),
    esv: { ...file.esv, ...walk.esv },
    http: [...(walk.http ?? []), ...(file.http ?? [])],
    stub: { ...file.stub, ...walk.stub },
  }
}
