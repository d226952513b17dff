import { vendorCollection } from './collection.ts'
import type { Endpoint } from './endpoint.ts'
import { lazyLooseObject } from './lazy.ts'

export const serviceAccounts = vendorCollection('/openidm/managed/svcacct')

export const createServiceAccount = {
  method: 'POST',
  path: serviceAccounts.path,
  actions: { create: { body: lazyLooseObject(() => ({})), answer: serviceAccounts.item } },
} as const satisfies Endpoint

export const patchServiceAccount = {
  ...serviceAccounts.remove,
  method: 'PATCH',
} as const satisfies Endpoint
