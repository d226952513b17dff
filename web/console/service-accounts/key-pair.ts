import type { PublicKey } from '../../api/service-accounts.ts'

/** `privateJwk` is JSON text, as the vendor's tools read it from a file. */
export type KeyPair = { publicKey: PublicKey; privateJwk: string }

const publicExponent = new Uint8Array([1, 0, 1])

/** Browsers offer cryptography only to pages over TLS, and on this machine. */
export function canMakeKeys(): boolean {
  return globalThis.isSecureContext && 'subtle' in crypto
}

/** Makes an RSA key in the browser. RSA, because frodo signs with RS256 whatever the key says. */
export async function makeKeyPair(): Promise<KeyPair> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 3072, publicExponent, hash: 'SHA-256' }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { n = '', e = '', ...others } = await crypto.subtle.exportKey('jwk', privateKey)
  const { d, p, q, dp, dq, qi } = others
  const publicKey = { kty: 'RSA', kid: crypto.randomUUID(), use: 'sig', alg: 'RS256', n, e }
  return { publicKey, privateJwk: JSON.stringify({ ...publicKey, d, p, q, dp, dq, qi }) }
}

/** What identifies a key for people: its id, or else its type. */
export function keyName({ kid, kty }: PublicKey): string {
  return typeof kid === 'string' && kid !== ''
    ? kid
    : `${typeof kty === 'string' ? kty : 'Key'} without an id`
}

/** Name of the file that the private key is downloaded as. */
export function keyFileName(accountName: string): string {
  return `${accountName.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'service-account'}.jwk`
}

/** The command that stores the account in a connection of frodo. */
export function frodoCommand(id: string, accountName: string, origin: string): string {
  return `frodo conn save --sa-id ${id} --sa-jwk-file ${keyFileName(accountName)} ${origin}/am`
}
