import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { listDeliveries, readDelivery, resendDelivery } from '../../../../contract/webhooks.ts'
import { badRequest, notFound } from '../../../base/errors.ts'
import { envelope, wholeNumber } from '../../../crest/collection.ts'
import { type Delivery, deliveryStates } from '../../../help-desk/webhooks/delivery.ts'
import type { DeliveryQuery, WebhookStore } from '../../../help-desk/webhooks/webhook-store.ts'
import { type Answer, byAction, type Call, param, type Route } from '../../route.ts'

type DeliveryDependencies = {
  webhooks: Pick<WebhookStore, 'deliveries' | 'delivery' | 'sendAgain'>
  wakeCallOutbox(): void
  now(): number
}

const pageSize = { usual: 50, max: 100 }

/** Deliveries of check events to the webhooks of a realm. Not in AM. */
export function deliveryRoutes(from: DeliveryDependencies): Route[] {
  const access = 'realm'
  return [
    {
      ...listDeliveries,
      access,
      summary: 'Lists deliveries to webhooks, newest first (`receiver`, `state`).',
      handle: (call) => page(from, call),
    },
    {
      ...readDelivery,
      access,
      summary: 'Reads a delivery: its event, its tries and the status of the last try.',
      handle: async (call) => ({ body: toResource(await findOr404(from, call)) }),
    },
    {
      ...resendDelivery,
      access,
      resource: { kind: 'delivery' },
      summary: 'Sends a delivery again, at once and with all retries (`_action=sendAgain`).',
      handle: byAction({ sendAgain: (call) => sendAgain(from, call) }),
    },
  ]
}

async function page({ webhooks }: DeliveryDependencies, { realm, query }: Call): Promise<Answer> {
  const limit = Math.min(wholeNumber(query, '_pageSize') || pageSize.usual, pageSize.max)
  const found = await webhooks.deliveries({
    realm: realm.path,
    receiver: query.get('receiver') || undefined,
    state: stateIn(query.get('state')),
    after: cursorOf(query.get('_pagedResultsCookie')),
    limit: limit + 1,
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const next = found.length > limit && last !== undefined ? cookieOf(last) : null
  return { body: envelope(rows.map(toResource), next) }
}

async function sendAgain(from: DeliveryDependencies, call: Call): Promise<Answer> {
  const { realm, id } = await findOr404(from, call)
  if (!(await from.webhooks.sendAgain(realm, id, from.now()))) throw notFound()
  from.wakeCallOutbox()
  return { body: toResource(await findOr404(from, call)) }
}

async function findOr404({ webhooks }: DeliveryDependencies, call: Call): Promise<Delivery> {
  const found = await webhooks.delivery(param(call, 'id'))
  if (found?.realm !== call.realm.path) throw notFound()
  return found
}

/** Without the payload and the signature. */
function toResource({
  id,
  receiver,
  event,
  reference,
  ...delivery
}: Delivery): AnswerOf<typeof readDelivery> {
  return {
    _id: id,
    receiver,
    event,
    reference: reference ?? null,
    at: delivery.at,
    state: delivery.state,
    tries: delivery.tries,
    lastStatus: delivery.lastStatus ?? null,
    lastTriedAt: delivery.lastTriedAt ?? null,
    nextTryAt: delivery.nextTryAt ?? null,
  }
}

function stateIn(text: string | null): DeliveryQuery['state'] {
  if (text === null || text === '') return undefined
  const state = deliveryStates.find((each) => each === text)
  if (state === undefined) {
    throw badRequest(`The query parameter state must be one of ${deliveryStates.join(', ')}`)
  }
  return state
}

function cookieOf({ createdAt, id }: Delivery): string {
  return Buffer.from(`${createdAt}:${id}`).toString('base64url')
}

function cursorOf(cookie: string | null): DeliveryQuery['after'] {
  if (cookie === null || cookie === '') return undefined
  const [, createdAt, id] = /^(\d{1,15}):([\w.-]+)$/.exec(Buffer.from(cookie, 'base64url').toString()) ?? []
  if (createdAt === undefined || id === undefined) {
    throw badRequest('The query parameter _pagedResultsCookie is invalid')
  }
  return { createdAt: Number(createdAt), id }
}
