import { badRequest } from '../base/errors.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'
import { importedKind, isKept, maxKeptCharacters } from './kept-document.ts'

/** Maximum number of documents of a kind without effect here, in a realm. Imports are limited by their size only. */
const maxKept = 1000

type KeptWrite = {
  documents: readonly RealmDocument[]
  removed?: readonly Pick<RealmDocument, 'kind' | 'id'>[] | undefined
}

/** Limits what clients can store that means nothing here. */
export function limitedDocuments(store: DocumentStore): DocumentStore {
  return {
    ...store,
    async save(realm, document, mark) {
      await requireRoom(store, realm, { documents: [document] })
      await store.save(realm, document, mark)
    },
  }
}

/**
 * Refuses a write after which a realm would keep more than the limits, unless it keeps less than before. Concurrent writes can
 * exceed the limits by their own size.
 * @throws RequestError 400.
 */
export async function requireRoom(
  store: Pick<DocumentStore, 'read' | 'sizes'>,
  realm: string,
  { documents, removed = [] }: KeptWrite,
): Promise<void> {
  const written = documents.filter(isKept)
  if (written.length === 0) return
  const stored = async ({ kind, id }: Pick<RealmDocument, 'kind' | 'id'>) => store.read(realm, kind, id)
  const before = (await Promise.all([...written, ...removed.filter(isKept)].map(stored))).filter(
    (one) => one !== undefined,
  )
  const sizes = (await store.sizes(realm)).filter(isKept)
  const countIn = (list: readonly { kind: string }[], kind: string) =>
    list.filter((one) => one.kind === kind).length
  for (const kind of new Set(written.map((one) => one.kind))) {
    const more = countIn(written, kind) - countIn(before, kind)
    const { count = 0 } = sizes.find((one) => one.kind === kind) ?? {}
    if (kind === importedKind || more <= 0 || count + more <= maxKept) continue
    throw badRequest(`At most ${maxKept} settings of this kind are kept (${kind}): ${remedy}`)
  }
  const more = charactersOf(written) - charactersOf(before)
  const characters = sizes.reduce((sum, one) => sum + one.characters, 0)
  // rule S53: otherwise a realm keeps documents of any size together
  if (more <= 0 || characters + more <= maxKeptCharacters) return
  throw badRequest(
    `The realm would keep more than ${maxKeptCharacters / 1_048_576} MB of settings without effect here: ${remedy}`,
  )
}

const remedy = 'remove some, as below realm-config/kept-settings'

function charactersOf(documents: readonly RealmDocument[]): number {
  return documents.reduce((sum, { document }) => sum + JSON.stringify(document).length, 0)
}
