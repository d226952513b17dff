import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import { webhookEvents } from './webhook.ts'

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const

export type DeliveryState = (typeof deliveryStates)[number]

export const deliverySchema = z.object({
  /** The same for every attempt, so that receiving servers can recognise repetitions. */
  id: z.string(),
  realm: z.string(),
  /** Id of the webhook. */
  receiver: z.string(),
  /** The check; undefined for a test event. */
  transactionHash: z.string().optional(),
  reference: z.string().optional(),
  event: z.enum([...webhookEvents, 'test']),
  /** Sequence number of the event; undefined if the timeline doesn't contain it. */
  sequence: z.number().optional(),
  /** When the event happened. */
  at: z.number(),
  createdAt: z.number(),
  state: z.enum(deliveryStates),
  tries: z.number(),
  /** HTTP status of the last response, if there was one. */
  lastStatus: z.number().optional(),
  lastTriedAt: z.number().optional(),
  /** Undefined unless the delivery is waiting. */
  nextTryAt: z.number().optional(),
  /** Data of the payload, if the event belongs to no check. */
  data: jsonObjectSchema.optional(),
})

/** One event for one webhook, and the state of its delivery. Times are epoch milliseconds. */
export type Delivery = z.infer<typeof deliverySchema>
