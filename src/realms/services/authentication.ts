import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { RealmSettings } from '../realm.ts'
import { checkedService, type RealmService, withoutNulls } from './realm-service.ts'

const minutes = z.number('must be a number of minutes').min(0)
const urls = z.array(z.string(), 'must be a list of URLs')

/** The supported members. AM's document has many more, which are kept. */
const authenticationSchema = z.object({
  core: z
    .object({ orgConfig: z.string().min(1) })
    .partial()
    .default({}),
  trees: z
    .object({
      authenticationSessionsMaxDuration: z.int().min(1).max(120),
      suspendedAuthenticationTimeout: z.int().min(1).max(43_200),
    })
    .partial()
    .default({}),
  postauthprocess: z.object({ loginSuccessUrl: urls, loginFailureUrl: urls }).partial().default({}),
  accountlockout: z
    .object({
      loginFailureLockoutMode: z.boolean(),
      loginFailureCount: z.int().min(0),
      loginFailureDuration: minutes,
      lockoutDuration: z.number('must be a number of minutes'),
    })
    .partial()
    .default({}),
})

type AuthenticationDocument = z.infer<typeof authenticationSchema>

/** AM's default number of failures until a lockout. */
const defaultFailures = 5

/** The realm's authentication settings, as AM's document of them. */
export const authenticationService: RealmService = {
  id: 'authentication',
  name: 'Core',
  show: authenticationDocument,
  apply(settings, body) {
    const parsed = authenticationSchema.safeParse(withoutNulls(inSections(body)))
    return parsed.success
      ? checkedService(settings, withAuthentication(settings, parsed.data))
      : { error: parsed.error }
  },
}

/** A tool that sets only the default journey sends its name without the section `core`. */
function inSections({ orgConfig, ...body }: JsonObject): JsonObject {
  if (orgConfig === undefined) return body
  return { ...body, core: { ...(isJsonObject(body.core) ? body.core : {}), orgConfig } }
}

/** Source: "Core authentication attributes". */
function authenticationDocument(settings: RealmSettings): JsonObject {
  const { maxFailures, windowSeconds, lockSeconds } = settings.lockout
  return {
    _id: '',
    core: { orgConfig: settings.defaultJourney },
    trees: {
      authenticationSessionsMaxDuration: settings.journeyMinutes,
      suspendedAuthenticationTimeout: settings.suspendedMinutes,
    },
    postauthprocess: {
      loginSuccessUrl: listOf(settings.successUrl),
      loginFailureUrl: listOf(settings.failureUrl),
    },
    accountlockout: {
      loginFailureLockoutMode: maxFailures > 0,
      loginFailureCount: maxFailures,
      loginFailureDuration: windowSeconds / 60,
      lockoutDuration: lockSeconds / 60,
    },
    _type: { _id: 'EMPTY', name: 'Core', collection: false },
  }
}

/** The settings after a write; omitted members keep their values. */
function withAuthentication(settings: RealmSettings, document: AuthenticationDocument): RealmSettings {
  const { core, trees, postauthprocess } = document
  return {
    ...settings,
    defaultJourney: core.orgConfig ?? settings.defaultJourney,
    journeyMinutes: trees.authenticationSessionsMaxDuration ?? settings.journeyMinutes,
    suspendedMinutes: trees.suspendedAuthenticationTimeout ?? settings.suspendedMinutes,
    successUrl: firstOf(postauthprocess.loginSuccessUrl, settings.successUrl),
    failureUrl: firstOf(postauthprocess.loginFailureUrl, settings.failureUrl),
    lockout: lockoutAfter(settings.lockout, document.accountlockout),
  }
}

/** AM's durations of 0 and less lock until an administrator unlocks. Here, a year stands for that. */
const untilUnlockedSeconds = 365 * 86_400

function lockoutAfter(
  old: RealmSettings['lockout'],
  sent: AuthenticationDocument['accountlockout'],
): RealmSettings['lockout'] {
  const count = sent.loginFailureCount ?? old.maxFailures
  const isOn = sent.loginFailureLockoutMode ?? count > 0
  return {
    ...old,
    maxFailures: isOn ? count || defaultFailures : 0,
    windowSeconds: seconds(sent.loginFailureDuration) ?? old.windowSeconds,
    lockSeconds: lockSecondsOf(sent.lockoutDuration, isOn) ?? old.lockSeconds,
  }
}

/** In seconds; undefined while lockout is off and the time means nothing. */
function lockSecondsOf(minutes: number | undefined, isOn: boolean): number | undefined {
  if (minutes === undefined || minutes > 0) return seconds(minutes)
  return isOn ? untilUnlockedSeconds : undefined
}

function seconds(minutes: number | undefined): number | undefined {
  return minutes === undefined ? undefined : Math.max(1, Math.round(minutes * 60))
}

function listOf(url: string): string[] {
  return url === '' ? [] : [url]
}

function firstOf(urls: readonly string[] | undefined, otherwise: string): string {
  return urls === undefined ? otherwise : (urls[0] ?? '')
}
