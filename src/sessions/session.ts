/** A sign-in that lasts: what a `tokenId` stands for. */
export type Session = {
  /** SHA-256 of the token. The token itself is never stored. */
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
  /** Called when it ends, by name. */
  webhooks: readonly string[]
  /** Hash of the transaction whose approval created the session. */
  approvalHash?: string | undefined
}

/** Epoch milliseconds at which a session stops to count, whichever limit comes first. */
export function expiryOf(session: Session): number {
  return Math.min(idleExpiryOf(session), maxExpiryOf(session))
}

export function idleExpiryOf(session: Session): number {
  return session.lastUsedAt + session.maxIdleMinutes * 60_000
}

export function maxExpiryOf(session: Session): number {
  return session.createdAt + session.maxSessionMinutes * 60_000
}

/** AM's form of a person's name: `id=<uuid>,ou=user,o=alpha,ou=services,ou=am-config`. */
export function universalIdOf(realm: string, identityId: string): string {
  const organisation = realm
    .split('/')
    .filter((part) => part !== '')
    .map((part) => `o=${part},`)
    .reverse()
  const services = organisation.length === 0 ? '' : 'ou=services,'
  return `id=${identityId},ou=user,${organisation.join('')}${services}ou=am-config`
}
