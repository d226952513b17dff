import type { NodeState } from '../../engine/node-state.ts'

/** The client's certificates in PEM. */
export const certificateKey = 'X509Certificate'
/** A copy of them, once they were found valid. */
export const validCertificateKey = 'X509CertificateValidated'

/** The certificates that a Certificate Collector node found. Shared state, which requests can reach, doesn't count. */
export function certificateIn(state: NodeState, key = certificateKey): string | undefined {
  const value = state.getText(key)
  // rule S39: otherwise a certificate in shared state counts
  return Object.hasOwn(state.snapshot().shared, key) ? undefined : value
}
