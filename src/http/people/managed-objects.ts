import { isDeepStrictEqual } from 'node:util'
import { resource } from '../../crest/collection.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { badRequest, notFound, RequestError } from '../../errors.ts'
import type { CustomAttribute } from '../../people/custom-attributes.ts'
import { customAttributesIn, managedObject, managedObjectSchema } from '../../people/managed-schema.ts'
import { applyPatch, parsePatch } from '../../people/patch-operations.ts'
import { customAttributesSchema } from '../../realms/custom-attributes.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import type { Realm } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { checkPreconditions } from '../configuration-resource.ts'
import type { Rights } from '../guards/rights.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import { realmOfUserObject } from '../realm-path.ts'
import { changeSettings } from '../realms/change-settings.ts'
import { type Answer, bodyObject, type Call, homeOf, type Route } from '../route.ts'

type ManagedObjectDependencies = MarkSources & {
  documents: Pick<DocumentStore, 'all' | 'save' | 'remove'>
  realms: Pick<RealmStore, 'all' | 'read' | 'replace'>
}

const path = '/openidm/config/managed'
const kind = 'managedObject'

/** Definitions of a whole tenant, with the scripts that are part of them. */
const bodyLimitBytes = 8 * 1024 * 1024

const maxObjects = 500

/**
 * The types of managed objects of all realms that the caller administers, in one document, as the vendor's tools expect.
 * A realm's people get the attributes that their definition adds; all else is kept and returned. Source: "Managed object
 * configuration" in the PingIDM documentation.
 */
export function managedObjectRoutes(from: ManagedObjectDependencies): Route[] {
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      actsOn: homeOf,
      summary: 'Reads the types of managed objects of all realms that the caller administers.',
      handle: async (call) => resource(await managedDocument(from, await call.rights())),
    },
    {
      method: 'PUT',
      path,
      access,
      resource: { kind: 'realmSettings' },
      actsOn: homeOf,
      bodyLimitBytes,
      summary:
        'Sets the custom attributes of the realms in the body; `_findings` lists what the definitions have and people here can’t have.',
      handle: (call) => put(from, call, bodyObject(call)),
    },
    {
      method: 'PATCH',
      path,
      access,
      resource: { kind: 'realmSettings' },
      actsOn: homeOf,
      bodyLimitBytes,
      summary: 'Changes parts of the types of managed objects, such as `/objects/0/schema/properties/badge`.',
      async handle(call) {
        const before = await managedDocument(from, await call.rights())
        return put(from, call, applyPatch(before, parsePatch(call.body)))
      },
    },
  ]
}

async function managedDocument(
  { documents, realms }: ManagedObjectDependencies,
  rights: Rights,
): Promise<JsonObject> {
  const administered = (await realms.all()).filter((realm) => rights.may('realm', realm.path))
  const objects: JsonObject[] = []
  for (const realm of administered) {
    const kept = await documents.all(realm.path, kind)
    const ofPeople = userObjectOf(realm.path)
    const own = kept.find(({ id }) => id === ofPeople)?.document
    objects.push(managedObject(ofPeople, own, realm.settings.customAttributes))
    for (const { id, document } of kept) if (id !== ofPeople) objects.push(document)
  }
  return { _id: 'managed', objects }
}

type Change = { realm: Realm; name: string; document: JsonObject; attributes?: CustomAttribute[] }

async function put(from: ManagedObjectDependencies, call: Call, body: JsonObject): Promise<Answer> {
  const rights = await call.rights()
  const before = await managedDocument(from, rights)
  checkPreconditions(call, before)
  const all = await from.realms.all()
  const realms = all.filter((realm) => rights.may('realm', realm.path))
  const { objects } = body
  if (!Array.isArray(objects) || objects.length > maxObjects)
    throw badRequest(`objects: must be a list of at most ${maxObjects} managed object types`)
  const findings: string[] = []
  // Everything is parsed before the first write.
  const changes = objects.map((object, index) => changeIn(object, index, { all, realms }, findings))
  const mark = await saveMarkOf(call, from)
  for (const { realm, name, document, attributes } of changes) {
    if (attributes !== undefined && !isDeepStrictEqual(attributes, realm.settings.customAttributes)) {
      const change = (settings: Realm['settings']) => ({ ...settings, customAttributes: attributes })
      await changeSettings(from.realms, realm, change, mark)
    }
    await from.documents.save(realm.path, { kind, id: name, document })
  }
  await removeOthers(from, realms, new Set(changes.map(({ name }) => name)))
  const answer = resource(await managedDocument(from, rights))
  return findings.length === 0 ? answer : { ...answer, body: { ...answer.body, _findings: findings } }
}

/** Types that the body left out are gone, as for the vendor. People stay. */
async function removeOthers(
  { documents }: ManagedObjectDependencies,
  realms: readonly Realm[],
  names: ReadonlySet<string>,
): Promise<void> {
  for (const { path: realm } of realms)
    for (const { id } of await documents.all(realm, kind))
      if (!names.has(id) && id !== userObjectOf(realm)) await documents.remove(realm, kind, id)
}

function changeIn(
  object: unknown,
  index: number,
  { all, realms }: { all: readonly Realm[]; realms: readonly Realm[] },
  findings: string[],
): Change {
  const parsed = managedObjectSchema.safeParse(object)
  if (!parsed.success || !isJsonObject(object)) {
    const issue = parsed.error?.issues[0]
    throw badRequest(`objects.${[index, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`)
  }
  const { name } = parsed.data
  const ofPeople = realmOfUserObject(name)
  const realm = realms.find((each) => each.path === (ofPeople ?? realmOfObject(name, all)))
  if (realm === undefined) throw notFound(`Realm of the managed object type ${name} not found`)
  if (ofPeople === undefined) return { realm, name, document: object }
  const { attributes, ignored } = customAttributesIn(parsed.data)
  findings.push(...ignored.map((text) => `${name}.${text}`))
  return { realm, name, document: object, attributes: checked(name, attributes) }
}

/** @throws RequestError 400 that names the attribute. */
function checked(object: string, attributes: CustomAttribute[]): CustomAttribute[] {
  const parsed = customAttributesSchema.safeParse(attributes)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const [index, ...member] = issue?.path ?? []
  const name = typeof index === 'number' ? attributes[index]?.name : undefined
  throw new RequestError(400, `${[object, name, ...member].join('.')}: ${issue?.message}`)
}

/** `alpha_role` is a type of the realm alpha, `internal/role` one of the root realm. The longest name of a realm wins. */
function realmOfObject(name: string, realms: readonly { path: string }[]): string {
  const [longest] = realms
    .map(({ path: each }) => each)
    .filter((each) => each !== '/' && name.startsWith(`${each.slice(1)}_`))
    .toSorted((one, other) => other.length - one.length)
  return longest ?? '/'
}

function userObjectOf(realm: string): string {
  return realm === '/' ? 'user' : `${realm.slice(1)}_user`
}
