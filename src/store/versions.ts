import { z } from 'zod'
import { contentHash } from '../journeys/history/content-hash.ts'
import {
  type StoredState,
  type Version,
  type VersionPage,
  type VersionStore,
  versionCauses,
  versionKinds,
} from '../journeys/history/version-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { maybe, rowsOf } from './rows.ts'
import * as statements from './version-statements.ts'

const versions = rowsOf<Version>('versions', 'id', () =>
  z
    .object({
      realm: z.string(),
      kind: z.enum(versionKinds),
      id: z.string(),
      number: z.number(),
      name: z.string(),
      savedAt: maybe(z.number()),
      savedBy: maybe(z.string()),
      savedById: maybe(z.string()),
      note: maybe(z.string()),
      cause: z.enum(versionCauses),
      isDeletion: z.number(),
    })
    .transform(({ savedAt, savedBy, savedById, isDeletion, ...rest }) => ({
      ...rest,
      at: savedAt,
      by: savedById === undefined ? undefined : { id: savedById, name: savedBy ?? '' },
      isDeletion: isDeletion === 1,
    })),
)

const states = rowsOf<StoredState>('versions', 'id', () =>
  z.object({
    realm: z.string(),
    kind: z.enum([...versionKinds, 'node']),
    id: z.string(),
    number: z.number(),
    content: z.string(),
  }),
)

/** Reads and maintains versions in SQL. `recorded-versions.ts` adds them. */
export function versionStore(database: Database): VersionStore {
  const pageOf = ({ before = Number.MAX_SAFE_INTEGER, limit }: VersionPage) => ({ before, limit })
  return {
    list: (thing, page) =>
      versions.all(
        database,
        statements.versionsOf({ realm: thing.realm, kind: thing.kind, id: thing.id, ...pageOf(page) }),
      ),
    recent: (realm, { kinds, isDeletion = false, text = '', person = '' }, page) =>
      versions.all(
        database,
        statements.recentVersions({
          ...{ realm, kinds: `,${kinds.join(',')},`, contents: isDeletion ? 0 : 1 },
          ...{ text: containing(text), person: containing(person) },
          ...pageOf(page),
        }),
      ),
    async find({ realm, kind, id }, number) {
      const page = { before: number + 1, limit: 1 }
      const found = await versions.one(database, statements.versionsOf({ realm, kind, id, ...page }))
      return found?.number === number ? found : undefined
    },
    stateAt: (realm, number) => states.all(database, statements.stateAt({ realm, number })),
    withSecrets: (realm) => states.all(database, statements.versionsWithSecrets({ realm })),
    async reseal({ realm, kind, id, number }, content) {
      const hash = contentHash(JSON.parse(content))
      await database.write([statements.replaceContent({ realm, kind, id, number, content, hash })])
    },
    deleteOld: (realm, keep) =>
      deleteInBatches(database, (limit) => statements.deleteOld({ realm, keep, limit })),
  }
}

/** The pattern of texts that contain this one. */
function containing(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
