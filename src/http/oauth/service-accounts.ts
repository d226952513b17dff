import {
  createServiceAccount,
  patchServiceAccount,
  serviceAccounts,
} from '../../../contract/service-accounts.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { resource } from '../../crest/collection.ts'
import {
  accountOf,
  type ServiceAccount,
  type ServiceAccountStore,
  serviceAccountDocument,
  toManagedObject,
} from '../../oauth/service-account.ts'
import { applyPatch, parsePatch } from '../../people/patch-operations.ts'
import { parseBody } from '../body.ts'
import { checkedId, checkPreconditions, isCreateOnly } from '../configuration-resource.ts'
import {
  type Answer,
  always,
  bodyObject,
  byAction,
  type Call,
  param,
  type Resource,
  type Route,
} from '../route.ts'
import { serve } from '../serve.ts'

type Dependencies = {
  serviceAccounts: ServiceAccountStore
  newId(): string
  now(): number
}

/** Low, because a query reads them all. */
const maxAccounts = 200

const audited: Resource = { kind: 'serviceAccount', realmOf: () => '/' }

/** Service accounts as managed objects, as in the vendor's cloud. They administer the whole server. */
export function serviceAccountRoutes(from: Dependencies): Route[] {
  const at = { access: 'administrator' as const, actsOn: () => '/' }
  const write = { ...at, resource: audited }
  const { list, read, save, remove } = serve({
    ...write,
    endpoints: serviceAccounts,
    list: { summary: 'Lists the service accounts.' },
    read: { summary: 'Reads a service account.' },
    save: {
      dangerous: always,
      summary: 'Creates or replaces a service account.',
      handle: (call) => put(from, call),
    },
    remove: { summary: 'Deletes a service account. Its tokens end.' },
    all: () => from.serviceAccounts.all(),
    find: (_call, id) => from.serviceAccounts.read(id),
    toResource: toManagedObject,
    erase: (_call, { id }) => from.serviceAccounts.remove(id),
  })
  return [
    list,
    {
      ...write,
      ...createServiceAccount,
      dangerous: always,
      summary: 'Creates a service account with its public keys (`_action=create`).',
      handle: byAction({ create: (call) => create(from, call, from.newId()) }),
    },
    read,
    save,
    {
      ...write,
      ...patchServiceAccount,
      dangerous: always,
      summary: 'Changes members of a service account.',
      handle: (call) => patch(from, call),
    },
    {
      ...remove,
      async handle(call) {
        await refusePrograms(call)
        return remove.handle(call)
      },
    },
  ]
}

async function create(from: Dependencies, call: Call, id: string): Promise<Answer> {
  await refusePrograms(call)
  if ((await from.serviceAccounts.all()).length >= maxAccounts) {
    throw new RequestError(409, `A server can have at most ${maxAccounts} service accounts`)
  }
  const account = accountOf(parseBody(serviceAccountDocument, call), { id, createdAt: from.now() })
  if (!(await from.serviceAccounts.create(account))) throw new RequestError(412, `Object ${id} exists`)
  return resource(toManagedObject(account), 201)
}

async function put(from: Dependencies, call: Call): Promise<Answer> {
  await refusePrograms(call)
  const id = checkedId(param(call, 'id'))
  const old = await from.serviceAccounts.read(id)
  if (old === undefined) return create(from, call, id)
  if (isCreateOnly(call)) throw new RequestError(412, `Object ${id} exists`)
  return replace(from, call, old, bodyObject(call))
}

async function patch(from: Dependencies, call: Call): Promise<Answer> {
  await refusePrograms(call)
  const old = await findOr404(from, call)
  return replace(from, call, old, applyPatch(toManagedObject(old), parsePatch(call.body)))
}

async function replace(
  from: Dependencies,
  call: Call,
  old: ServiceAccount,
  body: JsonObject,
): Promise<Answer> {
  checkPreconditions(call, toManagedObject(old))
  // Without a status it stays as it is, so that an outdated copy never enables the account.
  const status = old.isActive ? 'active' : 'inactive'
  const sent = { ...body, accountStatus: body.accountStatus ?? status }
  const account = accountOf(parseBody(serviceAccountDocument, { body: sent }), old)
  if (!(await from.serviceAccounts.replace(old, account))) {
    throw new RequestError(409, 'The service account was changed at the same time: read it again')
  }
  return resource(toManagedObject(account))
}

/** A program must not outlive its account, or get more scopes, by an account that it makes. */
async function refusePrograms(call: Call): Promise<void> {
  // rule S33: otherwise service accounts make service accounts
  if ((await call.session())?.isServiceAccount !== true) return
  throw new RequestError(403, 'A service account cannot change service accounts')
}

async function findOr404(from: Dependencies, call: Call): Promise<ServiceAccount> {
  const account = await from.serviceAccounts.read(param(call, 'id'))
  if (account === undefined) throw notFound()
  return account
}
