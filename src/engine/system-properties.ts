/**
 * The property of a restricted session: the key that every request has to prove to hold. Source: RFC 7800, `cnf`.
 * Nothing here takes such proofs, so nobody is signed in by such a session.
 */
export const confirmationProperty = 'cnf'

/**
 * The property that says how somebody showed who they are, as words of RFC 8176 with blanks between them. A journey may
 * say so itself; clients may not.
 */
export const methodsProperty = 'amr'

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
