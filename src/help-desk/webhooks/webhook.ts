import { z } from 'zod'
import { endings } from '../transactions/transaction-status.ts'

/**
 * Events of a check that webhooks can get, named as in its timeline and results. `confirmed`: the caller confirms the call.
 * `takenOver`: another agent is responsible from now on. `rejected`: a rejection after the result. `withdrawn`: an agent withdrew the result. `used`: the single use of a result.
 * Events with a dot belong to no check: alarms, and requests to second agents.
 */
export const webhookEvents = [
  'created',
  'sent',
  'confirmed',
  'opened',
  'codeMatched',
  'codeWrong',
  'takenOver',
  ...endings,
  'rejected',
  'withdrawn',
  'used',
  'alarm.denials',
  'alarm.failures',
  'alarm.callerCheckedOften',
  'approval.requested',
  'approval.approved',
  'approval.declined',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

const url = z
  .string('must be a URL')
  .max(2_000)
  .refine(isAddress, 'must be an http or https address without username and password')

export const webhookSchema = z.object({
  url,
  events: z
    .array(z.enum(webhookEvents, `must be one of ${webhookEvents.join(', ')}`))
    .min(1, 'must contain an event')
    .default([...webhookEvents])
    .transform((events) => [...new Set(events)]),
  enabled: z.boolean().default(true),
})

export type WebhookSettings = z.infer<typeof webhookSchema>

export type Webhook = WebhookSettings & {
  id: string
  realm: string
  /** Sealed secret for signatures. */
  secret: string
  /** Epoch milliseconds. Earlier events are not sent. */
  createdAt: number
}

function isAddress(text: string): boolean {
  const address = URL.parse(text)
  if (address === null || address.username !== '' || address.password !== '') return false
  return address.protocol === 'http:' || address.protocol === 'https:'
}
