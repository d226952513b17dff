import { z } from 'zod'
import { jsonObjectSchema } from '../../../base/json.ts'

/** The kind of the realm's documents that configure identity providers. */
export const socialProviderKind = 'socialIdentityProvider'

const address = z.string().nullish()

/**
 * The settings of a provider that the server uses. Source: "Social identity providers" of the vendor's reference, Client
 * Configuration.
 */
export const providerSchema = z.looseObject({
  enabled: z.boolean().default(true),
  clientId: z.string(),
  clientSecret: z.string().nullish(),
  clientAuthenticationMethod: z.string().default('CLIENT_SECRET_POST'),
  scopes: z.array(z.string()).default([]),
  scopeDelimiter: z.string().default(' '),
  redirectURI: z.string(),
  pkceMethod: z.enum(['NONE', 'PLAIN', 'S256']).catch('S256'),
  authorizationEndpoint: address,
  tokenEndpoint: address,
  userInfoEndpoint: address,
  issuer: address,
  jwksUriEndpoint: address,
  wellKnownEndpoint: address,
  /** Id of the script that normalizes the provider's profile. */
  transform: z
    .string()
    .nullish()
    .transform((id) => id ?? ''),
  authenticationIdKey: z.string().default('sub'),
  acrValues: z.array(z.string()).default([]),
  /** Whether ID tokens say who the person is if the scopes ask for them. The vendor's older nodes ask the userinfo endpoint. */
  readsIdTokens: z.boolean().default(true),
  uiConfig: jsonObjectSchema.default({}),
})

export type ProviderSettings = z.infer<typeof providerSchema>

/** Whether a client without a secret counts as a public one. The vendor's documents always name a method. */
export function isSecretMethod(method: string): boolean {
  return method === 'CLIENT_SECRET_POST' || method === 'CLIENT_SECRET_BASIC'
}

/** Whether the provider issues id tokens. */
export function isOpenId({ scopes, readsIdTokens }: ProviderSettings): boolean {
  return readsIdTokens && scopes.includes('openid')
}
