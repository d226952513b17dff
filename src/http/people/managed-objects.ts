import { managedObject, managedObjectSchema } from '../../attributes/managed-schema.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { resource } from '../../crest/collection.ts'
import { keepObjects, receivedObjects } from '../../journeys/exchange/tenant/received-configuration.ts'
import { applyPatch, parsePatch } from '../../people/patch-operations.ts'
import type { Realm } from '../../realms/realm.ts'
import { managedObjectSetting, userObjectOf } from '../../realms/tenant/managed-objects.ts'
import { currentDocument } from '../../realms/tenant/tenant-settings.ts'
import { checkPreconditions } from '../configuration-resource.ts'
import type { Rights } from '../guards/rights.ts'
import { saveMarkOf } from '../journeys/save-mark.ts'
import { realmOfUserObject } from '../realm-path.ts'
import {
  changeTenant,
  keptOf,
  realmChange,
  type TenantSources,
  withFindings,
} from '../realms/identity-management/change-tenant.ts'
import { type Answer, bodyObject, type Call, homeOf, type Route } from '../route.ts'

const path = '/openidm/config/managed'

/** Definitions of a whole tenant, with the scripts that are part of them. */
const bodyLimitBytes = 8 * 1024 * 1024

const maxObjects = 500

/**
 * The types of managed objects of all realms that the caller administers, in one document, as the vendor's tools expect.
 * A realm's people get the attributes that their definition adds; all else is kept and returned. Source: "Managed object
 * configuration" in the PingIDM documentation.
 */
export function managedObjectRoutes(from: TenantSources): Route[] {
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
      handle: (call) => put(from, call, () => bodyObject(call)),
    },
    {
      method: 'PATCH',
      path,
      access,
      resource: { kind: 'realmSettings' },
      actsOn: homeOf,
      bodyLimitBytes,
      summary: 'Changes parts of the types of managed objects, such as `/objects/0/schema/properties/badge`.',
      handle: (call) => put(from, call, (before) => applyPatch(before, parsePatch(call.body))),
    },
  ]
}

async function managedDocument(from: TenantSources, rights: Rights): Promise<JsonObject> {
  const all = await from.realms.all()
  const objects: JsonObject[] = []
  for (const realm of all.filter((each) => rights.may('realm', each.path))) {
    const received = receivedObjects(await keptOf(from, realm.path))
    const ofPeople = userObjectOf(realm.path)
    objects.push(peopleIn(realm, received.get(ofPeople)))
    for (const name of [...received.keys()].toSorted()) {
      const object = received.get(name)
      if (object !== undefined && name !== ofPeople && ownerOf(name, all) === realm.path) objects.push(object)
    }
  }
  return { _id: 'managed', objects }
}

/** The definition of a realm's people, as its settings are now. */
function peopleIn({ path: realm, settings }: Realm, received: JsonObject | undefined): JsonObject {
  const setting = managedObjectSetting(realm)
  const now = received && currentDocument(setting, received, settings)
  return now ?? managedObject(userObjectOf(realm), undefined, settings.customAttributes)
}

async function put(
  from: TenantSources,
  call: Call,
  bodyAfter: (before: JsonObject) => JsonObject,
): Promise<Answer> {
  const rights = await call.rights()
  const { findings } = await changeTenant(from, await saveMarkOf(call, from), async () => {
    const before = await managedDocument(from, rights)
    checkPreconditions(call, before)
    const { objects } = bodyAfter(before)
    if (!Array.isArray(objects) || objects.length > maxObjects)
      throw badRequest(`objects: must be a list of at most ${maxObjects} managed object types`)
    const all = await from.realms.all()
    const realms = all.filter((realm) => rights.may('realm', realm.path))
    const read = objects.map((object, index) => objectAt(index, object, all, realms))
    const planned = []
    for (const realm of realms) planned.push(await changeOf(from, realm, read, all))
    return { changes: planned.map(({ change }) => change), findings: planned.flatMap(({ words }) => words) }
  })
  return withFindings(resource(await managedDocument(from, rights)), findings)
}

/** A definition of the body, and the realm that it belongs to. */
type ReadObject = { index: number; name: string; object: JsonObject; realm: string }

/** @throws RequestError 400, or 404 for an unknown realm or one of others. */
function objectAt(
  index: number,
  object: unknown,
  all: readonly Realm[],
  realms: readonly Realm[],
): ReadObject {
  const parsed = managedObjectSchema.safeParse(object)
  if (!parsed.success || !isJsonObject(object)) {
    const issue = parsed.error?.issues[0]
    throw badRequest(`objects.${[index, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`)
  }
  const { name } = parsed.data
  const realm = ownerOf(name, all)
  if (realms.some(({ path: each }) => each === realm)) return { index, name, object, realm }
  throw notFound(`Realm of the managed object type ${name} not found`)
}

async function changeOf(
  from: TenantSources,
  realm: Realm,
  read: readonly ReadObject[],
  all: readonly Realm[],
) {
  const setting = managedObjectSetting(realm.path)
  const ofPeople = userObjectOf(realm.path)
  const own = read.filter((one) => one.realm === realm.path)
  const words: string[] = []
  let { settings } = realm
  for (const { index, name, object } of own) {
    if (name !== ofPeople) continue
    const applied = setting.apply(settings, object)
    if ('problem' in applied) throw badRequest(`objects.${index}.${applied.problem}`)
    settings = applied.settings
    words.push(...applied.ignored.map((text) => `${name}.${text}`))
  }
  const stored = await keptOf(from, realm.path)
  // Types that the body left out are gone, as for the vendor. People stay.
  const isLeftOut = (name: string) => name !== ofPeople && ownerOf(name, all) === realm.path
  const kept = keepObjects(
    stored,
    own.map(({ object }) => object),
    isLeftOut,
  )
  return { change: realmChange(realm, settings, kept), words }
}

function ownerOf(name: string, realms: readonly Realm[]): string {
  return realmOfUserObject(name) ?? realmOfObject(name, realms)
}

/** `alpha_role` is a type of the realm alpha, `internal/role` one of the root realm. The longest name of a realm wins. */
function realmOfObject(name: string, realms: readonly { path: string }[]): string {
  const [longest] = realms
    .map(({ path: each }) => each)
    .filter((each) => each !== '/' && name.startsWith(`${each.slice(1)}_`))
    .toSorted((one, other) => other.length - one.length)
  return longest ?? '/'
}
