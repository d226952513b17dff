import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  readWebhook,
  removeWebhook,
  saveWebhook,
} from '../../../../contract/webhooks.ts'
import { collection, resource } from '../../../crest/collection.ts'
import type { JsonObject } from '../../../engine/json.ts'
import { notFound, RequestError } from '../../../errors.ts'
import { newWebhookSecret } from '../../../help-desk/webhooks/signature.ts'
import { type Webhook, webhookSchema } from '../../../help-desk/webhooks/webhook.ts'
import type { WebhookStore } from '../../../help-desk/webhooks/webhook-store.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import {
  checkPreconditions,
  listed,
  parseAttributes,
  refuseUnknownAttributes,
  saved,
} from '../../configuration-resource.ts'
import { type Answer, always, bodyObject, byAction, type Call, param, type Route } from '../../route.ts'

type WebhookDependencies = {
  webhooks: WebhookStore
  webhookSealer: Pick<Sealer, 'seal'>
  newId(): string
  wakeCallOutbox(): void
  now(): number
}

const attributes = Object.keys(webhookSchema.shape)

/** Every change of a check is told to each of them. */
const maxWebhooks = 20

/** Whom a realm tells what becomes of its checks. Ours, not AM's. */
export function webhookRoutes(from: WebhookDependencies): Route[] {
  const access = 'realm'
  return [
    {
      ...listWebhooks,
      access,
      summary: 'Finds whom the realm tells what becomes of its checks: `_queryFilter=true`.',
      handle: async ({ realm, query }) => {
        const all = await from.webhooks.all(realm.path)
        return { body: collection(all.map(shown).map(listed), query) }
      },
    },
    {
      ...createWebhook,
      access,
      resource: { kind: 'receiver' },
      // From now on, what happens in the realm is told to somebody outside.
      dangerous: always,
      summary: 'Adds a receiver (`_action=create`); its `secret` is in this answer alone.',
      handle: byAction({ create: (call) => create(from, call) }),
    },
    {
      ...readWebhook,
      access,
      summary: 'Reads a receiver.',
      handle: async (call) => resource(shown(await stored(from, call))),
    },
    {
      ...saveWebhook,
      access,
      resource: { kind: 'receiver' },
      dangerous: always,
      summary:
        'Changes address and events of a receiver, or switches it off; members that are left out stay.',
      handle: (call) => change(from, call),
    },
    {
      ...changeWebhook,
      access,
      resource: { kind: 'receiver' },
      reads: ['test'],
      dangerous: { when: 'for `newSecret`', is: ({ query }) => query.get('_action') === 'newSecret' },
      summary:
        'Sends a receiver a test event (`test`), or gives it a new secret, answered once (`newSecret`).',
      handle: byAction({ test: (call) => test(from, call), newSecret: (call) => newSecret(from, call) }),
    },
    {
      ...removeWebhook,
      access,
      resource: { kind: 'receiver' },
      summary: 'Removes a receiver, and what is owed to it.',
      handle: (call) => remove(from, call),
    },
  ]
}

async function create(from: WebhookDependencies, call: Call): Promise<Answer> {
  const body = bodyObject(call)
  refuseUnknownAttributes(body, attributes)
  const settings = parseAttributes(webhookSchema, body)
  const { path: realm } = call.realm
  if ((await from.webhooks.all(realm)).length >= maxWebhooks) {
    throw new RequestError(409, `A realm has ${maxWebhooks} receivers at most`)
  }
  const secret = newWebhookSecret()
  const sealed = from.webhookSealer.seal(secret)
  const receiver = { ...settings, id: from.newId(), realm, secret: sealed, createdAt: from.now() }
  await from.webhooks.save(receiver)
  return saved(call, { path: listWebhooks.path, id: receiver.id }, { ...shown(receiver), secret }, true)
}

async function change(from: WebhookDependencies, call: Call): Promise<Answer> {
  const receiver = await stored(from, call)
  checkPreconditions(call, shown(receiver))
  const body = bodyObject(call)
  refuseUnknownAttributes(body, [...attributes, 'createdAt'])
  const { url, events, enabled } = receiver
  const settings = parseAttributes(webhookSchema, { url, events, enabled, ...body })
  await from.webhooks.save({ ...receiver, ...settings })
  return resource(shown({ ...receiver, ...settings }))
}

/** What waits is signed with the new one. */
async function newSecret(from: WebhookDependencies, call: Call): Promise<Answer> {
  const receiver = await stored(from, call)
  const secret = newWebhookSecret()
  await from.webhooks.save({ ...receiver, secret: from.webhookSealer.seal(secret) })
  return { body: { ...shown(receiver), secret } }
}

async function test(from: WebhookDependencies, call: Call): Promise<Answer> {
  const { id: receiver, realm, enabled } = await stored(from, call)
  if (!enabled) throw new RequestError(409, 'The receiver is switched off')
  const id = `${receiver}.test.${from.newId()}`
  await from.webhooks.owe({ id, realm, receiver }, from.now())
  from.wakeCallOutbox()
  return { status: 202, body: { delivery: id } }
}

async function remove(from: WebhookDependencies, call: Call): Promise<Answer> {
  const receiver = await stored(from, call)
  checkPreconditions(call, shown(receiver))
  if (!(await from.webhooks.remove(receiver.realm, receiver.id))) throw notFound()
  return resource(shown(receiver))
}

async function stored({ webhooks }: WebhookDependencies, call: Call): Promise<Webhook> {
  const found = await webhooks.read(call.realm.path, param(call, 'id'))
  if (found === undefined) throw notFound()
  return found
}

function shown({ id, url, events, enabled, createdAt }: Webhook): JsonObject {
  return { _id: id, url, events: [...events], enabled, createdAt }
}
