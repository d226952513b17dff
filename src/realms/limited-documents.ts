import { badRequest } from '../errors.ts'
import type { DocumentStore } from './document-store.ts'
import { keptKinds } from './kept-document.ts'

const kinds: ReadonlySet<string> = new Set(Object.values(keptKinds))

/** Maximum number of documents of a kind without effect here, in a realm. Those of the whole server are in the root realm. */
const maxKept = 1000

/** Limits what clients can store that means nothing here. A concurrent save can exceed the limit by one. */
export function limitedDocuments(store: DocumentStore): DocumentStore {
  return {
    ...store,
    async save(realm, document, mark) {
      const { kind, id } = document
      if (kinds.has(kind) && (await store.read(realm, kind, id)) === undefined) {
        const { length } = await store.all(realm, kind)
        if (length >= maxKept)
          throw badRequest(
            `At most ${maxKept} settings of this kind are kept (${kind}): remove some, as below realm-config/kept-settings`,
          )
      }
      await store.save(realm, document, mark)
    },
  }
}
