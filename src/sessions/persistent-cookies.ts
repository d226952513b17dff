import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { type Cookie, type PersistentCookie, persistentCookieName } from '../engine/cookie.ts'
import type { KeySource } from '../secrets/macs.ts'

/** The person that a persistent cookie signs in, and the address it was set from. Times are epoch milliseconds. */
export type Remembered = {
  personId: string
  /** Tells the person from a later one with the same id. Undefined in cookies from earlier versions. */
  personCreatedAt: number | undefined
  clientIp: string
  /** 0 in cookies from earlier versions. */
  issuedAt: number
  /** Until then, the cookie can be renewed. */
  expiresAt: number
}

/** Whether a cookie is of this person, and not of a removed one with the same id. */
export function isOf(
  { personCreatedAt, issuedAt }: Pick<Remembered, 'personCreatedAt' | 'issuedAt'>,
  { createdAt }: { createdAt: number },
): boolean {
  // rule S62: otherwise the persistent cookie of a removed person counts for the next one with the id
  return personCreatedAt === undefined ? issuedAt >= createdAt : personCreatedAt === createdAt
}

/** Cookies that sign a person in without callbacks. Source: "Set Persistent Cookie node". */
export type PersistentCookies = {
  issue(
    settings: PersistentCookie,
    remembered: Pick<Remembered, 'personId' | 'personCreatedAt' | 'clientIp'> & { realm: string },
    now: number,
  ): Promise<Cookie>
  /** @returns undefined for a cookie that is altered, expired, or from another realm or signing key. */
  read(
    token: string,
    expected: { realm: string; signingKey: string },
    now: number,
  ): Promise<Remembered | undefined>
}

/** `at` and `until` are epoch milliseconds, because `iat` has only seconds. */
const claimsSchema = z.object({
  sub: z.string(),
  born: z.number().optional(),
  ip: z.string(),
  at: z.number().default(0),
  until: z.number(),
})

const hourMs = 3_600_000

/** The value is an encrypted JWT. Its key is derived from realm and signing key, so that it is valid only there. */
export function persistentCookies(rootKeys: KeySource): PersistentCookies {
  const keysFor = ({ realm, signingKey }: { realm: string; signingKey: string }) =>
    rootKeys().map((rootKey) => new Uint8Array(hkdfSync('sha256', rootKey, signingKey, realm, 32)))
  return {
    async issue(
      { name, signingKey, idleHours, expiresAt, ...flags },
      { realm, personId, personCreatedAt: born, clientIp },
      now,
    ) {
      const { EncryptJWT } = await import('jose')
      const [newest] = keysFor({ realm, signingKey })
      if (newest === undefined) throw new Error('no key for persistent cookies')
      const endsAt = Math.min(expiresAt, now + idleHours * hourMs)
      const value = await new EncryptJWT({ born, ip: clientIp, at: now, until: expiresAt })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setSubject(personId)
        .setIssuedAt(new Date(now))
        .setExpirationTime(new Date(endsAt))
        .encrypt(newest)
      const maxAgeSeconds = Math.floor((endsAt - now) / 1000)
      return {
        ...flags,
        // rule S23: otherwise a sign-in in one realm replaces the persistent cookie of another
        name: persistentCookieName(name, realm),
        value,
        path: '/',
        maxAgeSeconds,
      }
    },

    async read(token, expected, now) {
      const { jwtDecrypt } = await import('jose')
      const options = {
        currentDate: new Date(now),
        requiredClaims: ['exp'],
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }
      for (const key of keysFor(expected)) {
        const opened = await jwtDecrypt(token, key, options).catch(() => undefined)
        const claims = claimsSchema.safeParse(opened?.payload).data
        if (claims !== undefined) {
          const { sub: personId, born: personCreatedAt, ip, at: issuedAt, until } = claims
          return { personId, personCreatedAt, clientIp: ip, issuedAt, expiresAt: until }
        }
      }
      return undefined
    },
  }
}
