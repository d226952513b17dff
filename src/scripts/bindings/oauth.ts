import { type Bindings, map } from './binding.ts'

const oauth: Bindings = {
  scopes: map('The scopes of the token, as a set.', {
    'contains(scope)': 'Whether the scope is in the set.',
  }),
  identity: map('The person of the token, or null for a token of the client itself.'),
  session: map('The person’s session, if the request has one, or null.', {
    'getProperty(name)': 'The value of a session property, or null.',
  }),
  clientProperties: map('The client: clientId, allowedScopes, allowedGrantTypes and allowedResponseTypes.'),
  requestProperties: map('The request: requestUri, realm, requestParams and requestHeaders.'),
}

/** Inputs of access token modifications. The result is what the script changed. */
export const accessTokens: Bindings = {
  ...oauth,
  accessToken: map('The token before it is issued.', {
    'getField(name)': 'The value of a member, or null.',
    'setField(name, value)': 'Adds a member. Members of the protocol can’t be changed.',
    'setFields(members)': 'Adds several members.',
    'getScope()': 'The scopes, as a set.',
    'getClientId()': 'The id of the client.',
    'getResourceOwnerId()': 'The id of the person.',
  }),
}

/** Inputs of OIDC claims scripts. The result is the value of the last statement. */
export const oidcClaims: Bindings = {
  ...oauth,
  claims: map('The claims that the server would give, by name.'),
  claimObjects: map('The claims that the server would give, as a list.'),
  requestedClaims: map('The values of the claims that the client requested by name.'),
  requestedTypedClaims: map('The claims that the client requested by name, as a list.'),
  claimsLocales: map('The languages that the client prefers, as a list.'),
}
