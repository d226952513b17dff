import { collection, resource } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import { badRequest, notFound, RequestError } from '../../errors.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { withStoredSecrets } from '../../realms/sealed-documents.ts'
import { secretMask, withoutSealed } from '../../secrets/sealed-value.ts'
import { webhookKind, webhookSchema } from '../../sessions/webhook.ts'
import {
  checkedId,
  checkPreconditions,
  listed,
  parseAttributes,
  refuseUnknownAttributes,
  saved,
} from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from '../route.ts'

type WebhookDependencies = { documents: DocumentStore }

const path = 'realm-config/webhooks'
const attributes = Object.keys(webhookSchema.shape)
const type = { _id: 'webhooks', name: 'Webhook Service', collection: true }

/** Whom a realm calls when sessions end. Source: "WebhookService" of the vendor's entity reference. */
export function webhookRoutes(from: WebhookDependencies): Route[] {
  const one = `${path}/:id`
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Finds the webhooks of the realm: `_queryFilter=true`.',
      handle: async (call) => ({ body: collection((await all(from, call)).map(listed), call.query) }),
    },
    {
      method: 'POST',
      path,
      access,
      summary:
        'Describes webhooks (`template`, `getType`), or creates the one whose `_id` the body has (`create`).',
      handle: byAction({
        template: () => ({ body: webhookSchema.parse({}) }),
        getType: () => ({ body: type }),
        create: (call) => create(from, call),
      }),
    },
    {
      method: 'GET',
      path: one,
      access,
      summary: 'Reads a webhook; headers that may be credentials read `********`.',
      handle: async (call) => resource(await stored(from, call)),
    },
    {
      method: 'PUT',
      path: one,
      access,
      summary:
        'Creates or replaces a webhook. Address, headers and body may name properties of the session; a header that reads `********` stays.',
      handle: (call) => put(from, call, param(call, 'id')),
    },
    {
      method: 'DELETE',
      path: one,
      access,
      summary: 'Removes a webhook; sessions that registered it end without it.',
      handle: (call) => remove(from, call),
    },
  ]
}

async function all({ documents }: WebhookDependencies, { realm }: Call): Promise<JsonObject[]> {
  return (await documents.all(realm.path, webhookKind)).map(({ id, document }) => shown(id, document))
}

async function create(from: WebhookDependencies, call: Call): Promise<Answer> {
  const { _id: id } = bodyObject(call)
  if (typeof id !== 'string') throw badRequest('The body must have an _id')
  if ((await from.documents.read(call.realm.path, webhookKind, id)) !== undefined) throw new RequestError(409)
  return put(from, call, id)
}

async function put({ documents }: WebhookDependencies, call: Call, name: string): Promise<Answer> {
  const id = checkedId(name)
  const body = bodyObject(call)
  refuseUnknownAttributes(body, attributes)
  const old = await documents.read(call.realm.path, webhookKind, id)
  checkPreconditions(call, old && shown(id, old.document))
  const sent = { kind: webhookKind, id, document: parseAttributes(webhookSchema, body) }
  const document = withStoredSecrets(sent, old?.document)
  await documents.save(call.realm.path, { kind: webhookKind, id, document })
  const answer = await readShown(documents, call, id)
  return saved(call, { path, id }, answer, old === undefined)
}

async function remove(from: WebhookDependencies, call: Call): Promise<Answer> {
  const webhook = await stored(from, call)
  checkPreconditions(call, webhook)
  await from.documents.remove(call.realm.path, webhookKind, param(call, 'id'))
  return resource(webhook)
}

function stored({ documents }: WebhookDependencies, call: Call): Promise<JsonObject> {
  return readShown(documents, call, param(call, 'id'))
}

async function readShown(documents: DocumentStore, call: Call, id: string): Promise<JsonObject> {
  const found = await documents.read(call.realm.path, webhookKind, id)
  if (found === undefined) throw notFound()
  return shown(id, found.document)
}

/** Headers that may be credentials are masked. */
function shown(id: string, document: JsonObject): JsonObject {
  return { _id: id, ...withoutSealed(document, secretMask), _type: type }
}
