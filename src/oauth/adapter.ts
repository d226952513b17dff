import type { Adapter, AdapterPayload } from 'oidc-provider'
import { isJsonObject, type JsonObject } from '../engine/json.ts'
import { digest } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import { clientMetadata } from './client-metadata.ts'
import type { OauthClientStore, OauthRecord, OauthStore } from './oauth-store.ts'

/** Seconds that a record stays after its time, so that whoever comes late is told that they are. */
const keptSeconds: Readonly<Record<string, number>> = { BackchannelAuthenticationRequest: 3600 }

/** Tokens, codes, grants and sessions of one model: ids are hashed on their way to storage, `jti` is sealed. */
export function recordAdapter(
  realm: string,
  model: string,
  { store, sealer, now, alreadyUsed }: RecordAdapterNeeds,
): Adapter {
  const read = (record: OauthRecord | undefined, id?: string): AdapterPayload | undefined => {
    if (record === undefined || (record.expiresAt ?? Number.POSITIVE_INFINITY) <= now()) return undefined
    const { jti, ...payload } = record.payload
    return {
      ...payload,
      ...(typeof jti === 'string' ? { jti: id ?? sealer.open(jti) } : {}),
      ...(record.consumedAt === undefined ? {} : { consumed: record.consumedAt }),
    }
  }
  return {
    async upsert(id, payload, expiresIn) {
      const { grantId, userCode, uid, consumed, clientId } = payload
      await store.save({
        realm,
        model,
        idHash: digest(id),
        payload: storable(payload, sealer),
        grantIdHash: grantId === undefined ? undefined : digest(grantId),
        userCode,
        uidHash: uid === undefined ? undefined : digest(uid),
        expiresAt:
          expiresIn === undefined ? undefined : now() + (expiresIn + (keptSeconds[model] ?? 0)) * 1000,
        consumedAt: typeof consumed === 'number' ? consumed : undefined,
        clientId,
      })
    },
    find: async (id) => read(await store.read(realm, model, digest(id)), id),
    findByUid: async (uid) => read(await store.byUid(realm, model, digest(uid))),
    findByUserCode: async (userCode) => read(await store.byUserCode(realm, model, userCode)),
    async consume(id) {
      if (await store.consume(realm, model, digest(id), Math.floor(now() / 1000))) return
      // Somebody else has it, too: as for one that comes back later, nothing that came of it is good any more.
      const { grantId } = (await store.read(realm, model, digest(id)))?.payload ?? {}
      if (typeof grantId === 'string') await revokeGrant(realm, store, grantId)
      throw alreadyUsed()
    },
    destroy: (id) => store.remove(realm, model, digest(id)),
    revokeByGrantId: (grantId) => store.removeGrant(realm, digest(grantId)),
  }
}

/** Ends a grant, and whatever was issued on it. */
async function revokeGrant(realm: string, store: OauthStore, grantId: string): Promise<void> {
  await store.remove(realm, 'Grant', digest(grantId))
  await store.removeGrant(realm, digest(grantId))
}

export type RecordAdapterNeeds = {
  store: OauthStore
  sealer: Sealer
  now(): number
  /** What the slower of two callers that use the same code gets. */
  alreadyUsed(): Error
}

/** Ends grants of a session, but for what somebody gave an application for when they are away. */
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
 * The clients that an administrator configured. `oidc-provider` only reads them.
 * @param contexts authentication context classes of the realm.
 */
export function clientAdapter(
  realm: string,
  clients: OauthClientStore,
  secrets: Sealer,
  contexts: readonly string[],
): Adapter {
  const refuse = async () => {
    throw new Error('Clients are changed over the configuration REST interface only')
  }
  return {
    async find(id) {
      const client = await clients.read(realm, id)
      if (client === undefined) return undefined
      const secret = client.sealedSecret === undefined ? undefined : secrets.open(client.sealedSecret)
      return clientMetadata(id, client.document, secret, contexts)
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
 * What is not kept. An authorization that has to wait for somebody goes along with them in an address: a row for each
 * would let anybody fill the database.
 */
export const forgetful: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
}

/** As JSON, without members that are undefined and without an id that would work as a token. */
function storable({ jti, ...payload }: AdapterPayload, sealer: Sealer): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(payload))
  return jti === undefined ? json : { ...json, jti: sealer.seal(jti) }
}
