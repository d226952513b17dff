import type { AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { isJsonObject } from '../base/json.ts'
import { setting } from './client-setting.ts'
import { assertionAlgorithms, signingAlgorithms } from './endpoints.ts'
import { isPrivateKey } from './jwk-members.ts'

const jwkSet = z
  .string()
  .refine((text) => keysIn(text) !== undefined, 'must be a JWK set: {"keys": […]}')
  // rule S44: otherwise a client is configured with a private key, which everybody with access to it could use
  .refine((text) => keysIn(text)?.some(isPrivateKey) !== true, 'must hold public keys only')

/** How the server signs answers. Stored values that are not served count as not set. */
const algorithm = setting(z.enum(signingAlgorithms).optional().catch(undefined))

/** The keys that a client signs its assertions with. Other members are kept. */
export const clientKeysSchema = z.looseObject({
  publicKeyLocation: setting(z.string().default('jwks_uri')),
  jwkSet: setting(z.union([z.literal(''), jwkSet]).optional()),
  jwksUri: setting(
    z.union([z.literal(''), z.string().refine(isKeyAddress, 'must be an https URL')]).optional(),
  ),
  tokenEndpointAuthSigningAlgorithm: setting(z.string().optional()),
  idTokenSignedResponseAlg: algorithm,
  userinfoResponseFormat: setting(z.string().optional()),
  userinfoSignedResponseAlg: algorithm,
  tokenIntrospectionResponseFormat: setting(z.string().optional()),
  tokenIntrospectionSignedResponseAlg: algorithm,
  requestParameterSignedAlg: setting(z.enum(assertionAlgorithms).optional().catch(undefined)),
})

export type ClientKeys = z.infer<typeof clientKeysSchema>

/** A JWK set as `oidc-provider` takes it. */
type KeySet = NonNullable<AdapterPayload['jwks']>

/** Plain http only on the same machine, where nobody can change the keys in between. */
export function isKeyAddress(uri: string): boolean {
  const { protocol, hostname } = URL.parse(uri) ?? {}
  // rule S44: otherwise keys of a client are fetched over plain http from other hosts
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname ?? ''))
  )
}

function keysIn(text: string): KeySet['keys'] | undefined {
  try {
    const set: unknown = JSON.parse(text)
    if (!isJsonObject(set) || !Array.isArray(set.keys)) return undefined
    // `oidc-provider` validates the members of each key and ignores keys of unknown kinds.
    return set.keys.every(isJsonObject) ? (set.keys as KeySet['keys']) : undefined
  } catch {
    return undefined
  }
}

/** @returns undefined if the client has no key, so that it can't authenticate. */
export function clientKeysOf({
  publicKeyLocation,
  jwkSet,
  jwksUri,
}: ClientKeys): { jwks: KeySet } | { jwks_uri: string } | undefined {
  if (publicKeyLocation === 'jwks') {
    const keys = keysIn(jwkSet ?? '')
    return keys === undefined ? undefined : { jwks: { keys } }
  }
  if (publicKeyLocation !== 'jwks_uri' || !jwksUri) return undefined
  return { jwks_uri: jwksUri }
}

/** The algorithm that a client must use. Undefined: any that fits its keys. */
export function assertionAlgorithmOf(
  { tokenEndpointAuthSigningAlgorithm: named }: ClientKeys,
  method: string,
): (typeof assertionAlgorithms)[number] | undefined {
  const found = assertionAlgorithms.find((algorithm) => algorithm === named)
  // Documents of the vendor name RS256 even if the client signs with its secret.
  return found?.startsWith('HS') === (method === 'client_secret_jwt') ? found : undefined
}
