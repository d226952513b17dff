import { saml } from './bindings.ts'
import { decryptedAssertion } from './decrypt-assertion.ts'
import { attributeOf, childNamed, childrenNamed, isElement, parseDom } from './dom.ts'
import {
  checkIssuer,
  checkVersion,
  type Expected,
  statementsIn,
  type VerifiedAssertion,
} from './read-assertion.ts'
import { checkAlgorithms, verifiedElement } from './signature.ts'
import { plainText } from './xml.ts'

/**
 * Checks a response: signature of response or assertion, status, issuer, destination, audience, recipient and time. Source:
 * "Profiles for SAML 2.0", 4.1.4.3. Callers check that it belongs to their request.
 *
 * @param response base64, as received.
 * @throws Error with the reason if a check fails.
 */
export function checkResponse(response: string, expected: Expected): VerifiedAssertion {
  const { idp } = expected
  const xml = Buffer.from(response, 'base64').toString()
  const received = parseDom(xml)
  checkAlgorithms(received)
  if (!isElement(received, saml.protocol, 'Response')) throw new Error('this is not a SAML response')
  const signed = verifiedElement(xml, received, idp.certificates)
  // rule S08: otherwise a response counts that is not signed, although the service provider requires it
  if (signed === undefined && expected.mustSign.response) {
    throw new Error('the response is not signed, which the service provider requires')
  }
  const root = signed ?? received
  const inResponseTo = checkEnvelope(root, expected)
  const statement = signedAssertion(xml, root, { ...expected, isSigned: signed !== undefined })
  const found = statementsIn(statement, expected)
  if (inResponseTo !== undefined && inResponseTo !== found.inResponseTo) {
    throw new Error('the response and its assertion belong to different requests')
  }
  return found
}

/** The assertion, decrypted. It must be signed itself, unless the response is and the service provider needs no more. */
function signedAssertion(
  xml: string,
  response: Element,
  { idp, spKeys, isEncryptionRequired, isSigned, mustSign }: Expected & { isSigned: boolean },
): Element {
  const received = onlyAssertion(response)
  const isEncrypted = received.localName === 'EncryptedAssertion'
  if (!isEncrypted && isEncryptionRequired) {
    throw new Error('the assertion is not encrypted, which the service provider requires')
  }
  const text = isEncrypted ? decryptedAssertion(received, spKeys) : xml
  const assertion = isEncrypted ? parseDom(text) : received
  if (!isElement(assertion, saml.assertion, 'Assertion'))
    throw new Error('the encrypted element is no assertion')
  if (isSigned && !mustSign.assertion) return assertion
  if (isEncrypted) checkAlgorithms(assertion)
  const signed = verifiedElement(text, assertion, idp.certificates)
  if (signed === undefined) {
    // rule S08: otherwise an assertion counts that is not signed itself, although the service provider requires it
    throw new Error(
      isSigned
        ? 'the assertion is not signed itself, which the service provider requires'
        : 'neither the response nor its assertion is signed',
    )
  }
  return signed
}

/** The first issuer in the text. Every quantifier ends at the next bracket, so the search takes linear time. */
const issuerElement = /<(?:[\w.-]+:)?Issuer(?:\s[^<>]*)?>([^<]{1,4096})<\/(?:[\w.-]+:)?Issuer\s*>/

/** A signature can be inside an encrypted assertion. */
const signatureElement = /<(?:[\w.-]+:)?(?:Signature|EncryptedAssertion)[\s>]/

/**
 * The issuer named in a message, found without parsing it. It only selects the certificates to check the message with: the signed
 * issuer is compared with it.
 *
 * @throws Error if the text names no issuer.
 */
export function issuerIn(xml: string): string {
  const issuer = issuerElement.exec(xml)?.[1]?.trim()
  if (!issuer) throw new Error('the message has no issuer')
  return plainText(issuer)
}

/** The issuer named in a message that contains its signature. @throws Error if it has no issuer or no signature. */
export function issuerOfSigned(xml: string): string {
  // rule S08: otherwise a SAML message without a signature is parsed
  if (!signatureElement.test(xml)) throw new Error('the message is not signed')
  return issuerIn(xml)
}

/** Checks the parts around the assertion, signed or not. @returns the id of the request. */
function checkEnvelope(response: Element, { idp, consumer, isByBrowser }: Expected): string | undefined {
  checkVersion(response)
  const destination = attributeOf(response, 'Destination')
  if (destination === undefined ? isByBrowser : destination !== consumer) {
    throw new Error(`the response has the destination ${destination ?? '(none)'}, expected ${consumer}`)
  }
  const status = childNamed(response, saml.protocol, 'Status')
  const code = status && childNamed(status, saml.protocol, 'StatusCode')
  if (code === undefined) throw new Error('this is not a SAML response')
  const value = attributeOf(code, 'Value') ?? ''
  if (value !== saml.success) {
    // The inner code says more, and names no person.
    const inner = childNamed(code, saml.protocol, 'StatusCode')
    const names = [code, ...(inner === undefined ? [] : [inner])].map((each) =>
      (attributeOf(each, 'Value') ?? '').replace(/.*:/, ''),
    )
    throw new Error(`the identity provider responded with ${names.join(': ')}`)
  }
  const issuer = childNamed(response, saml.assertion, 'Issuer')
  if (issuer !== undefined) checkIssuer(issuer, idp)
  return attributeOf(response, 'InResponseTo')
}

function onlyAssertion(response: Element): Element {
  const [assertion, another] = ['Assertion', 'EncryptedAssertion'].flatMap((name) =>
    childrenNamed(response, saml.assertion, name),
  )
  if (assertion === undefined) throw new Error('the response has no assertion')
  if (another !== undefined) throw new Error('the response has multiple assertions')
  return assertion
}
