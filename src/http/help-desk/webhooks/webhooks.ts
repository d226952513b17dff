import { changeWebhook, createWebhook, webhooks } from '../../../../contract/webhooks.ts'
import { notFound, RequestError } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import { resource } from '../../../crest/collection.ts'
import { newWebhookSecret } from '../../../help-desk/webhooks/signature.ts'
import { type Webhook, webhookSchema } from '../../../help-desk/webhooks/webhook.ts'
import type { WebhookStore } from '../../../help-desk/webhooks/webhook-store.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import {
  checkPreconditions,
  parseAttributes,
  refuseUnknownAttributes,
  saved,
} from '../../configuration-resource.ts'
import { type Answer, always, bodyObject, byAction, type Call, param, type Route } from '../../route.ts'
import { serve } from '../../serve.ts'

type WebhookDependencies = {
  webhooks: WebhookStore
  webhookSealer: Pick<Sealer, 'seal'>
  newId(): string
  wakeCallOutbox(): void
  now(): number
}

const attributes = Object.keys(webhookSchema.shape)

/** Low, because every event of a check is sent to each webhook. */
const maxWebhooks = 20

/** The webhooks of a realm for check events. Not in AM. */
export function webhookRoutes(from: WebhookDependencies): Route[] {
  const access = 'realm'
  const resource = { kind: 'receiver' }
  const { list, read, save, remove } = serve({
    endpoints: webhooks,
    access,
    resource,
    list: { summary: 'Lists the webhooks of the realm for check events: `_queryFilter=true`.' },
    read: { summary: 'Reads a webhook.' },
    save: {
      dangerous: always,
      summary: 'Changes the URL and events of a webhook, or disables it; members that are left out stay.',
      handle: (call) => change(from, call),
    },
    remove: { summary: 'Removes a webhook and its pending deliveries.' },
    all: ({ realm }) => from.webhooks.all(realm.path),
    find: ({ realm }, id) => from.webhooks.read(realm.path, id),
    toResource,
    erase: (_call, { realm, id }) => from.webhooks.remove(realm, id),
  })
  return [
    list,
    {
      ...createWebhook,
      access,
      resource,
      // Sends data of the realm to an outside URL.
      dangerous: always,
      summary: 'Adds a webhook (`_action=create`). Only this answer has its `secret`.',
      handle: byAction({ create: (call) => create(from, call) }),
    },
    read,
    save,
    {
      ...changeWebhook,
      access,
      resource,
      reads: ['test'],
      dangerous: { when: 'for `newSecret`', is: ({ query }) => query.get('_action') === 'newSecret' },
      summary:
        'Sends a test event (`test`), or makes a new secret, which only this answer has (`newSecret`).',
      handle: byAction({ test: (call) => test(from, call), newSecret: (call) => newSecret(from, call) }),
    },
    remove,
  ]
}

async function create(from: WebhookDependencies, call: Call): Promise<Answer> {
  const body = bodyObject(call)
  refuseUnknownAttributes(body, attributes)
  const settings = parseAttributes(webhookSchema, body)
  const { path: realm } = call.realm
  if ((await from.webhooks.all(realm)).length >= maxWebhooks) {
    throw new RequestError(409, `A realm can have at most ${maxWebhooks} webhooks`)
  }
  const secret = newWebhookSecret()
  const sealed = from.webhookSealer.seal(secret)
  const webhook = { ...settings, id: from.newId(), realm, secret: sealed, createdAt: from.now() }
  await from.webhooks.save(webhook)
  return saved(call, { path: webhooks.path, id: webhook.id }, { ...toResource(webhook), secret }, true)
}

async function change(from: WebhookDependencies, call: Call): Promise<Answer> {
  const webhook = await findOr404(from, call)
  checkPreconditions(call, toResource(webhook))
  const body = bodyObject(call)
  refuseUnknownAttributes(body, [...attributes, 'createdAt'])
  const { url, events, enabled } = webhook
  const settings = parseAttributes(webhookSchema, { url, events, enabled, ...body })
  await from.webhooks.save({ ...webhook, ...settings })
  return resource(toResource({ ...webhook, ...settings }))
}

/** Signs pending deliveries with the new secret, too. */
async function newSecret(from: WebhookDependencies, call: Call): Promise<Answer> {
  const webhook = await findOr404(from, call)
  const secret = newWebhookSecret()
  await from.webhooks.save({ ...webhook, secret: from.webhookSealer.seal(secret) })
  return { body: { ...toResource(webhook), secret } }
}

async function test(from: WebhookDependencies, call: Call): Promise<Answer> {
  const { id: webhook, realm, enabled } = await findOr404(from, call)
  if (!enabled) throw new RequestError(409, 'The webhook is disabled')
  const id = `${webhook}.test.${from.newId()}`
  await from.webhooks.enqueueTest({ id, realm, receiver: webhook }, from.now())
  from.wakeCallOutbox()
  return { status: 202, body: { delivery: id } }
}

async function findOr404(from: WebhookDependencies, call: Call): Promise<Webhook> {
  const found = await from.webhooks.read(call.realm.path, param(call, 'id'))
  if (found === undefined) throw notFound()
  return found
}

function toResource({ id, url, events, enabled, createdAt }: Webhook): JsonObject {
  return { _id: id, url, events: [...events], enabled, createdAt }
}
