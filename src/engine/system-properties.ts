/**
 * The property of a sender-constrained session: the key that each request must prove possession of (RFC 7800, `cnf`).
 * The server accepts no such proofs, so these sessions are never valid.
 */
export const confirmationProperty = 'cnf'

/** Authentication methods as words of RFC 8176, separated by spaces. Journeys may set it, clients may not. */
export const methodsProperty = 'amr'

/**
 * With which sign-in people may remove their own second factors: `SAME` kind, `ANY` second factor, or `NONE`. Journeys may set
 * it, clients may not.
 */
export const deviceManagementProperty = 'deviceManagement'

/** What the SAML identity provider needs to end its session, too, as JSON. Journeys may set it, clients may not. */
export const samlSessionProperty = 'SamlSession'

/** Properties that decide what a session is good for. Journeys may set them, clients may not. */
export const journeyProperties: ReadonlySet<string> = new Set([
  methodsProperty,
  deviceManagementProperty,
  confirmationProperty,
  samlSessionProperty,
])

/** Methods that use a registered device: a one-time password, a passkey, a bound device, and a push with a number. */
export const secondFactors: ReadonlySet<string> = new Set(['otp', 'pop', 'hwk', 'swk', 'push'])

/** Properties with this prefix are members of the response to a logout. */
export const logoutDetailPrefix = 'logoutDetails.'

/**
 * Properties about who is signed in and how, which only the server sets. The sandbox has a copy in
 * `sandbox/bindings/action.js`; a test compares the two.
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

/** Whether clients can't set a property, also if their realm shows it. */
export function isProtectedProperty(name: string): boolean {
  // rule S42: otherwise a client sets the rule, the methods or the person of its session
  return systemProperties.has(name) || journeyProperties.has(name)
}
