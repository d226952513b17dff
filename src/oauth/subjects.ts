import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import type { KeyRing } from '../secrets/key-ring.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { oauthClientSchema } from './client-document.ts'
import { cibaGrantType, deviceGrantType } from './endpoints.ts'
import { oauthKeyRows } from './signing-keys.ts'

type ClientDocument = z.infer<typeof oauthClientSchema>

/**
 * The sector of a client that knows people by pairwise subjects: clients of one sector know them by the same ones. Undefined for
 * all other clients. Source: OpenID Connect Core, section 8.1.
 */
export function sectorOf({
  coreOAuth2ClientConfig: core,
  advancedOAuth2ClientConfig: advanced,
}: ClientDocument): string | undefined {
  if (advanced.subjectType !== 'pairwise') return undefined
  return URL.parse(advanced.sectorIdentifierUri || (core.redirectionUris[0] ?? ''))?.host ?? ''
}

/** @returns a reason why pairwise subjects can't be configured so. */
export function faultOfSubjects({
  coreOAuth2ClientConfig: core,
  advancedOAuth2ClientConfig: advanced,
  signEncOAuth2ClientConfig: keys,
}: ClientDocument): string | undefined {
  const { sectorIdentifierUri: uri, subjectType, grantTypes } = advanced
  if (uri && URL.parse(uri)?.protocol !== 'https:') return 'must be an https URL'
  if (subjectType !== 'pairwise') return undefined
  const isOutOfBand = [cibaGrantType, deviceGrantType].some((type) => grantTypes.includes(type))
  const hasKeys = advanced.tokenEndpointAuthMethod === 'private_key_jwt' && Boolean(keys.jwksUri)
  if (isOutOfBand && !hasKeys)
    return 'pairwise subjects of CIBA and the device flow need private_key_jwt with jwksUri'
  const hosts = new Set(core.redirectionUris.map((address) => URL.parse(address)?.host ?? ''))
  const isUnclear = hosts.size !== 1 || hosts.has('') || isOutOfBand
  return isUnclear && !uri
    ? 'pairwise subjects need it, unless all redirection URIs have one host'
    : undefined
}

/**
 * Pairwise subjects of people, one for each sector. A subject is the person's id, encrypted with a secret of the realm, so that
 * the server recognises it without a list, and nobody else can compare those of two sectors.
 */
export class PairwiseSubjects {
  readonly #secrets: Pick<SecretStore, 'saveIfAbsent' | 'read'>
  readonly #keyRing: KeyRing
  readonly #keys = new Map<string, Promise<Buffer>>()

  constructor({ secrets, keyRing }: { secrets: SecretStore; keyRing: KeyRing }) {
    this.#secrets = secrets
    this.#keyRing = keyRing
  }

  async subjectOf(realm: string, sector: string | undefined, personId: string): Promise<string> {
    if (sector === undefined) return personId
    const key = await this.#keyOf(realm)
    const tag = tagOf(key, sector, personId)
    const cipher = createCipheriv('aes-256-ctr', encryptionKey(key), tag)
    return Buffer.concat([tag, cipher.update(personId, 'utf8'), cipher.final()]).toString('base64url')
  }

  /** @returns undefined for what is no subject of this sector. */
  async personOf(realm: string, sector: string | undefined, subject: string): Promise<string | undefined> {
    const bytes = Buffer.from(subject, 'base64url')
    if (sector === undefined || bytes.length <= tagBytes || bytes.length > 1000) return undefined
    const key = await this.#keyOf(realm)
    const tag = bytes.subarray(0, tagBytes)
    const cipher = createDecipheriv('aes-256-ctr', encryptionKey(key), tag)
    const personId = Buffer.concat([cipher.update(bytes.subarray(tagBytes)), cipher.final()]).toString('utf8')
    return timingSafeEqual(tag, tagOf(key, sector, personId)) ? personId : undefined
  }

  /** Made at first use, and never replaced: applications know people by it. */
  #keyOf(realm: string): Promise<Buffer> {
    const known = this.#keys.get(realm)
    if (known !== undefined) return known
    // In the rows of the signing keys, which are sealed again when the keys of the installation change.
    const [sealer, name] = [this.#keyRing.sealer(oauthKeyRows), `${oauthKeyRows} subjects ${realm}`]
    const read = async () => {
      const stored = await this.#secrets.read(name)
      const sealed =
        stored ?? (await this.#secrets.saveIfAbsent(name, sealer.seal(randomBytes(32).toString('base64url'))))
      return Buffer.from(sealer.open(sealed), 'base64url')
    }
    const made = read()
    this.#keys.set(realm, made)
    made.catch(() => this.#keys.delete(realm))
    return made
  }
}

const tagBytes = 16

function encryptionKey(key: Buffer): Buffer {
  return createHmac('sha256', key).update('encryption').digest()
}

/** Proves sector and person, and is the initial vector: the same person gets the same subject (RFC 5297). */
function tagOf(key: Buffer, sector: string, personId: string): Buffer {
  const text = JSON.stringify(['tag', sector, personId])
  return createHmac('sha256', key).update(text).digest().subarray(0, tagBytes)
}
