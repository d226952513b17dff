import { z } from 'zod'
import type { LockoutPolicy } from '../identities/identity.ts'
import { helpDeskSchema } from './help-desk-settings.ts'
import { selfServiceSchema } from './self-service.ts'

/** What a realm decides for its journeys. Minutes and seconds as the names say. */
export const realmSettingsSchema = z.object({
  /** The journey of a request that names none. */
  defaultJourney: z.string().default('Login'),
  journeyMinutes: z.number().int().min(1).max(120).default(5),
  suspendedMinutes: z.number().int().min(1).max(43_200).default(5),
  maxIdleMinutes: z.number().int().min(1).default(30),
  maxSessionMinutes: z.number().int().min(1).default(120),
  transactionSeconds: z.number().int().min(1).max(86_400).default(180),
  /** Where a success goes when nothing else says so. */
  successUrl: z.string().default(''),
  failureUrl: z.string().default(''),
  /** URLs that `goto`, `gotoOnFail` and success URLs may lead to; `*` at the end of a path or for a host label. */
  allowedUrls: z.array(z.string()).default([]),
  /** Origins of web applications that may call from a browser. */
  corsOrigins: z.array(z.string()).default([]),
  /** Session properties that clients and the backchannel may see. */
  visibleSessionProperties: z
    .array(z.string())
    .default(['AMCtxId', 'authInstant', 'AuthLevel', 'Service', 'Principal', 'UserId']),
  lockout: z
    .object({
      maxFailures: z.number().int().min(0).default(10),
      windowSeconds: z.number().int().min(1).default(600),
      lockSeconds: z.number().int().min(1).default(300),
    })
    .prefault({}) satisfies z.ZodType<LockoutPolicy, unknown>,
  /** Terms, security questions and consent. */
  selfService: selfServiceSchema.prefault({}),
  helpDesk: helpDeskSchema.prefault({}),
})

export type RealmSettings = z.infer<typeof realmSettingsSchema>

/** A realm: journeys, scripts and people that know nothing of other realms'. The root realm is `/`. */
export type Realm = {
  /** `/` or `/alpha`. */
  path: string
  isActive: boolean
  aliases: readonly string[]
  settings: RealmSettings
}

/** The last part of the path; `/` for the root realm. */
export function realmName(path: string): string {
  return path === '/' ? '/' : (path.split('/').at(-1) ?? '/')
}

/** What people call whoever runs the realm. */
export function organisationOf({ path, settings }: Pick<Realm, 'path' | 'settings'>): string {
  return settings.helpDesk.organisation || (path === '/' ? 'Sidegate' : realmName(path))
}

/** The path of the realm around this one; null for the root realm. */
export function parentOf(path: string): string | null {
  if (path === '/') return null
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
