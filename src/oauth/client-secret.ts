import type { KeyRing, RingSealer } from '../secrets/key-ring.ts'

/** Seals client secrets. Not hashed, because `oidc-provider` compares the secret itself. */
export function clientSecretSealer(keyRing: KeyRing): RingSealer {
  return keyRing.sealer('oauth client secrets')
}
