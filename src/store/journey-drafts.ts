import { z } from 'zod'
import type { DraftStore, JourneyDraft } from '../journeys/drafts/draft-store.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journeys/journey-document.ts'
import type { Database } from './database.ts'
import { deleteWith, insertRow, rowsWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { json, maybe, rowsOf } from './rows.ts'
import type { JourneyDraftTable } from './tables.ts'
import { tryWrite, write } from './writes.ts'

const drafts = rowsOf<JourneyDraft>('journey_drafts', 'name', () =>
  z
    .object({
      document: json(z.object({ journey: journeyDocumentSchema, nodes: z.array(nodeDocumentSchema) })),
      base: maybe(z.number()),
      revision: z.string(),
      savedAt: z.number(),
      savedBy: maybe(z.string()),
      savedById: maybe(z.string()),
    })
    .transform(({ document: { journey, nodes }, base, revision, savedAt, savedBy, savedById }) => ({
      journey,
      nodes: new Map(nodes.map((node) => [node.id, node])),
      base,
      revision,
      at: savedAt,
      by: savedById === undefined ? undefined : { id: savedById, name: savedBy ?? '' },
    })),
)

const all = rowsWith('journeyDrafts', ['realm'], ['name'])

const byName = rowsWith('journeyDrafts', ['realm', 'name'])

/** Violates a unique index if the journey has a draft. */
const insert = insertRow('journeyDrafts')

const replace = query<JourneyDraftTable & { expected: string }>((db, { realm, name, expected, ...row }) =>
  db
    .updateTable('journeyDrafts')
    .set(row)
    .where('realm', '=', realm)
    .where('name', '=', name)
    .where('revision', '=', expected),
)

/** Belongs to the unit that publishes the draft. Use it as a guard. */
export const removeDraft = deleteWith('journeyDrafts', ['realm', 'name', 'revision'])

/** Belongs to the unit that removes the journey. */
export const removeDraftOf = deleteWith('journeyDrafts', ['realm', 'name'])

/** Stores drafts of journeys in SQL. */
export function draftStore(database: Database): DraftStore {
  const isChanged = (statement: Statement) => tryWrite(database, [guarded(statement, 'changed')])
  return {
    all: (realm) => drafts.all(database, all({ realm })),
    find: (realm, name) => drafts.one(database, byName({ realm, name })),
    save(realm, draft, expected) {
      const row = rowOf(realm, draft)
      return isChanged(expected === undefined ? insert(row) : replace({ ...row, expected }))
    },
    remove: (realm, name, revision) => isChanged(removeDraft({ realm, name, revision })),
    reseal: (realm, draft) =>
      write(database, [replace({ ...rowOf(realm, draft), expected: draft.revision })]),
  }
}

function rowOf(realm: string, { journey, nodes, base, revision, at, by }: JourneyDraft): JourneyDraftTable {
  return {
    realm,
    name: journey._id,
    document: JSON.stringify({ journey, nodes: [...nodes.values()] }),
    base: base ?? null,
    revision,
    savedAt: at,
    savedBy: by?.name ?? null,
    savedById: by?.id ?? null,
  }
}
