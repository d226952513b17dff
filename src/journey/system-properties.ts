/**
 * The property of a restricted session: the key that every request has to prove to hold. Source: RFC 7800, `cnf`.
 * Nothing here takes such proofs, so nobody is signed in by such a session.
 */
export const confirmationProperty = 'cnf'

/**
 * Properties that say who is signed in and how: the server alone sets them.
 * Scripts run apart and have the same list in `scripting/bindings/action.js`; a test compares the two.
 */
export const systemProperties: ReadonlySet<string> = new Set([
  'AMCtxId',
  'AuthLevel',
  'AuthType',
  'authInstant',
  'CharSet',
  'clientType',
  'cookieSupport',
  'FullLoginURL',
  'Host',
  'HostName',
  'IndexType',
  'Locale',
  'loginURL',
  'Organization',
  'Principal',
  'Principals',
  'Role',
  'Service',
  'sun.am.UniversalIdentifier',
  'UserId',
  'UserProfile',
  'UserToken',
])
