import { vendorCollection } from './collection.ts'

export const serviceAccounts = vendorCollection('/openidm/managed/svcacct')
