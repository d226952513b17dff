import { generateKeyPair as generateKeyPairCallback, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { type Generation, KeyGenerations, type KeyNeeds, keySchema } from '../secrets/key-generations.ts'
import { signingAlgorithms } from './endpoints.ts'

const generateKeyPair = promisify(generateKeyPairCallback)

/** Name prefix of the stored keys. */
export const oauthKeyRows = 'oauth signing keys'

/** Private keys as a JSON Web Key Set. The first key of each algorithm signs. */
export type SigningKeys = { keys: Generation['keys'] }

export function keySetOf(published: readonly Generation[]): SigningKeys {
  return { keys: published.flatMap(({ keys }) => keys) }
}

/** The signing keys of each realm: a key for each of {@link signingAlgorithms}. */
export class SigningKeyStore extends KeyGenerations {
  constructor(needs: KeyNeeds) {
    const purpose = { rows: oauthKeyRows, newKeys, rotateAfterMs: 90 * 24 * 3_600_000, freshMs: 60_000 }
    super(needs, { ...purpose, isComplete })
  }
}

/** Generations of older versions have no key for PS256. */
function isComplete({ keys }: Generation): boolean {
  return signingAlgorithms.every((algorithm) => keys.some(({ alg }) => alg === algorithm))
}

async function newKeys(): Promise<Generation['keys']> {
  return Promise.all(
    signingAlgorithms.map(async (alg) => {
      const { privateKey } = await (alg === 'ES256'
        ? generateKeyPair('ec', { namedCurve: 'P-256' })
        : generateKeyPair('rsa', { modulusLength: 2048 }))
      return keySchema.parse({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg, use: 'sig' })
    }),
  )
}
