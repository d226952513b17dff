import { generateKeyPair as generateKeyPairCallback } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { KeyRing } from '../secrets/key-ring.ts'
import { createSealer } from '../secrets/seal.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

const generateKeyPair = promisify(generateKeyPairCallback)

const jwksSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), alg: z.string(), use: z.literal('sig') })).min(1),
})

/** Private keys as a JSON Web Key Set. */
export type SigningKeys = z.infer<typeof jwksSchema>

/** A realm's keys for RS256 and ES256: made at first use, then kept, the same on every server. */
export async function signingKeys(
  realm: string,
  secrets: SecretStore,
  keyRing: KeyRing,
): Promise<SigningKeys> {
  const name = `oauth signing keys ${realm}`
  const sealer = createSealer(keyRing.derive('oauth signing keys'))
  const kept = await secrets.read(name)
  const sealed = kept ?? (await secrets.saveIfAbsent(name, sealer.seal(JSON.stringify(await newKeys()))))
  return jwksSchema.parse(JSON.parse(sealer.open(sealed)))
}

async function newKeys(): Promise<SigningKeys> {
  const [rsa, ec] = await Promise.all([
    generateKeyPair('rsa', { modulusLength: 2048 }),
    generateKeyPair('ec', { namedCurve: 'P-256' }),
  ])
  const jwk = (pair: typeof rsa, alg: string) => ({
    ...pair.privateKey.export({ format: 'jwk' }),
    alg,
    use: 'sig',
  })
  return jwksSchema.parse({ keys: [jwk(rsa, 'RS256'), jwk(ec, 'ES256')] })
}
