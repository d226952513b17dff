import type { AnswerOf } from '../../contract/endpoint.ts'
import {
  changeWebhook,
  createWebhook,
  listWebhooks as listEndpoint,
  readWebhook as readEndpoint,
  removeWebhook as removeEndpoint,
  saveWebhook as saveEndpoint,
} from '../../contract/webhooks.ts'
import { callAction, callEndpoint } from './endpoint.ts'
import type { JsonObject } from './json.ts'

type Resource = AnswerOf<typeof readEndpoint>

export type WebhookSettings = Pick<Resource, 'url' | 'events' | 'enabled'>

/** `revision` is the webhook's ETag. */
export type StoredWebhook = {
  id: string
  document: WebhookSettings
  revision: string
  /** Epoch milliseconds. */
  createdAt: number
}

/** Oldest first. Source: `docs/help-desk.md`, "Webhooks". */
export async function listWebhooks(realm: string, signal?: AbortSignal): Promise<StoredWebhook[]> {
  const query = { _queryFilter: 'true' }
  const { result } = await callEndpoint(listEndpoint, { realm, query, signal })
  return result.map(toStored).toSorted((one, other) => one.createdAt - other.createdAt)
}

/** @throws ApiError 404. */
export async function readWebhook(realm: string, id: string, signal?: AbortSignal): Promise<StoredWebhook> {
  return toStored(await callEndpoint(readEndpoint, { realm, id, signal }))
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
  const { _id, secret } = await callAction(createWebhook, 'create', { realm, body: settings })
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
  return toStored(await callEndpoint(saveEndpoint, { realm, id, body: settings, headers }))
}

/** Replaces the secret immediately. @returns the new secret, which cannot be read again. */
export async function renewWebhookSecret(realm: string, id: string): Promise<string> {
  return (await callAction(changeWebhook, 'newSecret', { realm, id })).secret
}

/** Sends a test event. @returns the id of its delivery. @throws ApiError 409 when the webhook is disabled. */
export async function testWebhook(realm: string, id: string): Promise<string> {
  return (await callAction(changeWebhook, 'test', { realm, id })).delivery
}

/**
 * Deletes a webhook and its pending deliveries.
 * @param revision of the webhook that was read.
 * @throws ApiError 412 after a concurrent change.
 */
export async function removeWebhook(realm: string, id: string, revision: string): Promise<void> {
  await callEndpoint(removeEndpoint, { realm, id, headers: { 'if-match': `"${revision}"` } })
}

function toStored({ _id, _rev, createdAt, ...document }: Resource): StoredWebhook {
  return { id: _id, document, revision: _rev, createdAt }
}
