import type { KeyRing } from '../secrets/key-ring.ts'
import { createSealer, type Sealer } from '../secrets/seal.ts'

/** Seals client secrets. Not hashed, because `oidc-provider` compares the secret itself. */
export function clientSecretSealer(keyRing: KeyRing): Sealer {
  return createSealer(keyRing.derive('oauth client secrets'))
}
