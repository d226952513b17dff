import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../base/json.ts'
import { corsHeader, type RealmSettings } from '../realm.ts'
import { oauthProviderService } from './oauth-provider.ts'
import { pushService } from './push.ts'
import { checkedService, merged, type RealmService, withoutNulls } from './realm-service.ts'

function service<Schema extends z.ZodObject>(
  id: string,
  name: string,
  schema: Schema,
  show: (settings: RealmSettings) => z.output<Schema> & JsonObject,
  change: (document: z.output<Schema>) => Partial<RealmSettings>,
): RealmService {
  return {
    id,
    name,
    show,
    // Omitted members keep their values.
    apply(settings, body) {
      const parsed = schema.safeParse(merged(show(settings), withoutNulls(body)))
      return parsed.success
        ? checkedService(settings, { ...settings, ...change(parsed.data) })
        : { error: parsed.error }
    },
  }
}

/** AM sends this number as a string. */
const secondsText = z
  .union(
    [
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
      z.int(),
    ],
    'must be a number of seconds',
  )
  .pipe(z.number().min(1).max(86_400))
  .transform(String)

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin: scheme, host, port',
  )

const onlyEnabled = z.literal(true, 'cannot be disabled as a whole: set enabled to false in each provider')

const wholeMinutes = z.int().min(1)

/** The services with settings here. Source: "Services" of the vendor's reference, one page for each. */
export const realmServices: readonly RealmService[] = [
  service(
    'transaction',
    'Transaction Authentication Service',
    z.object({ timeToLive: secondsText }),
    ({ transactionSeconds }) => ({ timeToLive: String(transactionSeconds) }),
    ({ timeToLive }) => ({ transactionSeconds: Number(timeToLive) }),
  ),
  service(
    'validation',
    'Validation Service',
    z.object({ validGotoDestinations: z.array(z.string()) }),
    ({ allowedUrls }) => ({ validGotoDestinations: allowedUrls }),
    ({ validGotoDestinations }) => ({ allowedUrls: validGotoDestinations }),
  ),
  service(
    'baseurl',
    'Base URL Source',
    // Trusted proxies are a server setting; REQUEST_VALUES includes the values that they forward.
    z.object({
      source: z.enum(
        ['REQUEST_VALUES', 'FIXED_VALUE'],
        'is REQUEST_VALUES or FIXED_VALUE; forwarded headers of SIDEGATE_TRUSTED_PROXIES count as request values',
      ),
      fixedValue: z.string().exactOptional(),
      contextPath: z.literal('/am', 'is /am'),
    }),
    ({ linkBaseUrl }) =>
      linkBaseUrl === ''
        ? { source: 'REQUEST_VALUES' as const, contextPath: '/am' as const }
        : { source: 'FIXED_VALUE' as const, fixedValue: linkBaseUrl, contextPath: '/am' as const },
    ({ source, fixedValue = '' }) => ({ linkBaseUrl: source === 'FIXED_VALUE' ? fixedValue : '' }),
  ),
  service(
    'session',
    'Session',
    z.object({ dynamic: z.object({ maxSessionTime: wholeMinutes, maxIdleTime: wholeMinutes }) }),
    ({ maxSessionMinutes, maxIdleMinutes }) => ({
      dynamic: { maxSessionTime: maxSessionMinutes, maxIdleTime: maxIdleMinutes },
    }),
    ({ dynamic }) => ({ maxSessionMinutes: dynamic.maxSessionTime, maxIdleMinutes: dynamic.maxIdleTime }),
  ),
  service(
    'amSessionPropertyWhitelist',
    'Session Property Whitelist Service',
    z.object({ sessionPropertyWhitelist: z.array(z.string()) }),
    ({ visibleSessionProperties }) => ({ sessionPropertyWhitelist: visibleSessionProperties }),
    ({ sessionPropertyWhitelist }) => ({ visibleSessionProperties: sessionPropertyWhitelist }),
  ),
  service(
    'CorsService',
    'CORS Service',
    z.object({
      enabled: z.boolean(),
      acceptedOrigins: z.array(origin),
      acceptedHeaders: z.array(corsHeader).exactOptional(),
    }),
    ({ corsOrigins, corsHeaders }) => ({
      enabled: corsOrigins.length > 0,
      acceptedOrigins: corsOrigins,
      acceptedHeaders: corsHeaders,
    }),
    ({ enabled, acceptedOrigins, acceptedHeaders }) => ({
      corsOrigins: enabled ? acceptedOrigins : [],
      ...defined({ corsHeaders: acceptedHeaders }),
    }),
  ),
  pushService,
  oauthProviderService,
]

/** The service that contains the identity providers. It has no settings of its own. */
export const socialProviderService: RealmService = {
  id: 'SocialIdentityProviders',
  name: 'Social Identity Provider Service',
  show: () => ({ enabled: true }),
  apply(settings, body) {
    const parsed = z.object({ enabled: onlyEnabled.optional() }).safeParse(withoutNulls(body))
    return parsed.success ? { settings } : { error: parsed.error }
  },
}
