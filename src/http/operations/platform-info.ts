import { anyAnswer } from '../../../contract/endpoint.ts'
import { envelope } from '../../crest/collection.ts'
import { adminScopes } from '../../oauth/admin-scopes.ts'
import { homeOf, type Route } from '../route.ts'
import { announcedVersion } from './server-info.ts'

/** What the vendor's tools ask the platform about itself. */
export function platformInfoRoutes(): Route[] {
  const at = { method: 'GET', access: 'staff', actsOn: homeOf } as const
  return [
    {
      ...at,
      path: '/environment/scopes/service-accounts',
      summary: 'Lists the scopes that service accounts can have.',
      answer: anyAnswer,
      handle: () => ({ body: adminScopes }),
    },
    {
      ...at,
      path: '/feature',
      summary: 'Lists the features that the vendor’s tools look for: service accounts.',
      handle: () => ({
        body: envelope([{ _id: 'service-accounts', installedVersion: '1.0', availableVersions: ['1.0'] }]),
      }),
    },
    {
      ...at,
      path: '/openidm/info/version',
      summary: 'Tells the version that is announced to the vendor’s tools.',
      handle: () => ({ body: { _id: 'version', productVersion: announcedVersion, productRevision: '' } }),
    },
  ]
}
