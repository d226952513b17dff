import { constants, createDecipheriv, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto'
import { attributeOf, childNamed, childrenNamed, textOf } from './dom.ts'

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'

/** Modes that detect changes. Without them, answers about altered assertions would tell their content. */
const contentAlgorithms: Readonly<Record<string, 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm'>> = {
  [`${xmlenc11}aes128-gcm`]: 'aes-128-gcm',
  [`${xmlenc11}aes192-gcm`]: 'aes-192-gcm',
  [`${xmlenc11}aes256-gcm`]: 'aes-256-gcm',
}

/** The key transport with the fixed mask MGF1 with SHA-1, and the one of XML Encryption 1.1. */
export const oaepMgf1p = `${xmlenc}rsa-oaep-mgf1p`
export const oaep11 = `${xmlenc11}rsa-oaep`

/** Content algorithms that we announce, the preferred one first. */
export const announcedContentAlgorithms = [`${xmlenc11}aes256-gcm`, `${xmlenc11}aes128-gcm`]

const hashes: Readonly<Record<string, string>> = {
  [`${xmldsig}sha1`]: 'sha1',
  [`${xmlenc}sha256`]: 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  [`${xmlenc}sha512`]: 'sha512',
  ...Object.fromEntries(
    ['sha1', 'sha256', 'sha384', 'sha512'].map((hash) => [`${xmlenc11}mgf1${hash}`, hash]),
  ),
}

const ivBytes = 12
const tagBytes = 16

/**
 * Decrypts an `EncryptedAssertion`. Source: "XML Encryption Syntax and Processing Version 1.1".
 *
 * @param keys of the service provider. The element says nothing trustworthy about which one fits.
 * @returns the XML of the assertion, not yet checked.
 * @throws Error that names an algorithm that isn't supported. All other failures have the same message, and take the same path.
 */
export function decryptedAssertion(encrypted: Element, keys: readonly KeyObject[]): string {
  const data = only(encrypted, 'EncryptedData')
  const [wrapped, another] = Array.from(encrypted.getElementsByTagNameNS(xmlenc, 'EncryptedKey'))
  if (wrapped === undefined || another !== undefined) {
    throw new Error('the assertion must be encrypted with exactly one EncryptedKey')
  }
  const algorithm = contentAlgorithmOf(only(data, 'EncryptionMethod'))
  const contentKey = unwrapped(wrapped, keys, Number(algorithm.slice(4, 7)) / 8)
  const bytes = cipherValue(data)
  try {
    const options = { authTagLength: tagBytes }
    const decipher = createDecipheriv(algorithm, contentKey, bytes.subarray(0, ivBytes), options)
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new Error('the assertion cannot be decrypted')
  }
}

function contentAlgorithmOf(method: Element) {
  const name = attributeOf(method, 'Algorithm') ?? ''
  const algorithm = Object.hasOwn(contentAlgorithms, name) ? contentAlgorithms[name] : undefined
  return algorithm ?? unsupported(name)
}

/** The key of the content. A random one if none of our keys unwraps it, so that the failure comes later, as for an altered text. */
function unwrapped(wrapped: Element, keys: readonly KeyObject[], length: number): Buffer {
  const method = only(wrapped, 'EncryptionMethod')
  const oaepHash = hashOf(method)
  const label = childNamed(method, xmlenc, 'OAEPparams')
  const oaepLabel = label === undefined ? {} : { oaepLabel: Buffer.from(textOf(label), 'base64') }
  const value = cipherValue(wrapped)
  const found = keys.map((key) => {
    try {
      return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash, ...oaepLabel }, value)
    } catch {
      return undefined
    }
  })
  return found.find((key) => key !== undefined) ?? randomBytes(length)
}

/** The hash of OAEP, which must be that of its mask: the platform has no other. */
function hashOf(method: Element): string {
  const name = attributeOf(method, 'Algorithm') ?? ''
  if (name !== oaepMgf1p && name !== oaep11) return unsupported(name)
  const named = (element: Element | undefined, usual: string) => {
    const algorithm = (element && attributeOf(element, 'Algorithm')) ?? usual
    return (Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined) ?? unsupported(algorithm)
  }
  const digest = named(childNamed(method, xmldsig, 'DigestMethod'), `${xmldsig}sha1`)
  const mask = childNamed(method, xmlenc11, 'MGF')
  const maskDigest = named(name === oaep11 ? mask : undefined, `${xmlenc11}mgf1sha1`)
  if (digest !== maskDigest) {
    throw new Error(`RSA-OAEP with the digest ${digest} and the mask MGF1 with ${maskDigest} isn't supported`)
  }
  return digest
}

function cipherValue(element: Element): Buffer {
  const data = only(element, 'CipherData')
  return Buffer.from(textOf(only(data, 'CipherValue')), 'base64')
}

function only(parent: Element, name: string): Element {
  const [element, another] = childrenNamed(parent, xmlenc, name)
  if (element !== undefined && another === undefined) return element
  throw new Error(`${parent.localName} must have exactly one ${name}`)
}

function unsupported(name: string): never {
  throw new Error(`the encryption algorithm ${name} isn't supported`)
}
