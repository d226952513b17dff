import { KeyGenerations, type KeyNeeds } from '../../../secrets/key-generations.ts'

/** Name prefix of the stored keys. */
export const samlKeyRows = 'saml keys'

/**
 * The keys of each hosted service provider, which sign and decrypt. They are replaced only on demand: most identity providers
 * have a copy of our metadata, and someone must renew it. Nothing is cached, so that all servers decrypt with new keys at once.
 */
export class SpKeyStore extends KeyGenerations {
  constructor(needs: KeyNeeds) {
    super(needs, {
      rows: samlKeyRows,
      newKeys: async (now) => (await import('./sp-keys.ts')).newKeys(now),
      rotateAfterMs: Number.POSITIVE_INFINITY,
      freshMs: 0,
    })
  }
}
