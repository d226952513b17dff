import { z } from 'zod'
import type { JsonObject } from '../../journey/json.ts'
import { corsHeader, type Realm, type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { oauthProviderService } from '../oauth/oauth-provider-service.ts'
import type { RealmService } from './realm-service.ts'

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
    // A document may leave members out: they stay as they are.
    apply: (settings, body) => ({
      ...settings,
      ...change(parseAttributes(schema, { ...show(settings), ...body })),
    }),
  }
}

/** AM writes this one number as a text. */
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

const wholeMinutes = z.int().min(1)

/** Source: "Services" of the vendor's reference, one page for each. */
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
    // Where links begin is decided for the whole server, by its settings: another host here could not be trusted.
    z.object({
      source: z.literal('REQUEST_VALUES', 'is REQUEST_VALUES; SIDEGATE_BASE_URL sets another base URL'),
      contextPath: z.literal('/am', 'is /am'),
    }),
    () => ({ source: 'REQUEST_VALUES' as const, contextPath: '/am' as const }),
    () => ({}),
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
      ...(acceptedHeaders === undefined ? {} : { corsHeaders: acceptedHeaders }),
    }),
  ),
  oauthProviderService,
]

/** Saves settings that a document made. @throws RequestError 400 when they are out of bounds. */
export async function saveSettings(
  realms: Pick<RealmStore, 'save'>,
  realm: Realm,
  wanted: RealmSettings,
): Promise<RealmSettings> {
  const settings = parseAttributes(realmSettingsSchema, wanted)
  await realms.save({ ...realm, settings })
  return settings
}
