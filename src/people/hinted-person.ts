import type { Identity } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'

/** An email address shared by this many identities identifies none of them. */
const maxSharers = 20

/**
 * Resolves a `login_hint`: an id, a username, or an email address that exactly one active person has. Makes the same
 * reads for every hint. Source: OpenID Connect CIBA Core 1.0, section 7.1.
 */
export async function hintedPerson(
  store: Pick<IdentityStore, 'read' | 'byUserName' | 'byAttribute'>,
  realm: string,
  hint: string,
): Promise<Identity | undefined> {
  const [byId, byUserName, addressed] = await Promise.all([
    store.read(realm, hint),
    store.byUserName(realm, hint),
    store.byAttribute(realm, 'mail', hint, maxSharers),
  ])
  const named = byId ?? byUserName
  if (named !== undefined) return named
  const [only, ...others] = addressed.filter(({ isActive, kind }) => isActive && kind === 'user')
  return others.length > 0 || addressed.length >= maxSharers ? undefined : only
}
