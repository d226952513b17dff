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
