import { badRequest, RequestError } from '../../base/errors.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { withStoredSecrets } from '../../realms/sealed-documents.ts'
import { secretMask, withoutSealed } from '../../secrets/sealed-value.ts'
import { logoutWebhookKind, logoutWebhookSchema } from '../../sessions/logout-webhook.ts'
import { parseAttributes, refuseUnknownAttributes } from '../configuration-resource.ts'
import { documentResource } from '../document-resource.ts'
import { type Answer, bodyObject, byAction, type Call, type Route } from '../route.ts'

const path = 'realm-config/webhooks'
const attributes = Object.keys(logoutWebhookSchema.shape)
const type = { _id: 'webhooks', name: 'Webhook Service', collection: true }
const resource = { kind: 'webhook' }

/** Logout webhooks: URLs that a realm calls when sessions end. Source: "WebhookService" of the vendor's entity reference. */
export function logoutWebhookRoutes({ documents }: { documents: DocumentStore }): Route[] {
  const access = 'realm'
  const webhooks = webhookDocuments(documents)
  return [
    ...webhooks.list,
    {
      method: 'POST',
      path,
      access,
      resource,
      reads: ['template', 'getType'],
      summary:
        'Describes logout webhooks (`template`, `getType`), or creates one with the `_id` in the body (`create`).',
      handle: byAction({
        template: () => ({ body: logoutWebhookSchema.parse({}) }),
        getType: () => ({ body: type }),
        create: (call) => create(webhooks, call),
      }),
    },
    ...webhooks.routes,
  ]
}

function webhookDocuments(documents: DocumentStore) {
  return documentResource({
    documents,
    kind: logoutWebhookKind,
    path: `${path}/:id`,
    access: { read: 'realm', write: 'realm' },
    resource,
    summaries: {
      list: 'Finds the logout webhooks of the realm: `_queryFilter=true`.',
      read: 'Reads a logout webhook; headers that may be credentials read `********`.',
      put: 'Creates or replaces a logout webhook. URL, headers and body may name session properties; a header sent as `********` keeps its value while the URL stays the same.',
      remove: 'Removes a logout webhook; sessions that registered it end without calling it.',
    },
    toResource: (id, document) => ({ _id: id, ...withoutSealed(document, secretMask), _type: type }),
    toDocument(body, { id, existing }) {
      refuseUnknownAttributes(body, attributes)
      const document = parseAttributes(logoutWebhookSchema, body)
      return withStoredSecrets({ kind: logoutWebhookKind, id, document }, existing)
    },
    location: () => path,
    taken: () => new RequestError(409),
  })
}

async function create(webhooks: ReturnType<typeof documentResource>, call: Call): Promise<Answer> {
  const { _id: id } = bodyObject(call)
  if (typeof id !== 'string') throw badRequest('The body must have an _id')
  return webhooks.create(call, id)
}
