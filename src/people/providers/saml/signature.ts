import { constants, createHash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { saml } from './bindings.ts'
import { attributeOf, childrenNamed, normalised, parseDom } from './dom.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'
const encryption = 'http://www.w3.org/2001/04/xmlenc#'

type Algorithm = { hash: string; keyType: 'rsa' | 'ec'; isPss?: boolean }

/** Source: "XML Signature Syntax and Processing Version 1.1", 6.1, and RFC 9231. */
const algorithms: Readonly<Record<string, Algorithm>> = Object.fromEntries(
  ['sha256', 'sha384', 'sha512'].flatMap((hash): [string, Algorithm][] => [
    [`${more}rsa-${hash}`, { hash, keyType: 'rsa' }],
    [`${more}ecdsa-${hash}`, { hash, keyType: 'ec' }],
    [`${pss}${hash}-rsa-MGF1`, { hash, keyType: 'rsa', isPss: true }],
  ]),
)

const digests: Readonly<Record<string, string>> = {
  [`${encryption}sha256`]: 'sha256',
  [`${more}sha384`]: 'sha384',
  [`${encryption}sha512`]: 'sha512',
}

/**
 * Verifies bytes with one of an entity's keys.
 * @param certificates in base64, of the entity that must have signed.
 */
export function isSignedBy(
  certificates: readonly string[],
  { algorithm, text, signature }: { algorithm: string; text: string; signature: string },
): boolean {
  return certificates.some((certificate) => {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    return isValid(supported(algorithm), publicKey, text, signature)
  })
}

function isValid({ hash, keyType, isPss }: Algorithm, key: KeyObject, text: string, signature: string) {
  // The algorithm is the sender's choice, and must fit the key.
  if (key.asymmetricKeyType !== keyType) return false
  const padding = isPss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {}
  // XML signatures have both numbers of an ECDSA signature one after the other.
  const options = { key, dsaEncoding: 'ieee-p1363', ...padding } as const
  return verify(hash, Buffer.from(text), options, Buffer.from(signature, 'base64'))
}

function supported(name: string): Algorithm {
  const found = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined
  return found ?? unsupported(name)
}

function unsupported(name: string): never {
  if (name.endsWith('sha1')) throw new Error('signatures with SHA-1 are not accepted')
  throw new Error(`the signature algorithm ${name} isn't supported`)
}

/** @throws Error that names the first algorithm of any signature in the message that isn't supported. */
export function checkAlgorithms(root: Element): void {
  for (const signature of Array.from(root.getElementsByTagNameNS(saml.signature, 'Signature'))) {
    for (const method of Array.from(signature.getElementsByTagNameNS(saml.signature, 'SignatureMethod'))) {
      supported(attributeOf(method, 'Algorithm') ?? 'without a name')
    }
    for (const method of Array.from(signature.getElementsByTagNameNS(saml.signature, 'DigestMethod'))) {
      const name = attributeOf(method, 'Algorithm') ?? 'without a name'
      if (!Object.hasOwn(digests, name)) unsupported(name)
    }
  }
}

/**
 * The element as its signature covers it, parsed from the signed bytes: callers read nothing else. Its signature must be its
 * child, and refer to it alone.
 *
 * @param xml the message, and `element` a part of it, from `parseDom`.
 * @returns undefined if the element has no signature.
 * @throws Error if it has an invalid one.
 */
export function verifiedElement(
  xml: string,
  element: Element,
  certificates: readonly string[],
): Element | undefined {
  const [signature, another] = childrenNamed(element, saml.signature, 'Signature')
  if (signature === undefined) return undefined
  if (another !== undefined) throw new Error(`${element.localName} has more than one signature`)
  const id = attributeOf(element, 'ID') ?? ''
  for (const certificate of certificates) {
    const signed = signedBytes(normalised(xml), signature, certificate)
    const root = signed === undefined ? undefined : parseDom(signed)
    // The library accepts no document in which two elements have the same id.
    if (root !== undefined && attributeOf(root, 'ID') === id) return root
  }
  throw new Error(`the signature of ${element.localName} is invalid: no key in the provider's metadata fits`)
}

/** The bytes that the signature covers, of one element, if the certificate's key made it. */
function signedBytes(xml: string, signature: Element, certificate: string): string | undefined {
  const transforms = Array.from(signature.getElementsByTagNameNS(saml.signature, 'Transform'))
  // Enveloped, and canonicalization.
  if (transforms.length > 2) throw new Error('the signature has too many transforms')
  // Keys come from metadata only. Without an option, the library doesn't read KeyInfo.
  const library = new SignedXml({ publicCert: certificate })
  library.SignatureAlgorithms = Object.fromEntries(
    Object.keys(algorithms).map((name) => [name, verifierOf(name, certificate)]),
  ) as typeof library.SignatureAlgorithms // Its index type has the names that it knows itself.
  library.HashAlgorithms = Object.fromEntries(
    Object.entries(digests).map(([name, hash]) => [name, digestOf(name, hash)]),
  ) as typeof library.HashAlgorithms
  try {
    library.loadSignature(signature)
    if (!library.checkSignature(xml)) return undefined
    return library.getSignedReferences()[0]
  } catch {
    return undefined
  }
}

function verifierOf(name: string, certificate: string) {
  return class {
    getSignature = (): string => {
      throw new Error('verifies only')
    }
    verifySignature = (text: string, _key: unknown, signature: string): boolean =>
      isSignedBy([certificate], { algorithm: name, text, signature })
    getAlgorithmName = () => name
  }
}

function digestOf(name: string, hash: string) {
  return class {
    getHash = (xml: string) => createHash(hash).update(xml, 'utf8').digest('base64')
    getAlgorithmName = () => name
  }
}
