import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const receiverSchema = z.object({
  _id: z.string(),
  _rev: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  createdAt: z.number(),
})

const secretSchema = z.object({ _id: z.string(), secret: z.string() })

/** What is decided for a receiver: where it is, of what it is told, and whether it is told anything. */
export type ReceiverSettings = { url: string; events: string[]; enabled: boolean }

/** A receiver, and by what the server knows that nobody changed it since. */
export type StoredReceiver = {
  id: string
  document: ReceiverSettings
  revision: string
  /** Epoch milliseconds. */
  createdAt: number
}

function receiversPath(realm: string): string {
  return `${realmPath(realm)}/realm-config/help-desk/receivers`
}

function receiverPath(realm: string, id: string): string {
  return `${receiversPath(realm)}/${encodeURIComponent(id)}`
}

/** The oldest first. Source: `docs/help-desk.md`, "Webhooks". */
export async function listReceivers(realm: string, signal?: AbortSignal): Promise<StoredReceiver[]> {
  const { result } = await request(z.object({ result: z.array(receiverSchema) }), receiversPath(realm), {
    query: { _queryFilter: true },
    signal,
  })
  return result.map(storedFrom).toSorted((one, other) => one.createdAt - other.createdAt)
}

/** @throws WireError 404. */
export async function readReceiver(realm: string, id: string, signal?: AbortSignal): Promise<StoredReceiver> {
  return storedFrom(await request(receiverSchema, receiverPath(realm, id), { signal }))
}

/**
 * Adds a receiver.
 * @returns its secret too, which nothing answers again.
 * @throws WireError 400 whose detail names the fields, 409 when the realm has as many as it may have.
 */
export async function addReceiver(
  realm: string,
  settings: ReceiverSettings,
): Promise<{ id: string; secret: string }> {
  const { _id, secret } = await request(secretSchema, receiversPath(realm), {
    method: 'POST',
    query: { _action: 'create' },
    body: settings,
  })
  return { id: _id, secret }
}

/**
 * @param revision that was read.
 * @throws WireError 412 when somebody else was first, 400 whose detail names the fields.
 */
export async function saveReceiver(
  realm: string,
  id: string,
  settings: JsonObject,
  revision: string,
): Promise<StoredReceiver> {
  const headers = { 'if-match': `"${revision}"` }
  return storedFrom(
    await request(receiverSchema, receiverPath(realm, id), { method: 'PUT', body: settings, headers }),
  )
}

/** Gives it another secret at once. @returns the secret, which nothing answers again. */
export async function renewReceiverSecret(realm: string, id: string): Promise<string> {
  const { secret } = await request(secretSchema, receiverPath(realm, id), {
    method: 'POST',
    query: { _action: 'newSecret' },
    body: {},
  })
  return secret
}

/** Sends an event that is no check. @returns the id of its delivery. @throws WireError 409 when it is switched off. */
export async function testReceiver(realm: string, id: string): Promise<string> {
  const { delivery } = await request(z.object({ delivery: z.string() }), receiverPath(realm, id), {
    method: 'POST',
    query: { _action: 'test' },
    body: {},
  })
  return delivery
}

/**
 * Removes it with what is owed to it.
 * @param revision that was read.
 * @throws WireError 412 when somebody changed it since.
 */
export async function removeReceiver(realm: string, id: string, revision: string): Promise<void> {
  const headers = { 'if-match': `"${revision}"` }
  await request(z.unknown(), receiverPath(realm, id), { method: 'DELETE', headers })
}

function storedFrom({ _id, _rev, createdAt, ...document }: z.infer<typeof receiverSchema>): StoredReceiver {
  return { id: _id, document, revision: _rev, createdAt }
}
