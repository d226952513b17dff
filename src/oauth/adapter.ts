import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { JsonObject } from '../journey/json.ts'
import { digest } from '../secrets/digest.ts'
import type { Sealer } from '../secrets/seal.ts'
import { clientMetadata } from './client-metadata.ts'
import type { OauthClientStore, OauthRecord, OauthStore } from './oauth-store.ts'

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
      const { grantId, userCode, uid, consumed } = payload
      await store.save({
        realm,
        model,
        idHash: digest(id),
        payload: storable(payload, sealer),
        grantIdHash: grantId === undefined ? undefined : digest(grantId),
        userCode,
        uidHash: uid === undefined ? undefined : digest(uid),
        expiresAt: expiresIn === undefined ? undefined : now() + expiresIn * 1000,
        consumedAt: typeof consumed === 'number' ? consumed : undefined,
      })
    },
    find: async (id) => read(await store.read(realm, model, digest(id)), id),
    findByUid: async (uid) => read(await store.byUid(realm, model, digest(uid))),
    findByUserCode: async (userCode) => read(await store.byUserCode(realm, model, userCode)),
    async consume(id) {
      const isFirst = await store.consume(realm, model, digest(id), Math.floor(now() / 1000))
      if (!isFirst) throw alreadyUsed()
    },
    destroy: (id) => store.remove(realm, model, digest(id)),
    revokeByGrantId: (grantId) => store.removeGrant(realm, digest(grantId)),
  }
}

export type RecordAdapterNeeds = {
  store: OauthStore
  sealer: Sealer
  now(): number
  /** What the slower of two callers that use the same code gets. */
  alreadyUsed(): Error
}

/** The clients that an administrator configured. `oidc-provider` only reads them. */
export function clientAdapter(realm: string, clients: OauthClientStore, secrets: Sealer): Adapter {
  const refuse = async () => {
    throw new Error('Clients are changed over the configuration REST interface only')
  }
  return {
    async find(id) {
      const client = await clients.read(realm, id)
      if (client === undefined) return undefined
      const secret = client.sealedSecret === undefined ? undefined : secrets.open(client.sealedSecret)
      return clientMetadata(id, client.document, secret)
    },
    upsert: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  }
}

/** As JSON, without members that are undefined and without an id that would work as a token. */
function storable({ jti, ...payload }: AdapterPayload, sealer: Sealer): JsonObject {
  const json: JsonObject = JSON.parse(JSON.stringify(payload))
  return jti === undefined ? json : { ...json, jti: sealer.seal(jti) }
}
