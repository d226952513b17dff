import type { JsonObject } from '../engine/json.ts'

/** What `oidc-provider` keeps: tokens, codes, grants, sessions, clients. Ids are stored hashed. */
export type OauthRecord = {
  realm: string
  /** The model's name, for example `AccessToken`. */
  model: string
  idHash: string
  payload: JsonObject
  grantIdHash: string | undefined
  userCode: string | undefined
  uidHash: string | undefined
  /** Epoch milliseconds; undefined never expires. */
  expiresAt: number | undefined
  /** Epoch seconds, set once when a one-time record was used. */
  consumedAt: number | undefined
  /** Whose it is; undefined for sessions. */
  clientId: string | undefined
}

/** What the OAuth2 provider asks of storage. */
export interface OauthStore {
  save(record: OauthRecord): Promise<void>
  read(realm: string, model: string, idHash: string): Promise<OauthRecord | undefined>
  byUid(realm: string, model: string, uidHash: string): Promise<OauthRecord | undefined>
  byUserCode(realm: string, model: string, userCode: string): Promise<OauthRecord | undefined>
  /** @returns false when it was used before: exactly one caller wins. */
  consume(realm: string, model: string, idHash: string, now: number): Promise<boolean>
  /**
   * Notes that somebody asks for a record. @param since another who asked after this moment makes it too early.
   * Epoch milliseconds. @returns false when it is too early: of many who ask at once, one gets through.
   */
  poll(realm: string, model: string, idHash: string, since: number, now: number): Promise<boolean>
  remove(realm: string, model: string, idHash: string): Promise<void>
  removeGrant(realm: string, grantIdHash: string): Promise<void>
  /** Removes everything that a client has. */
  removeClient(realm: string, clientId: string): Promise<void>
  forget(now: number): Promise<number>
}

/** An OAuth2 client as an administrator configured it: the vendor's document, its secret hashed or sealed. */
export type OauthClientRecord = { id: string; document: JsonObject; sealedSecret: string | undefined }

export interface OauthClientStore {
  all(realm: string): Promise<OauthClientRecord[]>
  read(realm: string, id: string): Promise<OauthClientRecord | undefined>
  /** @returns whether it is new. */
  save(realm: string, client: OauthClientRecord): Promise<boolean>
  /** Puts another sealed form in the place of a secret, unless it is another by now. */
  replaceSecret(realm: string, id: string, from: string, to: string): Promise<void>
  remove(realm: string, id: string): Promise<boolean>
}
