import type { JsonObject } from '../../engine/json.ts'
import { RequestError } from '../../errors.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptDocument, keptKinds } from '../../realms/kept-document.ts'
import { documentResource } from '../document-resource.ts'
import type { Route } from '../route.ts'
import { keptEntities } from './kept-entities.ts'

type KeptConfiguration = {
  kind: string
  /** The first part of the ids, such as `uilocale` of `uilocale/fr`. */
  name: string
  what: string
  toDocument(body: JsonObject): JsonObject
}

const kinds: readonly KeptConfiguration[] = [
  {
    kind: keptKinds.locale,
    name: 'uilocale',
    what: 'texts of the vendor’s pages in a language',
    // Every visitor of the vendor's pages sees these texts, so the word after `password` is a translation.
    toDocument: ({ _id, ...texts }) => texts,
  },
  {
    kind: keptKinds.servletFilter,
    name: 'servletfilter',
    what: 'a filter of requests of the identity management',
    toDocument: (body) => keptDocument(body),
  },
]

/** Configuration of the vendor's identity management that has no effect here and is returned as it was sent. */
export function keptConfigurationRoutes({ documents }: { documents: DocumentStore }): Route[] {
  return kinds.flatMap(({ kind, name, what, toDocument }) => {
    const access = 'administrator'
    return documentResource({
      documents,
      kind,
      path: `/openidm/config/${name}/:id`,
      access: { read: access, write: access },
      resource: { kind: 'keptSettings', realmOf: () => '/' },
      summaries: {
        read: `Reads ${what}, as it was sent.`,
        put: `Keeps ${what}, which has no effect here.`,
        remove: `Removes ${what}.`,
      },
      realmOf: async () => '/',
      toResource: (id, document) => toResource(name, id, document),
      toDocument,
      taken: () => new RequestError(409),
    }).routes
  })
}

/** All of it, as lists of the identity management's configuration show it. */
export async function keptConfiguration(documents: Pick<DocumentStore, 'all'>): Promise<JsonObject[]> {
  const all = kinds.map(async ({ kind, name }) =>
    (await documents.all('/', kind)).map(({ id, document }) => toResource(name, id, document)),
  )
  return [...(await Promise.all(all)).flat(), ...(await keptEntities(documents))]
}

function toResource(name: string, id: string, document: JsonObject): JsonObject {
  return { ...document, _id: `${name}/${id}` }
}
