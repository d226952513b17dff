import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import { isJsonObject, type JsonObject, jsonObjectSchema, parsedJson } from '../base/json.ts'
import { adminScopeNames, idleScopeNames } from './admin-scopes.ts'
import { isPrivateKey } from './jwk-members.ts'

const maxKeys = 10
const minRsaBits = 2048

/** A program that administers the server. It proves with a key that it holds the account. */
export const serviceAccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  isActive: z.boolean(),
  scopes: z.array(z.string()),
  /** Public keys as JWK. */
  keys: z.array(jsonObjectSchema),
  /** Epoch milliseconds. */
  createdAt: z.number(),
})

export type ServiceAccount = z.infer<typeof serviceAccountSchema>

export interface ServiceAccountStore {
  all(): Promise<ServiceAccount[]>
  read(id: string): Promise<ServiceAccount | undefined>
  /** @returns false if the id is taken: of concurrent calls, one succeeds. */
  create(account: ServiceAccount): Promise<boolean>
  /**
   * Changes an account, except its id and time of creation.
   * @returns false if it is not stored as it was `before`: of concurrent changes, one succeeds.
   */
  replace(before: ServiceAccount, account: ServiceAccount): Promise<boolean>
  remove(id: string): Promise<boolean>
}

const line = (most: number) =>
  z
    .string('must be text')
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'must be one line without control characters')

const knownScopes = [...adminScopeNames, ...idleScopeNames]

const scope = z
  .string()
  .refine((name) => knownScopes.includes(name), `must be one of ${adminScopeNames.join(', ')}`)

/** The members that the vendor's tools send. The key set is JSON text there. */
export const serviceAccountDocument = z.object({
  name: line(255).min(1, 'must not be empty'),
  description: line(1000).default(''),
  accountStatus: z.enum(['active', 'inactive'], 'must be active or inactive').default('active'),
  scopes: z
    .array(scope, 'must be a list of scopes')
    .min(1, 'must name a scope')
    .transform((names) => [...new Set(names)]),
  jwks: z.preprocess(parsedText, z.object({ keys: keyList() }, 'must be a JSON Web Key Set')),
})

function parsedText(value: unknown): unknown {
  return typeof value === 'string' ? parsedJson(value) : value
}

function keyList() {
  const key = jsonObjectSchema.superRefine((jwk, context) => {
    const problem = problemOf(jwk)
    if (problem !== undefined) context.addIssue(problem)
  })
  return z
    .array(key, 'must be a list of keys')
    .min(1, 'must contain a key')
    .max(maxKeys, `can contain ${maxKeys} keys`)
}

/** Members of a public key. Others, such as `key_ops`, would only forbid to verify with it. */
const publicMembers = ['kty', 'n', 'e', 'crv', 'x', 'y', 'kid', 'alg', 'use']

export function publicPart(jwk: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => publicMembers.includes(name)))
}

/** The bits of each supported type of key; others can't sign an assertion. */
function problemOf(jwk: JsonObject): string | undefined {
  // rule S33: otherwise the server stores private keys
  if (isPrivateKey(jwk)) {
    return 'must be a public key: keep the private key, and make a new one if you sent it over an untrusted line'
  }
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({
      key: publicPart(jwk),
      format: 'jwk',
    })
    const isRsa = asymmetricKeyType === 'rsa'
    if (isRsa && (asymmetricKeyDetails?.modulusLength ?? 0) < minRsaBits) {
      return `must have at least ${minRsaBits} bits`
    }
    if (isRsa || asymmetricKeyType === 'ec' || asymmetricKeyType === 'ed25519') return undefined
  } catch {
    // Not a key: the text below says what is expected.
  }
  return 'must be a public key of type RSA, EC or Ed25519'
}

/** The account as the vendor's tools read it. */
export function toManagedObject(account: ServiceAccount): JsonObject {
  const { id, name, description, isActive, scopes, keys } = account
  return {
    _id: id,
    name,
    description,
    accountStatus: isActive ? 'active' : 'inactive',
    scopes,
    jwks: JSON.stringify({ keys }),
  }
}

/** @throws z.ZodError if the document has no valid content; callers parse it before. */
export function accountOf(
  { accountStatus, jwks, ...others }: z.output<typeof serviceAccountDocument>,
  { id, createdAt }: Pick<ServiceAccount, 'id' | 'createdAt'>,
): ServiceAccount {
  const keys = jwks.keys.filter(isJsonObject).map(publicPart)
  return { id, ...others, isActive: accountStatus === 'active', keys, createdAt }
}
