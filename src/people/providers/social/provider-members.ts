import type { JsonObject } from '../../../base/json.ts'
import {
  done,
  kept,
  type MemberFinding,
  type Members,
  note,
  refused,
  refusedIn,
} from '../../../base/members.ts'
import { hasPlaceholder } from '../../../engine/placeholders.ts'

const unsigned = 'requests to the provider are not signed'

/** All members of a social identity provider in the vendor's form: what each one does here. */
export const providerMembers = {
  enabled: done(true),
  clientId: done(null),
  clientSecret: done(null),
  clientAuthenticationMethod: done(
    'CLIENT_SECRET_POST',
    ['CLIENT_SECRET_POST', 'CLIENT_SECRET_BASIC', 'CLIENT_SECRET_JWT'],
    'is not served',
  ),
  scopes: done([]),
  scopeDelimiter: done(' '),
  redirectURI: done(null),
  pkceMethod: done('S256', ['NONE', 'PLAIN', 'S256'], 'is not served'),
  authorizationEndpoint: done(null),
  tokenEndpoint: done(null),
  userInfoEndpoint: done(null),
  issuer: done(null),
  jwksUriEndpoint: done(null),
  wellKnownEndpoint: done(null),
  transform: done(null),
  authenticationIdKey: done('sub'),
  acrValues: done([]),
  readsIdTokens: done(true),
  uiConfig: done({}),
  encryptedIdTokens: refused(false, 'encryption is not done here'),
  introspectEndpoint: kept(null, 'tokens of providers are not introspected'),
  issuerComparisonCheckType: kept('EXACT', 'issuers are always compared exactly'),
  responseMode: kept('DEFAULT', 'people come back with their answer in the address'),
  userInfoResponseType: kept('JSON', 'the provider decides whether profiles are signed'),
  revocationCheckOptions: kept([], 'certificates are not asked about'),
  useCustomTrustStore: kept(false, 'the server trusts the authorities of its machine'),
  jwtRequestParameterOption: kept('NONE', unsigned),
  jwtSigningAlgorithm: kept('NONE', unsigned),
  encryptJwtRequestParameter: kept(false, unsigned),
  jwtEncryptionAlgorithm: note('NONE'),
  jwtEncryptionMethod: note('NONE'),
  privateKeyJwtExpTime: note(600),
  enableNativeNonce: note(true),
} satisfies Members

/**
 * What keeps a provider from being configured: its client could not authenticate, or could less than its settings promise. The
 * sign-in judges values of variables.
 */
export function refusedOfProvider(document: JsonObject): MemberFinding[] {
  const { clientAuthenticationMethod: method, clientSecret } = document
  const plain = Object.entries(document).filter(([, value]) => !hasPlaceholder(value))
  // rule S40: otherwise a provider's client that promises a proof has none
  const isUnproven = method === 'CLIENT_SECRET_JWT' && !clientSecret
  const message = 'CLIENT_SECRET_JWT needs a clientSecret'
  return [
    ...refusedIn(providerMembers, Object.fromEntries(plain)),
    ...(isUnproven ? [{ path: 'clientAuthenticationMethod', message }] : []),
  ]
}
