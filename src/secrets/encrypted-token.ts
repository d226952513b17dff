import type { EncryptionPort } from '../nodes/ports/ports.ts'

/** Encrypts tokens for others who have the same key. Source: RFC 7518, sections 4.5 and 5.2.3. */
export const encryptedTokens: EncryptionPort = {
  async jwt(claims, key) {
    const { EncryptJWT } = await import('jose')
    return new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256' }).encrypt(key)
  },
}
