import { z } from 'zod'

const webhooks: z.ZodType<readonly string[]> = z.array(z.string())

export const sessionSchema = z.object({
  /** SHA-256 of the token, which is never stored itself. */
  tokenHash: z.string(),
  /** Public handle, for example in `logoutByHandle`. */
  handle: z.string(),
  realm: z.string(),
  /** Object id of the identity. */
  identityId: z.string(),
  username: z.string(),
  properties: z.record(z.string(), z.string()),
  authLevel: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  lastUsedAt: z.number(),
  maxIdleMinutes: z.number(),
  maxSessionMinutes: z.number(),
  /** Names of the logout webhooks. */
  webhooks,
  /** The browser and system in which the person signed in, as `browserName` says it. */
  browser: z.string().optional(),
  /** The address from which the person signed in. */
  address: z.string().optional(),
  /** Hash of the transaction whose approval created the session. */
  approvalHash: z.string().optional(),
})

/** A signed-in person: what a `tokenId` refers to. */
export type Session = z.infer<typeof sessionSchema>

/** Epoch milliseconds at which the session expires, by whichever limit comes first. */
export function expiryOf(session: Session): number {
  return Math.min(idleExpiryOf(session), maxExpiryOf(session))
}

export function idleExpiryOf(session: Session): number {
  return session.lastUsedAt + session.maxIdleMinutes * 60_000
}

export function maxExpiryOf(session: Session): number {
  return session.createdAt + session.maxSessionMinutes * 60_000
}

/** AM's universal id of an identity: `id=<uuid>,ou=user,o=alpha,ou=services,ou=am-config`. */
export function universalIdOf(realm: string, identityId: string): string {
  return `id=${identityId},ou=user,${organizationOf(realm)}`
}

/** A realm's name in AM's directory, for example `o=alpha,ou=services,ou=am-config`. */
export function organizationOf(realm: string): string {
  const parts = realm.split('/').filter((part) => part !== '')
  return [
    ...parts.map((part) => `o=${part}`).reverse(),
    ...(parts.length === 0 ? [] : ['ou=services']),
    'ou=am-config',
  ].join(',')
}
