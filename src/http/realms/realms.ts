import { z } from 'zod'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { SigningKeyStore } from '../../oauth/signing-keys.ts'
import { parentOf, type Realm, realmName, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import {
  checkPreconditions,
  parseAttributes,
  refuseUnknownAttributes,
  saved,
} from '../configuration-resource.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import {
  type Answer,
  always,
  bodyObject,
  byAction,
  type Call,
  homeOf,
  param,
  type Resource,
  type Route,
} from '../route.ts'
import { endpointsAt, serve } from '../serve.ts'

type RealmDependencies = MarkSources & {
  realms: RealmStore
  signingKeys: Pick<SigningKeyStore, 'rotateIfUsed'>
  /** After a realm and what refers to it changed. */
  tenantChanged(realm: string): Promise<void>
}

const path = 'global-config/realms'

/** `root` is reserved: paths use it for the root realm. */
const nameSchema = z
  .string('must be a text')
  .regex(/^[\w][\w.-]{0,63}$/, 'must be letters, digits, dots, dashes and underscores')
  .refine((name) => name !== 'root' && name !== '__proto__', 'is reserved')

const resourceSchema = z.object({
  name: z.union([z.literal('/'), nameSchema]),
  parentPath: z
    .string()
    .nullish()
    .transform((parent) => parent || null),
  active: z.boolean('must be true or false').default(true),
  aliases: z.array(nameSchema, 'must be a list of names').max(50).default([]),
})

// Ids are the base64 of paths.
const resource: Resource = { kind: 'realm', idOf: pathOf }

const attributes = Object.keys(resourceSchema.shape)

/** Realms, by the base64 of their paths. Source: "Realms" of the vendor's entity reference. */
export function realmRoutes(from: RealmDependencies): Route[] {
  const { realms } = from
  const access = 'administrator'
  const { list, read, save, remove } = serve({
    endpoints: endpointsAt(path),
    access: { read: 'staff', write: access },
    resource,
    list: {
      actsOn: homeOf,
      summary: 'Lists the realms in which the caller has a role; administrators get all.',
    },
    read: { actsOn: (call) => pathOf(param(call, 'id')), summary: 'Reads a realm.' },
    save: {
      summary: 'Creates a realm, or changes its aliases and whether it is active.',
      handle: (call) => put(from, call),
    },
    remove: { dangerous: always, summary: 'Removes a realm with all of its content.' },
    async all(call) {
      const rights = await call.rights()
      return (await realms.all()).filter(({ path }) => rights.may('staff', path))
    },
    find: (_call, id) => realms.read(pathOf(id)),
    toResource: realmResource,
    erasesAnyRevision: true,
    erase: (_call, realm) => removeRealm(from, realm),
  })
  return [
    list,
    {
      method: 'POST',
      path,
      access,
      resource,
      reads: ['schema', 'template'],
      summary: 'Creates a realm (`create`), or describes realms: `schema`, `template`.',
      handle: byAction({
        create: (call) => create(from, call),
        schema: () => ({ body: z.toJSONSchema(resourceSchema, { io: 'input' }) }),
        template: () => ({ body: { name: '', parentPath: '/', active: true, aliases: [] } }),
      }),
    },
    read,
    save,
    remove,
  ]
}

async function create(from: RealmDependencies, call: Call): Promise<Answer> {
  const realm = parseRealm(call, realmSettingsSchema.parse({}))
  if ((await from.realms.read(realm.path)) !== undefined) {
    throw new RequestError(409, `Realm ${realm.path} already exists`)
  }
  return save(from, call, realm)
}

async function put(from: RealmDependencies, call: Call): Promise<Answer> {
  const path = pathOf(param(call, 'id'))
  const old = await from.realms.read(path)
  checkPreconditions(call, old && realmResource(old))
  const realm = parseRealm(call, old?.settings ?? realmSettingsSchema.parse({}))
  if (realm.path !== path) throw badRequest('The name and the parent of a realm cannot change')
  if (realm.path === '/' && !realm.isActive) throw badRequest('The root realm cannot be inactive')
  return save(from, call, realm, old)
}

/** @throws RequestError 409 if another request changed the realm meanwhile, whose settings would be lost. */
async function save(from: RealmDependencies, call: Call, realm: Realm, old?: Realm): Promise<Answer> {
  const { realms } = from
  const parent = parentOf(realm.path)
  if (parent !== null && (await realms.read(parent)) === undefined) throw badRequest('Parent realm not found')
  requireFreeNames(await realms.all(), realm)
  const mark = await saveMarkOf(call, from)
  if (old === undefined) {
    // Before the realm exists, so that it never has the keys of an earlier one.
    // rule S71: otherwise a new realm signs with the keys of a removed one
    await from.signingKeys.rotateIfUsed(realm.path, true)
    await realms.save({ ...realm, createdAt: mark.at }, mark)
    await from.tenantChanged(realm.path)
  } else if (!(await realms.replace(old, realm, mark))) {
    throw new RequestError(409, 'Another request is changing the realm. Nothing was changed, try again')
  }
  return saved(call, { path, id: idOf(realm.path) }, realmResource(realm), old === undefined)
}

/**
 * Names and aliases must be unique.
 * @throws RequestError 409.
 */
function requireFreeNames(all: readonly Realm[], { path, aliases }: Realm): void {
  const others = all.filter((other) => other.path !== path)
  const taken = aliases.find(
    (alias) =>
      others.some((other) => other.aliases.includes(alias)) || all.some(({ path }) => path === `/${alias}`),
  )
  if (taken !== undefined) throw new RequestError(409, `The alias ${taken} is taken`)
  if (others.some((other) => other.aliases.includes(path.slice(1)))) {
    throw new RequestError(409, `The name ${path.slice(1)} is an alias of another realm`)
  }
}

async function removeRealm({ realms, tenantChanged }: RealmDependencies, realm: Realm): Promise<void> {
  if (realm.path === '/') throw new RequestError(403, 'The root realm cannot be removed')
  const all = await realms.all()
  if (all.some(({ path }) => path.startsWith(`${realm.path}/`))) {
    throw new RequestError(409, 'The realm has child realms')
  }
  await realms.remove(realm.path)
  await tenantChanged(realm.path)
}

function parseRealm(call: Call, settings: Realm['settings']): Realm {
  const body = bodyObject(call)
  refuseUnknownAttributes(body, attributes)
  const { name, parentPath, active, aliases } = parseAttributes(resourceSchema, body)
  const path = name === '/' ? '/' : `${parentPath === '/' || parentPath === null ? '' : parentPath}/${name}`
  return { path, isActive: active, aliases, settings }
}

function realmResource({ path, isActive, aliases }: Realm): JsonObject {
  return {
    _id: idOf(path),
    parentPath: parentOf(path),
    active: isActive,
    name: realmName(path),
    aliases: [...aliases],
  }
}

function idOf(path: string): string {
  return Buffer.from(path).toString('base64url')
}

function pathOf(id: string): string {
  return Buffer.from(id, 'base64').toString()
}
