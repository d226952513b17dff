import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const webhookSchema = z.object({
  _id: z.string(),
  _rev: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  createdAt: z.number(),
})

const secretSchema = z.object({ _id: z.string(), secret: z.string() })

export type WebhookSettings = { url: string; events: string[]; enabled: boolean }

/** `revision` is the webhook's ETag. */
export type StoredWebhook = {
  id: string
  document: WebhookSettings
  revision: string
  /** Epoch milliseconds. */
  createdAt: number
}

function webhooksPath(realm: string): string {
  return `${realmPath(realm)}/realm-config/help-desk/receivers`
}

function webhookPath(realm: string, id: string): string {
  return `${webhooksPath(realm)}/${encodeURIComponent(id)}`
}

/** Oldest first. Source: `docs/help-desk.md`, "Webhooks". */
export async function listWebhooks(realm: string, signal?: AbortSignal): Promise<StoredWebhook[]> {
  const { result } = await request(z.object({ result: z.array(webhookSchema) }), webhooksPath(realm), {
    query: { _queryFilter: true },
    signal,
  })
  return result.map(toStored).toSorted((one, other) => one.createdAt - other.createdAt)
}

/** @throws ApiError 404. */
export async function readWebhook(realm: string, id: string, signal?: AbortSignal): Promise<StoredWebhook> {
  return toStored(await request(webhookSchema, webhookPath(realm, id), { signal }))
}

/**
 * Adds a webhook.
 * @returns its id, and its secret, which cannot be read again.
 * @throws ApiError 400 whose detail names the invalid fields, 409 at the realm's limit.
 */
export async function addWebhook(
  realm: string,
  settings: WebhookSettings,
): Promise<{ id: string; secret: string }> {
  const { _id, secret } = await request(secretSchema, webhooksPath(realm), {
    method: 'POST',
    query: { _action: 'create' },
    body: settings,
  })
  return { id: _id, secret }
}

/**
 * @param revision of the webhook that was read.
 * @throws ApiError 412 after a concurrent change, 400 whose detail names the invalid fields.
 */
export async function saveWebhook(
  realm: string,
  id: string,
  settings: JsonObject,
  revision: string,
): Promise<StoredWebhook> {
  const headers = { 'if-match': `"${revision}"` }
  return toStored(
    await request(webhookSchema, webhookPath(realm, id), { method: 'PUT', body: settings, headers }),
  )
}

/** Replaces the secret immediately. @returns the new secret, which cannot be read again. */
export async function renewWebhookSecret(realm: string, id: string): Promise<string> {
  const { secret } = await request(secretSchema, webhookPath(realm, id), {
    method: 'POST',
    query: { _action: 'newSecret' },
    body: {},
  })
  return secret
}

/** Sends a test event. @returns the id of its delivery. @throws ApiError 409 when the webhook is disabled. */
export async function testWebhook(realm: string, id: string): Promise<string> {
  const { delivery } = await request(z.object({ delivery: z.string() }), webhookPath(realm, id), {
    method: 'POST',
    query: { _action: 'test' },
    body: {},
  })
  return delivery
}

/**
 * Deletes a webhook and its pending deliveries.
 * @param revision of the webhook that was read.
 * @throws ApiError 412 after a concurrent change.
 */
export async function removeWebhook(realm: string, id: string, revision: string): Promise<void> {
  const headers = { 'if-match': `"${revision}"` }
  await request(z.unknown(), webhookPath(realm, id), { method: 'DELETE', headers })
}

function toStored({ _id, _rev, createdAt, ...document }: z.infer<typeof webhookSchema>): StoredWebhook {
  return { id: _id, document, revision: _rev, createdAt }
}
