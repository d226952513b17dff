import { z } from 'zod'
import { jsonObjectSchema } from '../../../engine/json.ts'

/** The kind under which a realm keeps its identity providers. */
export const socialProviderKind = 'socialIdentityProvider'

const address = z.string().nullish()

/** What of a provider is read. Source: "Social identity providers" of the vendor's reference, Client Configuration. */
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
  /** The script that brings what the provider tells into the form that all have. */
  transform: z
    .string()
    .nullish()
    .transform((id) => id ?? ''),
  authenticationIdKey: z.string().default('sub'),
  acrValues: z.array(z.string()).default([]),
  uiConfig: jsonObjectSchema.default({}),
})

export type ProviderSettings = z.infer<typeof providerSchema>

/** Whether it gives id tokens. */
export function isOpenId({ scopes }: ProviderSettings): boolean {
  return scopes.includes('openid')
}
