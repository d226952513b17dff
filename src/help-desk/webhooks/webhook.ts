import { z } from 'zod'
import { endings } from '../transactions/standing.ts'

/**
 * Events of a check that receivers can get, named as in its timeline and endings. `confirmed`: the caller says that they
 * called. `rejected`: a rejection after the result. `used`: the one use of a result.
 */
export const toldEvents = [
  'created',
  'sent',
  'confirmed',
  'opened',
  'codeMatched',
  'codeWrong',
  ...endings,
  'rejected',
  'used',
] as const

export type ToldEvent = (typeof toldEvents)[number]

const url = z
  .string('must be an address')
  .max(2_000)
  .refine(isAddress, 'must be an http or https address without a name and password in it')

/** What a realm says of somebody outside whom it tells what becomes of its checks. */
export const webhookSchema = z.object({
  url,
  events: z
    .array(z.enum(toldEvents, `must be of ${toldEvents.join(', ')}`))
    .min(1, 'must name an event')
    .default([...toldEvents])
    .transform((events) => [...new Set(events)]),
  enabled: z.boolean().default(true),
})

export type WebhookSettings = z.infer<typeof webhookSchema>

export type Webhook = WebhookSettings & {
  id: string
  realm: string
  /** Sealed secret of its signatures. */
  secret: string
  /** Epoch milliseconds. What happened before is not told. */
  createdAt: number
}

function isAddress(text: string): boolean {
  const address = URL.parse(text)
  if (address === null || address.username !== '' || address.password !== '') return false
  return address.protocol === 'http:' || address.protocol === 'https:'
}
