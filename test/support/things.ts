import type { JWK } from 'jose'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export type Thing = Awaited<ReturnType<typeof makeThing>>

/** A device with a key, which signs like the vendor's SDK for things. */
export async function makeThing(name: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return thingWith(name, privateKey, await exportJWK(publicKey), alg)
}

/** @param key its public key */
export function thingWith(name: string, privateKey: Parameters<SignJWT['sign']>[0], key: JWK, alg = 'ES256') {
  const jwk: JWK = { ...key, kid: `${name}-key`, use: 'sig' }
  const sign = (claims: object, header: object = {}) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, ...header }).sign(privateKey)
  const times = (now: number) => ({ iat: Math.floor(now / 1000), exp: Math.floor(now / 1000) + 300 })
  return {
    name,
    jwk,
    sign,
    /** Answers the challenge of an Authenticate Thing node. @param changes wrong claims for a test */
    authenticate: (nonce: string, now: number, changes: object = {}) =>
      sign({ sub: name, aud: '/alpha', ...times(now), nonce, cnf: { kid: jwk.kid }, ...changes }),
    /** A client assertion for an Authenticate Thing node. */
    assert: (audience: string, now: number, changes: object = {}) =>
      sign({ sub: name, iss: name, aud: audience, ...times(now), ...changes }, { kid: jwk.kid }),
    /** Answers the challenge of a Register Thing node. */
    register: (nonce: string, now: number, changes: object = {}) =>
      sign({ sub: name, aud: '/alpha', ...times(now), nonce, thingType: 'device', cnf: { jwk }, ...changes }),
  }
}
