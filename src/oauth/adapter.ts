import type { Adapter, AdapterPayload } from 'oidc-provider'
import { defined } from '../base/defined.ts'
import { isJsonObject, type JsonObject } from '../base/json.ts'
import { digest } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isAdminClient } from './admin-clients.ts'
import { type ClientLimits, clientMetadata, noLimits } from './client-metadata.ts'
import type { OauthClientStore, OauthRecord, OauthStore } from './oauth-store.ts'

/** How long a record is kept after it expired, in seconds, so that late clients get the error for an expired request. */
const extraSeconds: Readonly<Record<string, number>> = {
  BackchannelAuthenticationRequest: 3600,
  DeviceCode: 3600,
}

/** Stores the records of one model, such as tokens, codes or grants. Stored ids are hashed, and `jti` is sealed. */
export function recordAdapter(
  realm: string,
  model: string,
  { store, sealer, now, alreadyUsed }: RecordAdapterNeeds,
): Adapter {
  const read = (record: OauthRecord | undefined, id?: string): AdapterPayload | undefined => {
    if (record === undefined || (record.expiresAt ?? Number.POSITIVE_INFINITY) <= now()) return undefined
    // `oidc-provider` changes what it gets.
    const { jti, ...payload } = structuredClone(record.payload)
    return {
      ...payload,
      ...(typeof jti === 'string' ? { jti: id ?? sealer.open(jti) } : {}),
      ...defined({ consumed: record.consumedAt }),
    }
  }
  return {
    async upsert(id, payload, expiresIn) {
      const { grantId, userCode, uid, consumed, clientId, accountId } = payload
      await store.save({
        realm,
        model,
        idHash: digest(id),
        payload: storable(payload, sealer),
        grantIdHash: grantId === undefined ? undefined : digest(grantId),
        userCode,
        uidHash: uid === undefined ? undefined : digest(uid),
        expiresAt:
          expiresIn === undefined ? undefined : now() + (expiresIn + (extraSeconds[model] ?? 0)) * 1000,
        consumedAt: typeof consumed === 'number' ? consumed : undefined,
        clientId,
        accountId,
      })
    },
    find: async (id) => read(await store.read(realm, model, digest(id)), id),
    findByUid: async (uid) => read(await store.byUid(realm, model, digest(uid))),
    findByUserCode: async (userCode) => read(await store.byUserCode(realm, model, userCode)),
    async consume(id) {
      if (await store.consume(realm, model, digest(id), Math.floor(now() / 1000))) return
      // The code was used before, so it may be stolen: revoke everything issued from it.
      const { grantId } = (await store.read(realm, model, digest(id)))?.payload ?? {}
      if (typeof grantId === 'string') await revokeGrant(realm, store, grantId)
      throw alreadyUsed()
    },
    destroy: (id) => store.remove(realm, model, digest(id)),
    revokeByGrantId: (grantId) => store.removeGrant(realm, digest(grantId)),
  }
}

/** Remembers the assertions of clients. Of concurrent requests with the same assertion, exactly one is answered. */
export function replayAdapter(realm: string, needs: RecordAdapterNeeds): Adapter {
  const model = 'ReplayDetection'
  const records = recordAdapter(realm, model, needs)
  return {
    ...records,
    async upsert(id, payload, expiresIn) {
      await records.upsert(id, payload, expiresIn)
      const isFirst = await needs.store.consume(realm, model, digest(id), Math.floor(needs.now() / 1000))
      // rule S44: otherwise an assertion of a client works as often as it is sent at the same time
      if (!isFirst) throw needs.alreadyUsed()
    },
  }
}

/** Deletes a grant and all tokens issued from it. */
async function revokeGrant(realm: string, store: OauthStore, grantId: string): Promise<void> {
  await store.remove(realm, 'Grant', digest(grantId))
  await store.removeGrant(realm, digest(grantId))
}

export type RecordAdapterNeeds = {
  store: OauthStore
  sealer: Sealer
  now(): number
  /** The error for the second use of a code. */
  alreadyUsed(): Error
}

/** Revokes the grants of a session, except those with `offline_access`. */
export async function revokeAtSignOut(
  realm: string,
  store: OauthStore,
  grantIds: readonly string[],
): Promise<void> {
  for (const grantId of grantIds) {
    const grant = await store.read(realm, 'Grant', digest(grantId))
    const { openid } = grant?.payload ?? {}
    const scope = isJsonObject(openid) ? String(openid.scope) : ''
    if (!scope.split(' ').includes('offline_access')) await revokeGrant(realm, store, grantId)
  }
}

/**
 * Read-only access to the configured clients.
 * @param limits of the realm. Clients of the admin tools have none: they are part of the server.
 */
export function clientAdapter(
  realm: string,
  clients: Pick<OauthClientStore, 'read'>,
  secrets: Sealer,
  limits: ClientLimits,
): Adapter {
  const refuse = async () => {
    throw new Error('Clients can be changed only through the configuration REST API')
  }
  return {
    async find(id) {
      const client = await clients.read(realm, id)
      if (client === undefined) return undefined
      const secret = client.sealedSecret === undefined ? undefined : secrets.open(client.sealedSecret)
      const made = clientMetadata(id, client.document, secret, isAdminClient(realm, id) ? noLimits : limits)
      return (
        made && {
          ...made,
          // rule S54: otherwise people are not warned of registered applications
          is_registered: client.registeredAt !== undefined,
        }
      )
    },
    upsert: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  }
}

/**
 * Stores nothing. A pending authorization request travels in the URL instead: a row for each would let anonymous clients fill
 * the database.
 */
export const discardingAdapter: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
}

/** Converts to JSON, which drops undefined members, and seals the id, because it works as a token. */
function storable({ jti, ...payload }: AdapterPayload, sealer: Sealer): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(payload))
  return jti === undefined ? json : { ...json, jti: sealer.seal(jti) }
}
