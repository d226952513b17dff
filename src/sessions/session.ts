/** A signed-in person: what a `tokenId` refers to. */
export type Session = {
  /** SHA-256 of the token, which is never stored itself. */
  tokenHash: string
  /** Public handle, for example in `logoutByHandle`. */
  handle: string
  realm: string
  /** Object id of the identity. */
  identityId: string
  username: string
  properties: Record<string, string>
  authLevel: number
  /** Epoch milliseconds. */
  createdAt: number
  lastUsedAt: number
  maxIdleMinutes: number
  maxSessionMinutes: number
  /** Names of the logout webhooks. */
  webhooks: readonly string[]
  /** Hash of the transaction whose approval created the session. */
  approvalHash?: string | undefined
}

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
  const organisation = realm
    .split('/')
    .filter((part) => part !== '')
    .map((part) => `o=${part},`)
    .reverse()
  const services = organisation.length === 0 ? '' : 'ou=services,'
  return `id=${identityId},ou=user,${organisation.join('')}${services}ou=am-config`
}
