import type { Endpoint } from './endpoint.ts'
import { lazyLooseObject } from './lazy.ts'

/** Called by gateways, in the form of each provider. */
export const reportDelivery = {
  method: 'POST',
  path: '/am/messages/status/:token',
  body: lazyLooseObject(() => ({})),
} as const satisfies Endpoint
