import * as z from 'zod/mini'
import { listAudit } from '../../contract/audit.ts'
import { callEndpoint } from './endpoint.ts'
import { request } from './request.ts'

const keySchema = z.record(z.string(), z.json())

/** A public key as JWK. */
export type PublicKey = z.infer<typeof keySchema>

const keysSchema = z.object({ keys: z.array(keySchema) })

const accountSchema = z.object({
  _id: z.string(),
  _rev: z.string(),
  name: z.string(),
  description: z._default(z.string(), ''),
  accountStatus: z.enum(['active', 'inactive']),
  scopes: z.array(z.string()),
  /** JSON text. */
  jwks: z.string(),
})

/** `revision` is its ETag. */
export type ServiceAccount = AccountSettings & { id: string; revision: string }

export type AccountSettings = {
  name: string
  description: string
  isActive: boolean
  scopes: readonly string[]
  keys: readonly PublicKey[]
}

const scopeMembers = { scope: z.string(), description: z.string() }
const scopesSchema = z.array(
  z.object({ ...scopeMembers, childScopes: z.optional(z.array(z.object(scopeMembers))) }),
)

/** `parent`: the scope that includes it. */
export type Scope = { scope: string; description: string; parent: string | undefined }

const path = '/openidm/managed/svcacct'

/** Sorted by name. Source: `docs/admin-tokens.md`, "Service accounts". */
export async function listServiceAccounts(signal?: AbortSignal): Promise<ServiceAccount[]> {
  const schema = z.object({ result: z.array(accountSchema) })
  const { result } = await request(schema, path, { query: { _queryFilter: true }, signal })
  return result.map(toAccount).toSorted((one, other) => one.name.localeCompare(other.name))
}

/** @throws ApiError 404. */
export async function readServiceAccount(id: string, signal?: AbortSignal): Promise<ServiceAccount> {
  return toAccount(await request(accountSchema, pathOf(id), { signal }))
}

/** @param jwks a public key set, perhaps as JSON text. @throws ApiError 400 that names the invalid member. */
export async function createServiceAccount(
  settings: Omit<AccountSettings, 'keys'>,
  jwks: unknown,
): Promise<ServiceAccount> {
  const body = { ...toBody(settings), jwks }
  return toAccount(await request(accountSchema, path, { method: 'POST', query: { _action: 'create' }, body }))
}

/** @throws ApiError 412 after a concurrent change. */
export async function saveServiceAccount(
  id: string,
  { keys, ...settings }: AccountSettings,
  revision: string,
): Promise<ServiceAccount> {
  const body = { ...toBody(settings), jwks: JSON.stringify({ keys }) }
  const headers = { 'if-match': `"${revision}"` }
  return toAccount(await request(accountSchema, pathOf(id), { method: 'PUT', body, headers }))
}

export async function removeServiceAccount(id: string): Promise<void> {
  await request(z.unknown(), pathOf(id), { method: 'DELETE' })
}

/** The scopes that allow something on this server, parents before the scopes that they include. */
export async function listScopes(): Promise<Scope[]> {
  const scopes = await request(scopesSchema, '/environment/scopes/service-accounts')
  return scopes.flatMap(({ scope, description, childScopes = [] }) => [
    { scope, description, parent: undefined },
    ...childScopes.map((child) => ({ ...child, parent: scope })),
  ])
}

/** When service accounts were last changed, in epoch milliseconds by id. Only of the newest changes of the realm `/`. */
export async function readLastChanges(): Promise<ReadonlyMap<string, number>> {
  const query = { event: 'AM-CONFIG-CHANGE', _pageSize: 100 }
  const { result } = await callEndpoint(listAudit, { realm: '/', query })
  const changes = result.flatMap(({ what, timestamp }) =>
    what?.kind === 'serviceAccount' && what.id !== undefined
      ? [[what.id, Date.parse(timestamp)] as const]
      : [],
  )
  // Newest first, and later entries of a map win.
  return new Map(changes.toReversed())
}

function toBody({ isActive, ...settings }: Omit<AccountSettings, 'keys'>) {
  return { ...settings, accountStatus: isActive ? 'active' : 'inactive' }
}

function toAccount(stored: z.infer<typeof accountSchema>): ServiceAccount {
  const { _id: id, _rev: revision, accountStatus, jwks, name, description, scopes } = stored
  const { keys } = z.parse(keysSchema, JSON.parse(jwks))
  return { id, revision, name, description, scopes, keys, isActive: accountStatus === 'active' }
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`
}
