import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { Cookie, PersistentCookie } from '../journey/cookie.ts'

/** Who a persistent cookie signs in, from where it was set, and how long it may be renewed. */
export type Remembered = {
  personId: string
  clientIp: string
  /** Epoch milliseconds. */
  expiresAt: number
}

/** Cookies that sign somebody in without a question. Source: "Set Persistent Cookie node". */
export type PersistentCookies = {
  issue(
    wanted: PersistentCookie,
    remembered: Pick<Remembered, 'personId' | 'clientIp'> & { realm: string },
    now: number,
  ): Promise<Cookie>
  /** @returns undefined for what is altered, over, of another realm, or made with another signing key. */
  read(
    token: string,
    expected: { realm: string; signingKey: string },
    now: number,
  ): Promise<Remembered | undefined>
}

const claimsSchema = z.object({ sub: z.string(), ip: z.string(), until: z.number() })

const hourMs = 3_600_000

/**
 * The value is a JWT that is encrypted, which also shows when it was altered. Realm and signing key make its key, so
 * that it opens nowhere else.
 */
export function persistentCookies(rootKey: Uint8Array): PersistentCookies {
  const keyFor = ({ realm, signingKey }: { realm: string; signingKey: string }) =>
    new Uint8Array(hkdfSync('sha256', rootKey, signingKey, realm, 32))
  return {
    async issue({ signingKey, idleHours, expiresAt, ...cookie }, { realm, personId, clientIp }, now) {
      const { EncryptJWT } = await import('jose')
      const endsAt = Math.min(expiresAt, now + idleHours * hourMs)
      const value = await new EncryptJWT({ ip: clientIp, until: expiresAt })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setSubject(personId)
        .setIssuedAt(new Date(now))
        .setExpirationTime(new Date(endsAt))
        .encrypt(keyFor({ realm, signingKey }))
      return { ...cookie, value, path: '/', maxAgeSeconds: Math.floor((endsAt - now) / 1000) }
    },

    async read(token, expected, now) {
      const { jwtDecrypt } = await import('jose')
      try {
        const { payload } = await jwtDecrypt(token, keyFor(expected), {
          currentDate: new Date(now),
          requiredClaims: ['exp'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        const { sub, ip, until } = claimsSchema.parse(payload)
        return { personId: sub, clientIp: ip, expiresAt: until }
      } catch {
        return undefined
      }
    },
  }
}
