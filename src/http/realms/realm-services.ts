import { z } from 'zod'
import { defined } from '../../engine/defined.ts'
import type { JsonObject } from '../../engine/json.ts'
import { notFound, RequestError } from '../../errors.ts'
import { linkBaseOf } from '../../help-desk/transactions/links.ts'
import type { SaveMark } from '../../journeys/save-mark.ts'
import { corsHeader, type Realm, type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { invalidAttribute, parseAttributes } from '../configuration-resource.ts'
import { oauthProviderService } from '../oauth/oauth-provider-service.ts'
import { merged } from './preserved-authentication.ts'
import type { RealmService } from './realm-service.ts'
import { refuseUnknownStandIns } from './stand-in-change.ts'
import { refuseUnlistedActions } from './unlisted-actions.ts'

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
    apply: (settings, body) => ({
      ...settings,
      ...change(parseAttributes(schema, merged(show(settings), body))),
    }),
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
  {
    ...service(
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
    keepsBelow: ['configuration'],
  },
  oauthProviderService,
]

/** Maximum attempts after concurrent changes of the same realm. */
const maxAttempts = 8

/**
 * Changes settings, and again after a concurrent change of the realm, so that no change is lost.
 * @param change makes the new settings from those of the realm.
 * @throws RequestError 400 for invalid settings, 409 while other requests keep changing the realm.
 */
export async function changeSettings(
  realms: Pick<RealmStore, 'read' | 'replace'>,
  realm: Realm,
  change: (settings: RealmSettings) => RealmSettings | Promise<RealmSettings>,
  mark: SaveMark,
): Promise<RealmSettings> {
  let found: Realm | undefined = realm
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (found === undefined) throw notFound()
    const settings = checked(found.settings, await change(found.settings))
    if (await realms.replace(found, { ...found, settings }, mark)) return settings
    found = await realms.read(realm.path)
  }
  throw contended()
}

/**
 * Saves settings that were made from those of the realm.
 * @throws RequestError 400 for invalid settings, 409 if another request changed the realm meanwhile.
 */
export async function saveSettings(
  realms: Pick<RealmStore, 'replace'>,
  realm: Realm,
  requested: RealmSettings,
  mark: SaveMark,
): Promise<RealmSettings> {
  const settings = checked(realm.settings, requested)
  if (await realms.replace(realm, { ...realm, settings }, mark)) return settings
  throw contended()
}

/** @throws RequestError 400. */
function checked(before: RealmSettings, requested: RealmSettings): RealmSettings {
  const settings = parseAttributes(realmSettingsSchema, requested)
  if (settings.linkBaseUrl !== '' && linkBaseOf(settings) === undefined) {
    throw invalidAttribute('linkBaseUrl', { linkBaseUrl: 'must have one of the hosts of the realm' })
  }
  refuseUnlistedActions(before.helpDesk, settings.helpDesk, 'helpDesk')
  refuseUnknownStandIns(before, settings)
  return settings
}

function contended(): RequestError {
  return new RequestError(409, 'Other requests are changing the realm. Nothing was changed, try again')
}
