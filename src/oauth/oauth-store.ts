import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'

export const oauthRecordSchema = z.object({
  realm: z.string(),
  /** The model's name, for example `AccessToken`. */
  model: z.string(),
  idHash: z.string(),
  payload: jsonObjectSchema,
  grantIdHash: z.string().optional(),
  userCode: z.string().optional(),
  uidHash: z.string().optional(),
  /** Epoch milliseconds. Undefined: never. */
  expiresAt: z.number().optional(),
  /** Epoch seconds. Set once, when a one-time record is used. */
  consumedAt: z.number().optional(),
  /** The client that owns the record. Undefined for sessions. */
  clientId: z.string().optional(),
  /** The person whose grant, code or token it is. */
  accountId: z.string().optional(),
})

/** A record of `oidc-provider`, such as a token, code, grant or session. Ids are stored hashed. */
export type OauthRecord = z.infer<typeof oauthRecordSchema>

/** A record to save, unless it was read and others removed it since. */
export type RecordToSave = OauthRecord & { wasRead?: boolean }

export interface OauthStore {
  /** All, or none of them. Their keys differ. */
  save(...records: RecordToSave[]): Promise<void>
  /** Saves a new record. @returns false if there is one with this id: exactly one concurrent call returns true. */
  create(record: OauthRecord): Promise<boolean>
  /** Returns no token whose grant was removed. */
  read(realm: string, model: string, idHash: string): Promise<OauthRecord | undefined>
  byUid(realm: string, model: string, uidHash: string): Promise<OauthRecord | undefined>
  byUserCode(realm: string, model: string, userCode: string): Promise<OauthRecord | undefined>
  /** @returns false if the record was used before: exactly one concurrent call returns true. */
  consume(realm: string, model: string, idHash: string, now: number): Promise<boolean>
  /**
   * Records a poll. @param since epoch milliseconds: the poll is too early if the previous one was after this time.
   * @returns false if it is too early. Of concurrent polls, exactly one returns true.
   */
  poll(realm: string, model: string, idHash: string, since: number, now: number): Promise<boolean>
  remove(realm: string, model: string, idHash: string): Promise<void>
  removeGrant(realm: string, grantIdHash: string): Promise<void>
  /** Removes all records of a client. */
  removeClient(realm: string, clientId: string): Promise<void>
  /** Deletes expired records. @returns how many. */
  deleteExpired(now: number): Promise<number>
}

export const oauthClientRecordSchema = z.object({
  id: z.string(),
  document: jsonObjectSchema,
  sealedSecret: z.string().optional(),
  /** When it registered itself, in epoch milliseconds. Undefined for clients of administrators. */
  registeredAt: z.number().optional(),
  /** Hash of the token that manages its registration. */
  registrationTokenHash: z.string().optional(),
})

/** An OAuth2 client as configured: the vendor's document, and the sealed secret. */
export type OauthClientRecord = z.infer<typeof oauthClientRecordSchema>

/** A client to write, and what it replaces: undefined for a new one. */
export type ClientToWrite = { client: OauthClientRecord; before: OauthClientRecord | undefined }

export interface OauthClientStore {
  all(realm: string): Promise<OauthClientRecord[]>
  read(realm: string, id: string): Promise<OauthClientRecord | undefined>
  /**
   * Saves a client that registers itself.
   * @returns false if the realm has `max` of them, or the id is taken. Concurrent calls never exceed the maximum.
   */
  register(realm: string, client: OauthClientRecord, max: number): Promise<boolean>
  /** Replaces document and secret. @returns false unless the client still has the hash of this registration token. */
  reregister(realm: string, client: OauthClientRecord): Promise<boolean>
  /** @returns false unless the client still has this hash of a registration token. */
  unregister(realm: string, id: string, registrationTokenHash: string): Promise<boolean>
  /** An administrator's client, also if it registered itself before. @returns whether the client is new. */
  save(realm: string, client: OauthClientRecord): Promise<boolean>
  /** Replaces a sealed secret, unless it is no longer equal to `from`. */
  replaceSecret(realm: string, id: string, from: string, to: string): Promise<void>
  remove(realm: string, id: string): Promise<boolean>
}
