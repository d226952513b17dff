import { vendorCollection } from './collection.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { lazyLooseObject } from './lazy.ts'

export const serviceAccounts = vendorCollection('/openidm/managed/svcacct')

export const createServiceAccount = endpoint('POST', serviceAccounts.path, {
  actions: { create: { body: lazyLooseObject(() => ({})), answer: serviceAccounts.item } },
})

export const patchServiceAccount = {
  ...serviceAccounts.remove,
  method: 'PATCH',
} as const satisfies Endpoint
