import * as z from 'zod/mini'
import { collection } from './collection.ts'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedObject } from './lazy.ts'
import { pageOf, pageQuery } from './page.ts'

const deliveriesPath = 'realm-config/help-desk/deliveries'

const settingsMembers = lazy(() => ({
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
}))

const webhookSchema = namedObject('Receiver', () => ({
  _id: z.string(),
  _rev: z.string(),
  ...settingsMembers(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
}))

const settingsSchema = lazy(() => z.partial(z.object(settingsMembers())))

export const webhooks = collection('realm-config/help-desk/receivers', webhookSchema, settingsSchema)

/** The secret is in this answer alone. */
const withSecretSchema = namedObject('ReceiverWithSecret', () => ({
  _id: z.string(),
  ...settingsMembers(),
  createdAt: z.number(),
  secret: z.string(),
}))

export const createWebhook = endpoint('POST', webhooks.path, {
  actions: { create: { body: settingsSchema, answer: withSecretSchema } },
})

export const changeWebhook = endpoint('POST', `${webhooks.path}/:id`, {
  actions: {
    test: { answer: lazyObject(() => ({ delivery: z.string() })) },
    newSecret: { answer: withSecretSchema },
  },
})

/** `waiting` for its next try, `delivered`, or `failed` after its last try. */
const deliveryStates = ['waiting', 'delivered', 'failed'] as const

/** One event for one webhook. It has neither the payload nor the signature. Times are epoch milliseconds. */
const deliverySchema = namedObject('Delivery', () => ({
  _id: z.string(),
  receiver: z.string(),
  event: z.string(),
  reference: z.nullable(z.string()),
  at: z.number(),
  state: z.enum(deliveryStates),
  tries: z.number(),
  lastStatus: z.nullable(z.number()),
  lastTriedAt: z.nullable(z.number()),
  nextTryAt: z.nullable(z.number()),
}))

export const listDeliveries = endpoint('GET', deliveriesPath, {
  query: lazyExtend(pageQuery, () => ({
    /** Id of the webhook. */
    receiver: z.optional(z.string()),
    state: z.optional(z.enum(deliveryStates)),
  })),
  answer: pageOf(deliverySchema),
})

export const readDelivery = endpoint('GET', `${deliveriesPath}/:id`, { answer: deliverySchema })

export const resendDelivery = endpoint('POST', `${deliveriesPath}/:id`, {
  actions: { sendAgain: { answer: deliverySchema } },
})
