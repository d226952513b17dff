import { changeWebhook, webhooks as collection, createWebhook } from '../../contract/webhooks.ts'
import { client, type Stored } from './collection.ts'
import { callAction } from './endpoint.ts'

/** `createdAt` is in epoch milliseconds. */
export type WebhookSettings = { url: string; events: string[]; enabled: boolean; createdAt: number }

export type StoredWebhook = Stored<WebhookSettings>

/** Oldest first. Removing one drops its pending deliveries. Source: `docs/help-desk.md`, "Webhooks". */
export const webhooks = client('webhooks', collection, {
  toDocument: ({ _id, _rev, ...document }): WebhookSettings => document,
  compare: (one, other) => one.document.createdAt - other.document.createdAt,
})

/**
 * Adds a webhook.
 * @returns its id, and its secret, which cannot be read again.
 * @throws ApiError 400 whose detail names the invalid fields, 409 at the realm's limit.
 */
export async function addWebhook(
  realm: string,
  settings: Omit<WebhookSettings, 'createdAt'>,
): Promise<{ id: string; secret: string }> {
  const { _id, secret } = await callAction(createWebhook, 'create', { realm, body: settings })
  return { id: _id, secret }
}

/** Replaces the secret immediately. @returns the new secret, which cannot be read again. */
export async function renewWebhookSecret(realm: string, id: string): Promise<string> {
  return (await callAction(changeWebhook, 'newSecret', { realm, id })).secret
}

/** Sends a test event. @returns the id of its delivery. @throws ApiError 409 when the webhook is disabled. */
export async function testWebhook(realm: string, id: string): Promise<string> {
  return (await callAction(changeWebhook, 'test', { realm, id })).delivery
}
