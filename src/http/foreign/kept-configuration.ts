import { RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptDocument, keptKinds } from '../../realms/kept-document.ts'
import { documentResource } from '../document-resource.ts'
import type { Route } from '../route.ts'
import { keptEntities } from './kept-entities.ts'

const kind = keptKinds.servletFilter
const name = 'servletfilter'

/** The vendor's servers have it from the start. This one lets no page call the server. */
const initial = { cors: { initParams: { allowedOrigins: '', allowCredentials: false }, urlPatterns: ['/*'] } }

/** Configuration of the vendor's identity management that has no effect here and is returned as it was sent. */
export function keptConfigurationRoutes({ documents }: { documents: DocumentStore }): Route[] {
  const access = 'administrator'
  const what = 'a filter of requests of the identity management'
  return documentResource({
    documents,
    kind,
    initial,
    path: `/openidm/config/${name}/:id`,
    access: { read: access, write: access },
    resource: { kind: 'keptSettings', realmOf: () => '/' },
    summaries: {
      read: `Reads ${what}, as it was sent.`,
      put: `Keeps ${what}, which has no effect here.`,
      remove: `Removes ${what}.`,
    },
    realmOf: async () => '/',
    toResource,
    toDocument: (body) => keptDocument(body),
    taken: () => new RequestError(409),
  }).routes
}

/** All of it, as lists of the identity management's configuration show it. */
export async function keptConfiguration(documents: Pick<DocumentStore, 'all'>): Promise<JsonObject[]> {
  const kept = (await documents.all('/', kind)).map(({ id, document }) => [id, document] as const)
  const filters = Object.entries({ ...initial, ...Object.fromEntries(kept) })
  return [...filters.map(([id, filter]) => toResource(id, filter)), ...(await keptEntities(documents))]
}

function toResource(id: string, document: JsonObject): JsonObject {
  return { ...document, _id: `${name}/${id}` }
}
