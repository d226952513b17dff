import { z } from 'zod'
import { RequestError } from '../../base/errors.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptKinds } from '../../realms/kept-document.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { documentResource } from '../document-resource.ts'
import { bodyObject, byAction, type Route } from '../route.ts'

const path = 'realm-config/secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings'

/** Names only: other members would be settings of a secret store. */
const mappingSchema = z.object({
  secretId: z.string('must be the label of a setting').max(255),
  aliases: z.array(z.string('must be the names of secrets').max(255)).max(100).default([]),
})

/** Secret mappings of the vendor's cloud. No setting here finds its secret by a label, so they are kept without effect. */
export function secretMappingRoutes({ documents }: { documents: DocumentStore }): Route[] {
  const mappings = documentResource({
    documents,
    kind: keptKinds.secretMapping,
    path: `${path}/:id`,
    access: { read: 'journeys', write: 'realm' },
    resource: { kind: 'keptSettings' },
    summaries: {
      list: 'Lists the secret mappings that were kept.',
      read: 'Reads a secret mapping, which has no effect here.',
      put: 'Keeps a secret mapping, which has no effect here: a label and names of secrets.',
      remove: 'Removes a secret mapping.',
    },
    toResource: (id, document) => ({
      _id: id,
      ...document,
      _type: { _id: 'mappings', name: 'Mappings', collection: true },
    }),
    toListed: (mapping) => mapping,
    toDocument: (body, { id }) => parseAttributes(mappingSchema, { ...body, secretId: id }),
    location: () => path,
    taken: () => new RequestError(409),
  })
  return [
    ...mappings.list,
    {
      method: 'POST',
      path,
      access: 'realm',
      resource: { kind: 'keptSettings' },
      summary: 'Keeps a new secret mapping, named by its label: `create`.',
      handle: byAction({
        create: (call) => mappings.create(call, parseAttributes(mappingSchema, bodyObject(call)).secretId),
      }),
    },
    ...mappings.routes,
  ]
}
