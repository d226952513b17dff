import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'

/** Called by gateways, in the form of each provider. */
export const reportDelivery = {
  method: 'POST',
  path: '/am/messages/status/:token',
  body: z.looseObject({}),
} as const satisfies Endpoint
