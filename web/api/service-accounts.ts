import * as z from 'zod/mini'
import { listAudit } from '../../contract/audit.ts'
import { serviceAccounts as collection } from '../../contract/service-accounts.ts'
import { client, type Stored } from './collection.ts'
import { callEndpoint } from './endpoint.ts'
import { request } from './request.ts'

const keySchema = z.record(z.string(), z.json())

/** A public key as JWK. */
export type PublicKey = z.infer<typeof keySchema>

const keysSchema = z.object({ keys: z.array(keySchema) })

export type AccountSettings = {
  name: string
  description: string
  isActive: boolean
  scopes: string[]
  keys: PublicKey[]
}

export type ServiceAccount = Stored<AccountSettings>

const accountSchema = z.object({
  name: z.string(),
  description: z._default(z.string(), ''),
  accountStatus: z.enum(['active', 'inactive']),
  scopes: z.array(z.string()),
  /** JSON text. */
  jwks: z.string(),
})

const scopeMembers = { scope: z.string(), description: z.string() }
const scopesSchema = z.array(
  z.object({ ...scopeMembers, childScopes: z.optional(z.array(z.object(scopeMembers))) }),
)

/** `parent`: the scope that includes it. */
export type Scope = { scope: string; description: string; parent: string | undefined }

/** Sorted by name. Source: `docs/admin-tokens.md`, "Service accounts". */
export const serviceAccounts = client('service-accounts', collection, {
  toDocument: toSettings,
  toBody: ({ isActive, keys, ...settings }) => ({
    ...settings,
    accountStatus: isActive ? 'active' : 'inactive',
    jwks: JSON.stringify({ keys }),
  }),
  compare: (one, other) => one.document.name.localeCompare(other.document.name),
})

/** @param jwks a public key set, perhaps as JSON text. @throws ApiError 400 that names the invalid member. */
export async function createServiceAccount(
  { isActive, ...settings }: Omit<AccountSettings, 'keys'>,
  jwks: unknown,
): Promise<ServiceAccount> {
  const body = { ...settings, accountStatus: isActive ? 'active' : 'inactive', jwks }
  const query = { _action: 'create' }
  const answer = await request(collection.item(), collection.path, { method: 'POST', query, body })
  return { id: answer._id, document: toSettings(answer), revision: answer._rev }
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

function toSettings(answer: unknown): AccountSettings {
  const { accountStatus, jwks, ...settings } = z.parse(accountSchema, answer)
  const { keys } = z.parse(keysSchema, JSON.parse(jwks))
  return { ...settings, keys, isActive: accountStatus === 'active' }
}
