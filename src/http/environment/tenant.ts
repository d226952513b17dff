import { z } from 'zod'
import { notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { parseBody } from '../body.ts'
import { announcedVersion } from '../operations/server-info.ts'
import { homeOf, param, type Route } from '../route.ts'

const noDomains: JsonObject = { domains: [] }
const noPolicy: JsonObject = { active: false, directives: {} }
const unsupported = { kind: 'unsupported' }

const domainsBody = z.looseObject({ domains: z.array(z.string()) })
const policyBody = z.looseObject({
  active: z.boolean(),
  directives: z.record(z.string(), z.json()).default({}),
})

/**
 * What the vendor's cloud says about a tenant, in answers that are true here. Settings of the cloud can be written as they are, so
 * that a push of what was pulled succeeds, and not changed.
 */
export function tenantRoutes(): Route[] {
  return [...statements(), ...cookieDomainRoutes(), ...contentSecurityPolicyRoutes()]
}

function statements(): Route[] {
  const at = { method: 'GET', access: 'staff', actsOn: homeOf } as const
  return [
    {
      ...at,
      path: '/environment/info',
      summary: 'Describes the environment: it can be changed.',
      handle: () => ({
        body: { immutable: false, locked: false, region: '', tier: '', placeholder_management: 'CUSTOMER' },
      }),
    },
    {
      ...at,
      path: '/environment/release',
      summary: 'Tells the version that is announced to the vendor’s tools.',
      handle: () => ({ body: { currentVersion: announcedVersion, nextUpgrade: '' } }),
    },
    {
      ...at,
      path: '/environment/sso-cookie',
      summary: 'Names the session cookie.',
      handle: () => ({ body: { value: sessionCookie } }),
    },
    {
      ...at,
      path: '/environment/telemetry',
      summary: 'Lists exporters of telemetry: none. The environment of the server configures OpenTelemetry.',
      handle: () => ({ body: {} }),
    },
  ]
}

function cookieDomainRoutes(): Route[] {
  const at = { path: '/environment/cookie-domains', access: 'administrator' } as const
  return [
    {
      ...at,
      method: 'GET',
      summary: 'Lists cookie domains: none, because cookies are for one host.',
      handle: () => ({ body: noDomains }),
    },
    {
      ...at,
      method: 'PUT',
      resource: unsupported,
      summary: 'Takes an empty list of cookie domains, and refuses any other.',
      handle(call) {
        if (parseBody(domainsBody, call).domains.length === 0) return { body: noDomains }
        throw new RequestError(501, 'Session cookies are for the host of the server, never for a domain')
      },
    },
  ]
}

function contentSecurityPolicyRoutes(): Route[] {
  const at = { path: '/environment/content-security-policy/:name', access: 'administrator' } as const
  const names = ['enforced', 'report-only']
  return [
    {
      ...at,
      method: 'GET',
      summary:
        'Reads the content security policy that an administrator added, `enforced` or `report-only`: none.',
      handle(call) {
        if (!names.includes(param(call, 'name'))) throw notFound()
        return { body: noPolicy }
      },
    },
    {
      ...at,
      method: 'PUT',
      resource: unsupported,
      summary:
        'Takes a content security policy that is not active and has no directives, and refuses any other.',
      handle(call) {
        if (!names.includes(param(call, 'name'))) throw notFound()
        const { active, directives } = parseBody(policyBody, call)
        if (!active && Object.keys(directives).length === 0) return { body: noPolicy }
        throw new RequestError(501, 'Pages of the server have a content security policy of their own')
      },
    },
  ]
}
