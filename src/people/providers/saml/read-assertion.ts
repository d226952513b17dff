import type { KeyObject } from 'node:crypto'
import { defined } from '../../../base/defined.ts'
import { saml } from './bindings.ts'
import { attributeOf, childNamed, childrenNamed, childrenOf, textOf } from './dom.ts'
import type { IdpMetadata } from './metadata.ts'

/** Statements that the identity provider has signed. Times are epoch milliseconds. */
export type VerifiedAssertion = {
  idp: string
  /** Its id, unique for the provider, and the time from which it can't be used. */
  id: string
  usableUntil: number
  /** The id of the request that it responds to. Empty: nobody asked. */
  inResponseTo: string
  nameId: { value: string; format: string; nameQualifier: string; spNameQualifier: string }
  sessionIndex: string
  attributes: Record<string, string[]>
  /** When and how the person authenticated, by class and by declaration. */
  authnInstant: number
  contextClass: string
  contextDeclaration: string
  /** When the provider's session ends. */
  sessionEndsAt?: number
}

export type Expected = {
  idp: IdpMetadata
  /** The entity id for which the assertion must be meant. */
  audience: string
  consumer: string
  skewSeconds: number
  /** Epoch milliseconds. */
  now: number
  /** Whether the browser brought the response. One behind an artifact needs no destination. */
  isByBrowser: boolean
  /** Private keys that decrypt assertions. */
  spKeys: readonly KeyObject[]
  isEncryptionRequired: boolean
  /** The parts that must bear a signature of their own. At least one always must. */
  mustSign: { assertion: boolean; response: boolean }
  /** Whether sign-in may start at the identity provider, with a response to no request. */
  mayStartThere: boolean
}

/** Source: "Assertions and Protocols for SAML 2.0", 2.3 to 2.7. */
export function statementsIn(assertion: Element, expected: Expected): VerifiedAssertion {
  checkVersion(assertion)
  checkIssuer(childNamed(assertion, saml.assertion, 'Issuer'), expected.idp)
  const subject = childNamed(assertion, saml.assertion, 'Subject')
  if (subject === undefined) throw new Error('the assertion has no subject')
  checkConditions(childNamed(assertion, saml.assertion, 'Conditions'), expected)
  return {
    idp: expected.idp.entityId,
    id: attributeOf(assertion, 'ID') ?? '',
    ...confirmedIn(subject, expected),
    nameId: nameIdIn(subject),
    ...authenticationIn(assertion, expected),
    attributes: attributesIn(assertion),
  }
}

const bearerOf = (subject: Element) =>
  childrenNamed(subject, saml.assertion, 'SubjectConfirmation').filter(
    (one) => attributeOf(one, 'Method') === saml.bearer,
  )

/**
 * Checks the bearer's confirmation. Source: "Profiles for SAML 2.0", 4.1.4.2.
 */
function confirmedIn(subject: Element, expected: Expected): Confirmation {
  const found = bearerOf(subject).map((confirmation): Confirmation | { problem: string } => {
    const data = childNamed(confirmation, saml.assertion, 'SubjectConfirmationData')
    try {
      return confirmedBy(data, expected)
    } catch (error) {
      return { problem: error instanceof Error ? error.message : 'it is invalid' }
    }
  })
  const best = found.find((one) => 'usableUntil' in one) ?? found[0]
  if (best !== undefined && 'usableUntil' in best) return best
  throw new Error(best?.problem ?? 'the assertion has no bearer confirmation')
}

type Confirmation = Pick<VerifiedAssertion, 'inResponseTo' | 'usableUntil'>

function confirmedBy(data: Element | undefined, expected: Expected): Confirmation {
  const recipient = data && attributeOf(data, 'Recipient')
  if (data === undefined || recipient !== expected.consumer) {
    throw new Error(
      `the assertion has another recipient: ${recipient ?? '(none)'}, expected ${expected.consumer}`,
    )
  }
  const until = timeIn(data, 'NotOnOrAfter')
  if (until === undefined) throw new Error('the confirmation has no NotOnOrAfter')
  checkPeriod(data, 'the confirmation', expected)
  const inResponseTo = attributeOf(data, 'InResponseTo') ?? ''
  // rule S74: otherwise a sign-in starts at the provider although the service provider names no journey for it
  if (inResponseTo === '' && !expected.mayStartThere) {
    throw new Error('the response is unsolicited (no InResponseTo): sign-in starts here, with a journey')
  }
  return { inResponseTo, usableUntil: until + expected.skewSeconds * 1000 }
}

function nameIdIn(subject: Element): VerifiedAssertion['nameId'] {
  if (childNamed(subject, saml.assertion, 'EncryptedID') !== undefined) {
    throw new Error("encrypted name ids (EncryptedID) aren't supported")
  }
  const nameId = childNamed(subject, saml.assertion, 'NameID')
  const value = textOf(nameId)
  if (nameId === undefined || value === '') throw new Error('the assertion has no name id')
  return {
    value,
    format: attributeOf(nameId, 'Format') ?? '',
    nameQualifier: attributeOf(nameId, 'NameQualifier') ?? '',
    spNameQualifier: attributeOf(nameId, 'SPNameQualifier') ?? '',
  }
}

const knownConditions = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'])

/** A condition that isn't understood makes an assertion invalid. Source: "Assertions and Protocols for SAML 2.0", 2.5.1. */
function checkConditions(conditions: Element | undefined, { audience, skewSeconds, now }: Expected): void {
  if (conditions === undefined) throw new Error('the assertion has no conditions')
  checkPeriod(conditions, 'the assertion', { skewSeconds, now })
  for (const { localName, namespaceURI } of childrenOf(conditions)) {
    if (namespaceURI !== saml.assertion || !knownConditions.has(localName)) {
      throw new Error(`the assertion has an unknown condition: ${localName}`)
    }
  }
  const restrictions = childrenNamed(conditions, saml.assertion, 'AudienceRestriction')
  if (restrictions.length === 0) throw new Error('the assertion names no audience')
  for (const restriction of restrictions) {
    const audiences = childrenNamed(restriction, saml.assertion, 'Audience').map((one) => textOf(one).trim())
    if (!audiences.includes(audience)) {
      throw new Error(`audience mismatch: ${audiences.join(', ')}, expected ${audience}`)
    }
  }
}

/** @throws Error before `NotBefore`, and from `NotOnOrAfter` on. */
function checkPeriod(
  element: Element,
  what: string,
  { skewSeconds, now }: Pick<Expected, 'skewSeconds' | 'now'>,
) {
  const [from, until] = ['NotBefore', 'NotOnOrAfter'].map((name) => timeIn(element, name))
  if (from !== undefined && now + skewSeconds * 1000 < from) throw new Error(`${what} is not yet valid`)
  if (until !== undefined && now - skewSeconds * 1000 >= until) throw new Error(`${what} has expired`)
}

/** @throws Error for a time that is unreadable. */
export function timeIn(element: Element, name: string): number | undefined {
  const text = attributeOf(element, name)
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new Error(`${element.localName} has a ${name} that is no time`)
  return time
}

/** The statements about how and when the person authenticated. */
function authenticationIn(
  assertion: Element,
  { skewSeconds, now }: Expected,
): Pick<
  VerifiedAssertion,
  'sessionIndex' | 'authnInstant' | 'contextClass' | 'contextDeclaration' | 'sessionEndsAt'
> {
  const statements = childrenNamed(assertion, saml.assertion, 'AuthnStatement')
  const [first] = statements
  if (first === undefined) throw new Error('the assertion has no authentication statement')
  const ends = statements.flatMap((one) => timeIn(one, 'SessionNotOnOrAfter') ?? [])
  const sessionEndsAt = ends.length === 0 ? undefined : Math.min(...ends)
  if (sessionEndsAt !== undefined && now - skewSeconds * 1000 >= sessionEndsAt) {
    throw new Error('the session of the identity provider has ended (SessionNotOnOrAfter)')
  }
  const authnInstant = timeIn(first, 'AuthnInstant')
  if (authnInstant === undefined) throw new Error('the authentication statement has no AuthnInstant')
  const context = childNamed(first, saml.assertion, 'AuthnContext')
  const reference = (name: string) => textOf(context && childNamed(context, saml.assertion, name)).trim()
  return {
    sessionIndex: attributeOf(first, 'SessionIndex') ?? '',
    authnInstant,
    contextClass: reference('AuthnContextClassRef'),
    contextDeclaration: reference('AuthnContextDeclRef'),
    ...defined({ sessionEndsAt }),
  }
}

/** Attributes with text. Attributes with XML, and empty ones, are left out. */
function attributesIn(assertion: Element): Record<string, string[]> {
  const found = new Map<string, string[]>()
  const attributes = childrenNamed(assertion, saml.assertion, 'AttributeStatement').flatMap((statement) =>
    childrenNamed(statement, saml.assertion, 'Attribute'),
  )
  for (const attribute of attributes) {
    const texts = childrenNamed(attribute, saml.assertion, 'AttributeValue')
      .filter((value) => childrenOf(value).length === 0)
      .map(textOf)
      .filter((text) => text !== '')
    const name = attributeOf(attribute, 'Name') ?? ''
    if (texts.length > 0) found.set(name, [...(found.get(name) ?? []), ...texts])
  }
  return Object.fromEntries(found)
}

/** @throws Error for another version of SAML. */
export function checkVersion(message: Element): void {
  const version = attributeOf(message, 'Version')
  if (version !== '2.0')
    throw new Error(`${message.localName} has the version ${version ?? '(none)'}, expected 2.0`)
}

export function checkIssuer(issuer: Element | undefined, { entityId }: IdpMetadata): void {
  const name = textOf(issuer).trim()
  if (name !== entityId) throw new Error(`the assertion has another issuer: ${name}, expected ${entityId}`)
}
