import { exportJWK, type generateKeyPair, SignJWT } from 'jose'

export type Pair = Awaited<ReturnType<typeof generateKeyPair>>

export type Proof = { htm?: string; htu?: string; ath?: string; nonce?: string; iat?: number; jti?: string }

/** A proof that a request comes from the holder of a key (RFC 9449). */
export async function proofBy(pair: Pair, claims: Proof, alg = 'ES256'): Promise<string> {
  const full = { htm: 'POST', jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims }
  return new SignJWT(full)
    .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk: await exportJWK(pair.publicKey) })
    .sign(pair.privateKey)
}
