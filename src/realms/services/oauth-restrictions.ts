import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { type OauthSettings, responseTypeNames } from '../oauth-settings.ts'

/** The vendor's classes for response types. Others can't run here. */
const responseTypeClasses = {
  code: 'org.forgerock.oauth2.core.AuthorizationCodeResponseTypeHandler',
  device_code: 'org.forgerock.oauth2.core.TokenResponseTypeHandler',
  token: 'org.forgerock.oauth2.core.TokenResponseTypeHandler',
  id_token: 'org.forgerock.openidconnect.IdTokenResponseTypeHandler',
  none: 'org.forgerock.oauth2.core.NoneResponseTypeHandler',
} as const satisfies Record<OauthSettings['responseTypes'][number], string>

const lineOf = (name: keyof typeof responseTypeClasses) => `${name}|${responseTypeClasses[name]}`

const responseType = z.string().transform((line, context) => {
  const name = responseTypeNames.find((each) => line === lineOf(each))
  if (name !== undefined) return name
  context.addIssue('must be a response type of the vendor with its class; other Java classes are not run')
  return z.NEVER
})

const notServed = (what: string) =>
  z.literal(false, `must be false: ${what} is not done here, and tokens would be less safe than it promises`)

/** The sections of the provider service that restrict what clients can do. All members are optional. */
export const restrictionSchemas = {
  advancedOAuth2Config: z
    .object({
      grantTypes: z.array(z.string()).min(1, 'must name a grant type'),
      responseTypeClasses: z.array(responseType).min(1, 'must name a response type'),
      supportedScopes: z.array(z.string()),
      codeVerifierEnforced: z.union([
        z.boolean().transform(String),
        z.enum(['true', 'false', 'public', 'passwordless']),
      ]),
      requirePushedAuthorizationRequests: z.boolean(),
      require_pushed_authorization_requests: z.boolean(),
    })
    .partial()
    .default({}),
  consent: z
    .object({ clientsCanSkipConsent: z.boolean(), enableRemoteConsent: notServed('remote consent') })
    .partial()
    .default({}),
  deviceCodeConfig: z
    .object({ deviceCodeLifetime: z.int(), devicePollInterval: z.int() })
    .partial()
    .default({}),
  clientDynamicRegistrationConfig: z
    .object({
      allowDynamicRegistration: z.boolean(),
      dynamicClientRegistrationScope: z.string().min(1),
      generateRegistrationAccessTokens: z.boolean(),
      dynamicClientRegistrationSoftwareStatementRequired: notServed('checking software statements'),
    })
    .partial()
    .default({}),
}

export const policyEngine = notServed('the policy engine')

type Restrictions = {
  [Section in keyof typeof restrictionSchemas]: z.output<(typeof restrictionSchemas)[Section]>
}

/** The settings after a write of these sections. */
export function restricted(old: OauthSettings, document: Restrictions): OauthSettings {
  const { advancedOAuth2Config: advanced, consent, deviceCodeConfig: device } = document
  const { requirePushedAuthorizationRequests: pushed, require_pushed_authorization_requests: named } =
    advanced
  const verifier = advanced.codeVerifierEnforced
  return {
    ...old,
    grantTypes: advanced.grantTypes ?? old.grantTypes,
    responseTypes: advanced.responseTypeClasses ?? old.responseTypes,
    supportedScopes: advanced.supportedScopes ?? old.supportedScopes,
    requirePkce: verifier === undefined ? old.requirePkce : verifier === 'true',
    requirePushedRequests: pushed ?? named ?? old.requirePushedRequests,
    impliedConsent: consent.clientsCanSkipConsent ?? old.impliedConsent,
    device: {
      ...old.device,
      lifeSeconds: device.deviceCodeLifetime ?? old.device.lifeSeconds,
      pollSeconds: device.devicePollInterval ?? old.device.pollSeconds,
    },
    registration: registrationAfter(old.registration, document.clientDynamicRegistrationConfig),
  }
}

/** In the vendor's documents, registration is either open or needs a token. Only the realm's own settings turn it on for tokens. */
function registrationAfter(
  old: OauthSettings['registration'],
  {
    allowDynamicRegistration: isOpen,
    dynamicClientRegistrationScope: scope,
    generateRegistrationAccessTokens: isManaged,
  }: Restrictions['clientDynamicRegistrationConfig'],
): OauthSettings['registration'] {
  const closed = old.access === 'open' ? 'token' : old.access
  return {
    ...old,
    access: isOpen === undefined ? old.access : isOpen ? 'open' : closed,
    scope: scope ?? old.scope,
    isManaged: isManaged ?? old.isManaged,
  }
}

/** The sections as they are in force. Lists that restrict nothing are left out. */
export function shownRestrictions(oauth: OauthSettings) {
  const { grantTypes, responseTypes, supportedScopes, device, registration } = oauth
  return {
    advancedOAuth2Config: {
      ...(grantTypes.length === 0 ? {} : { grantTypes }),
      ...(responseTypes.length === 0 ? {} : { responseTypeClasses: responseTypes.map(lineOf) }),
      ...(supportedScopes.length === 0 ? {} : { supportedScopes }),
      ...(oauth.requirePkce ? { codeVerifierEnforced: 'true' } : {}),
      requirePushedAuthorizationRequests: oauth.requirePushedRequests,
    },
    consent: { clientsCanSkipConsent: oauth.impliedConsent },
    deviceCodeConfig: { deviceCodeLifetime: device.lifeSeconds, devicePollInterval: device.pollSeconds },
    clientDynamicRegistrationConfig: {
      allowDynamicRegistration: registration.access === 'open',
      dynamicClientRegistrationScope: registration.scope,
      generateRegistrationAccessTokens: registration.isManaged,
    },
  } satisfies JsonObject
}

/** What {@link shownRestrictions} leaves out. */
export function unsetRestrictions({ requirePkce }: OauthSettings): JsonObject {
  return { codeVerifierEnforced: requirePkce ? 'true' : 'public' }
}
