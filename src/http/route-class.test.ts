import { expect, test } from 'vitest'
import { servedRequest } from './route-class.ts'

test.each([
  ['/am/json/@/:realmPath/authenticate', 'POST', 200, ['authenticate', 'POST', '2xx']],
  ['/am/json/health/ready', 'GET', 503, ['health', 'GET', '5xx']],
  ['/am/json/@/:realmPath/help-desk/verifications/:reference', 'GET', 404, ['help-desk', 'GET', '4xx']],
  [undefined, 'PROPFIND', 404, ['none', 'other', '4xx']],
  ['/:page', 'GET', 200, ['other', 'GET', '2xx']],
] as const)(
  'a request of %s counts by resource, method and status class',
  (route, method, status, expected) => {
    const served = servedRequest({ method, route }, status, 250)
    expect([served.route, served.method, served.status]).toEqual(expected)
    expect(served.seconds).toBe(0.25)
  },
)
