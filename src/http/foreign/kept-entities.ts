import { notFound } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { resource } from '../../crest/collection.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptDocument, keptKinds } from '../../realms/kept-document.ts'
import { checkedId, checkPreconditions } from '../configuration-resource.ts'
import { type Answer, bodyObject, type Call, param, type Route } from '../route.ts'

type Documents = Pick<DocumentStore, 'all' | 'read' | 'save' | 'remove'>

const kind = keptKinds.entity
const filterGroup = 'servletfilter/'

/** Configuration that every installation of the vendor has. Its tools stop where it is missing. */
const initial: Readonly<Record<string, JsonObject>> = {
  access: { configs: [] },
  audit: { auditServiceConfig: {}, eventHandlers: [], eventTopics: {} },
  authentication: { rsFilter: { staticUserMapping: [], subjectMapping: [] } },
  'external.email': {},
  // Lets no page call the server, unlike that of the vendor.
  'servletfilter/cors': { initParams: { allowedOrigins: '', allowCredentials: false }, urlPatterns: ['/*'] },
  'provisioner.openicf.connectorinfoprovider': { remoteConnectorServers: [] },
  sync: { mappings: [] },
  'ui/configuration': { configuration: {} },
  'ui-configuration': { configuration: {} },
  alphaOrgPrivileges: { privileges: [] },
  bravoOrgPrivileges: { privileges: [] },
  privilegeAssignments: { privilegeAssignments: [] },
}

/**
 * The rest of the configuration of the vendor's identity management: connectors, mappings, schedules, endpoints, access rules. It
 * has no effect here and is returned as it was sent, without its credentials.
 */
export function keptEntityRoutes({ documents }: { documents: Documents }): Route[] {
  const oneName = (call: Call) => checkedId(param(call, 'id'))
  const twoNames = (call: Call) => `${checkedId(param(call, 'group'))}/${checkedId(param(call, 'id'))}`
  return [
    ...routesAt('/openidm/config/:id', oneName, documents),
    ...routesAt('/openidm/config/:group/:id', twoNames, documents),
  ]
}

/** All of them, as lists of the identity management's configuration show them. */
export async function keptEntities(documents: Pick<DocumentStore, 'all'>): Promise<JsonObject[]> {
  const filters = (await documents.all('/', keptKinds.servletFilter)).map((filter) => ({
    ...filter,
    id: keyOf(`${filterGroup}${filter.id}`),
  }))
  const entities = await documents.all('/', kind)
  const byKey = new Map([...filters, ...entities].map(({ id, document }) => [id, document]))
  return [...byKey].map(([id, document]) => ({ ...document, _id: nameIn(id) }))
}

function routesAt(path: string, nameOf: (call: Call) => string, documents: Documents): Route[] {
  const changing = {
    path,
    access: 'administrator',
    resource: { kind: 'keptSettings', realmOf: () => '/' },
  } as const
  return [
    {
      method: 'GET',
      path,
      // rule S61: otherwise a realm administrator reads configuration of the whole server
      access: 'administrator',
      summary: 'Reads configuration of the identity management that has no effect here, as it was sent.',
      async handle(call) {
        const name = nameOf(call)
        const found = (await stored(documents, name)) ?? initialOf(name)
        if (found === undefined) throw notFound()
        return resource({ ...found, _id: name })
      },
    },
    {
      ...changing,
      method: 'PUT',
      summary: 'Keeps configuration of the identity management; `_findings` says that it has no effect here.',
      handle: (call) => put(documents, call, nameOf(call)),
    },
    {
      ...changing,
      method: 'DELETE',
      summary: 'Removes configuration of the identity management that was kept.',
      async handle(call) {
        const name = nameOf(call)
        const found = await stored(documents, name)
        if (found === undefined) throw notFound()
        await documents.remove('/', kind, keyOf(name))
        await documents.remove('/', keptKinds.servletFilter, filterIn(name))
        return resource({ ...found, _id: name })
      },
    },
  ]
}

async function put(documents: Documents, call: Call, name: string): Promise<Answer> {
  const before = await stored(documents, name)
  checkPreconditions(call, before && { ...before, _id: name })
  const { _findings, ...body } = bodyObject(call)
  // rule S61: otherwise configuration of the identity management is kept with its credentials
  const document = keptDocument(body)
  await documents.save('/', { kind, id: keyOf(name), document })
  const answer = resource({ ...document, _id: name }, before === undefined ? 201 : 200)
  return { ...answer, body: { ...answer.body, _findings: [`${name} is kept and has no effect here`] } }
}

function initialOf(name: string): JsonObject | undefined {
  return Object.hasOwn(initial, name) ? initial[name] : undefined
}

async function stored(documents: Documents, name: string): Promise<JsonObject | undefined> {
  const found =
    (await documents.read('/', kind, keyOf(name))) ??
    (await documents.read('/', keptKinds.servletFilter, filterIn(name)))
  return found?.document
}

/** Older versions kept filters of requests under a kind of their own. @returns the id there, which other entities lack. */
function filterIn(name: string): string {
  return name.startsWith(filterGroup) ? name.slice(filterGroup.length) : ''
}

/** Ids of documents have no slashes. Each name has a key of its own. */
function keyOf(name: string): string {
  return name.replace(/[%/]/g, (mark) => encodeURIComponent(mark).toLowerCase())
}

function nameIn(key: string): string {
  return key.replaceAll('%2f', '/').replaceAll('%25', '%')
}
