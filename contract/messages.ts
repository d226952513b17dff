import { endpoint } from './endpoint.ts'
import { lazyLooseObject } from './lazy.ts'

/** Called by gateways, in the form of each provider. */
export const reportDelivery = endpoint('POST', '/am/messages/status/:token', {
  body: lazyLooseObject(() => ({})),
})
