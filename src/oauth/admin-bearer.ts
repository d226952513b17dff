import { z } from 'zod'
import type { JsonObject } from '../base/json.ts'
import { digest } from '../secrets/digest.ts'
import type { Session } from '../sessions/session.ts'
import { adminRealm, adminTokenSeconds, isAdminClient, serviceAccountClient } from './admin-clients.ts'
import { adminScopeNames } from './admin-scopes.ts'
import type { OauthStore } from './oauth-store.ts'
import type { ServiceAccount, ServiceAccountStore } from './service-account.ts'

/** What a valid token for the admin interface stands for. */
export type AdminBearer = {
  /** The session of the person who got the token. A service account has none: this stands for the check of its assertion. */
  session: Session
  scopes: readonly string[]
  isServiceAccount: boolean
}

/** Tokens that are bound to a key need its proof, which the admin interface doesn't check: they don't count. */
const jkt = z.undefined().optional()

const personTokenSchema = z.object({
  jkt,
  clientId: z.string(),
  accountId: z.string(),
  sessionUid: z.string(),
  scope: z.string().default(''),
})

const accountTokenSchema = z.object({
  clientId: z.string(),
  scope: z.string(),
  rar: z.tuple([
    z.object({
      serviceAccount: z.string(),
      key: z.string(),
      checkedAt: z.number(),
      /** Missing in tokens of older versions, which live for minutes. */
      accountCreatedAt: z.number().exactOptional(),
    }),
  ]),
})

type Needs = {
  store: Pick<OauthStore, 'read'>
  serviceAccounts: Pick<ServiceAccountStore, 'read'>
  sessions: { underWay(handle: string): Promise<Session | undefined> }
  now(): number
}

/**
 * Verifies tokens for the admin interface. Only the root realm has them, and only its two admin clients get them: a token of any
 * other application never counts, whatever its scopes. A person's token ends with the session that it was made from.
 */
export function createAdminBearerCheck(needs: Needs) {
  return async (token: string): Promise<AdminBearer | undefined> => {
    const idHash = digest(token)
    const ofPerson = await payloadOf('AccessToken', idHash, needs)
    if (ofPerson !== undefined) return bearerOfPerson(ofPerson, needs)
    const ofAccount = await payloadOf('ClientCredentials', idHash, needs)
    return ofAccount && bearerOfAccount(ofAccount, idHash, needs)
  }
}

async function payloadOf(
  model: string,
  idHash: string,
  { store, now }: Needs,
): Promise<JsonObject | undefined> {
  const record = await store.read(adminRealm, model, idHash)
  // rule S31: otherwise an expired token counts
  return (record?.expiresAt ?? 0) <= now() ? undefined : record?.payload
}

async function bearerOfPerson(payload: JsonObject, { sessions }: Needs): Promise<AdminBearer | undefined> {
  const { data } = personTokenSchema.safeParse(payload)
  // rule S30: otherwise tokens of every application of the root realm count
  if (data === undefined || !isAdminClient(adminRealm, data.clientId)) return undefined
  const session = await sessions.underWay(data.sessionUid)
  if (session?.realm !== adminRealm || session.identityId !== data.accountId) return undefined
  const scopes = data.scope.split(' ').filter((scope) => adminScopeNames.includes(scope))
  return { session, scopes, isServiceAccount: false }
}

/** The account as it is now: a token ends with the account, and with the key that it was made with. */
async function bearerOfAccount(
  payload: JsonObject,
  tokenHash: string,
  { serviceAccounts }: Needs,
): Promise<AdminBearer | undefined> {
  const { data } = accountTokenSchema.safeParse(payload)
  if (data?.clientId !== serviceAccountClient) return undefined
  const [details] = data.rar
  const account = await serviceAccounts.read(details.serviceAccount)
  // rule S33: otherwise tokens of a disabled account count
  if (account?.isActive !== true) return undefined
  // A new account with the id and even the key of a removed one doesn't get its tokens.
  // rule S33: otherwise a token works again for a new account with the id and key of the old one
  if ((details.accountCreatedAt ?? account.createdAt) !== account.createdAt) return undefined
  const { thumbprintOf } = await import('./assertion.ts')
  const keys = await Promise.all(account.keys.map(thumbprintOf))
  // rule S33: otherwise a token outlives the key that it was made with
  if (!keys.includes(details.key)) return undefined
  const scopes = data.scope.split(' ').filter((scope) => adminScopeNames.includes(scope))
  return {
    session: sessionOf(account, tokenHash, details.checkedAt),
    // rule S33: otherwise a token keeps a scope that the account lost
    scopes: scopes.filter((scope) => account.scopes.includes(scope)),
    isServiceAccount: true,
  }
}

/** No person can have this name, because of its slash: the audit trail tells programs from people. */
function sessionOf({ id, name }: ServiceAccount, tokenHash: string, checkedAt: number): Session {
  const minutes = Math.ceil(adminTokenSeconds / 60)
  return {
    tokenHash,
    handle: `${serviceAccountClient}:${id}`,
    realm: adminRealm,
    identityId: id,
    username: `service account/${name}`,
    properties: {},
    authLevel: 0,
    // rule S31: otherwise the assertion of a service account stays recent
    createdAt: checkedAt,
    lastUsedAt: checkedAt,
    maxIdleMinutes: minutes,
    maxSessionMinutes: minutes,
    webhooks: [],
  }
}
