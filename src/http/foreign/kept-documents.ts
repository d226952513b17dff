import { notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { resource } from '../../crest/collection.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptDocument, keptKinds } from '../../realms/kept-document.ts'
import { scriptContext } from '../../scripts/script-contexts.ts'
import { documentResource } from '../document-resource.ts'
import { type Answer, bodyObject, type Call, param, type Route } from '../route.ts'

type KeptDependencies = { documents: DocumentStore }

/** A single document of the server's configuration. */
type KeptDocument = {
  path: string
  /** AM's name for its type. */
  name: string
  /** Whether an id in the path exists; paths without an id always do. */
  has?(id: string): boolean
}

const serverProperties: ReadonlySet<string> = new Set([
  'advanced',
  'cts',
  'directoryConfiguration',
  'general',
  'sdk',
  'security',
  'session',
  'uma',
])

const single: readonly KeptDocument[] = [
  { path: 'global-config/authentication', name: 'Core' },
  { path: 'global-config/authentication/chains', name: 'Authentication Configuration' },
  { path: 'global-config/authentication/authenticationtrees', name: 'Authentication Trees' },
  { path: 'global-config/webhooks', name: 'Webhook Service' },
  {
    path: 'global-config/servers/server-default/properties/:id',
    name: 'Server Properties',
    has: (id) => serverProperties.has(id),
  },
  {
    path: 'global-config/services/scripting/contexts/:id/engineConfiguration',
    name: 'Scripting engine configuration',
    has: (id) => scriptContext(id) !== undefined,
  },
]

/**
 * Configuration of the vendor's that has no effect here and is returned as it was sent, so that a full export can be imported and
 * exported again.
 */
export function keptDocumentRoutes(from: KeptDependencies): Route[] {
  return [...single.flatMap((kept) => singleRoutes(kept, from)), ...chainRoutes(from)]
}

function singleRoutes(kept: KeptDocument, { documents }: KeptDependencies): Route[] {
  const { path, name, has } = kept
  const access = 'administrator'
  const idOf = (call: Call): string => {
    const id = param(call, 'id')
    if (has?.(id) === false) throw notFound()
    return path.replace(':id', id)
  }
  const answer = (call: Call, document: JsonObject): Answer =>
    resource({
      _id: path.endsWith(':id') ? param(call, 'id') : '',
      ...document,
      _type: { _id: 'EMPTY', name, collection: false },
    })
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Reads settings that have no effect here, as they were sent.',
      handle: async (call) =>
        answer(call, (await documents.read('/', keptKinds.server, keyOf(idOf(call))))?.document ?? {}),
    },
    {
      method: 'PUT',
      path,
      access,
      resource: { kind: 'keptSettings', realmOf: () => '/' },
      summary: 'Keeps settings that have no effect here, without their credentials.',
      async handle(call) {
        const document = keptDocument(bodyObject(call))
        await documents.save('/', { kind: keptKinds.server, id: keyOf(idOf(call)), document })
        return answer(call, document)
      },
    },
  ]
}

/** Ids of documents have no slashes. */
function keyOf(path: string): string {
  return path.replaceAll('/', '.')
}

function chainRoutes({ documents }: KeptDependencies): Route[] {
  const path = 'realm-config/authentication/chains'
  const type = { _id: 'EMPTY', name: 'Authentication Configuration', collection: true }
  const chains = documentResource({
    documents,
    kind: keptKinds.chain,
    path: `${path}/:id`,
    access: { read: 'journeys', write: 'realm' },
    resource: { kind: 'keptSettings' },
    summaries: {
      list: 'Lists the authentication chains that were kept; they have no effect here.',
      read: 'Reads an authentication chain, which has no effect here.',
      put: 'Keeps an authentication chain, which has no effect here.',
      remove: 'Removes an authentication chain.',
    },
    toResource: (id, document) => ({ _id: id, ...document, _type: type }),
    toListed: (chain) => chain,
    toDocument: (body) => keptDocument(body),
    location: () => path,
    taken: () => new RequestError(409),
  })
  return [...chains.list, ...chains.routes]
}
