import type { Identity } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'

/** A mail address that so many have is nobody's. */
const most = 20

/**
 * Whom an application means by a `login_hint`: somebody's id or user name, or a mail address that one active person has
 * and no other. Takes the same reads whomever it means. Source: OpenID Connect CIBA Core 1.0, section 7.1.
 */
export async function hintedPerson(
  store: Pick<IdentityStore, 'read' | 'byUserName' | 'byAttribute'>,
  realm: string,
  hint: string,
): Promise<Identity | undefined> {
  const [byId, byUserName, addressed] = await Promise.all([
    store.read(realm, hint),
    store.byUserName(realm, hint),
    store.byAttribute(realm, 'mail', hint, most),
  ])
  const named = byId ?? byUserName
  if (named !== undefined) return named
  const [only, ...others] = addressed.filter(({ isActive, kind }) => isActive && kind === 'user')
  return others.length > 0 || addressed.length >= most ? undefined : only
}
