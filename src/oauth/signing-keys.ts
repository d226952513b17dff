import { generateKeyPair as generateKeyPairCallback, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { type Generation, KeyGenerations, type KeyNeeds, keySchema } from '../secrets/key-generations.ts'

const generateKeyPair = promisify(generateKeyPairCallback)

/** Name prefix of the stored keys. */
export const oauthKeyRows = 'oauth signing keys'

/** Private keys as a JSON Web Key Set. The first key of each algorithm signs. */
export type SigningKeys = { keys: Generation['keys'] }

export function keySetOf(published: readonly Generation[]): SigningKeys {
  return { keys: published.flatMap(({ keys }) => keys) }
}

/** The signing keys of each realm: a pair, for RS256 and ES256. */
export class SigningKeyStore extends KeyGenerations {
  constructor(needs: KeyNeeds) {
    super(needs, { rows: oauthKeyRows, newKeys, rotateAfterMs: 90 * 24 * 3_600_000, freshMs: 60_000 })
  }
}

async function newKeys(): Promise<Generation['keys']> {
  const [rsa, ec] = await Promise.all([
    generateKeyPair('rsa', { modulusLength: 2048 }),
    generateKeyPair('ec', { namedCurve: 'P-256' }),
  ])
  const jwk = (pair: typeof rsa, alg: string) =>
    keySchema.parse({ ...pair.privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg, use: 'sig' })
  return [jwk(rsa, 'RS256'), jwk(ec, 'ES256')]
}
