import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { parsedJson } from '../../../base/json.ts'
import { samlSessionProperty } from '../../../engine/system-properties.ts'
import type { Session } from '../../../sessions/session.ts'
import { saml } from './bindings.ts'
import { issuerIn, issuerOfSigned } from './check-response.ts'
import { attributeOf, childNamed, childrenNamed, isElement, parseDom, textOf } from './dom.ts'
import { type ServiceProvider, serviceProviderOf } from './entities.ts'
import { messageXml } from './message.ts'
import { type IdpMetadata, logoutUrl } from './metadata.ts'
import { checkIssuer, checkVersion, timeIn } from './read-assertion.ts'
import type { SamlDependencies, SamlRealm } from './saml-sign-in.ts'
import { checkAlgorithms, isSignedBy, verifiedElement } from './signature.ts'
import { type SpKeys, spKeysOf } from './sp-keys.ts'
import { transportOf } from './transport.ts'
import { trustedIdp } from './trusted-idp.ts'
import { xmlAttributes, xmlText } from './xml.ts'

const samlSessionSchema = z.object({
  metaAlias: z.string(),
  idp: z.string(),
  sessionIndex: z.string(),
  nameId: z.object({
    value: z.string(),
    format: z.string(),
    nameQualifier: z.string(),
    spNameQualifier: z.string(),
  }),
})

type SamlSession = z.infer<typeof samlSessionSchema>

/** How long a request for logout counts, in milliseconds. */
const requestMs = 300_000

/** Larger messages aren't inflated. */
const maxMessageBytes = 128 * 1024

/** Undefined also for a property that a journey has set to something else. */
function samlSessionOf({ properties }: Pick<Session, 'properties'>): SamlSession | undefined {
  return samlSessionSchema.safeParse(parsedJson(properties[samlSessionProperty] ?? '')).data
}

/**
 * The URL that ends the session of the identity provider that signed the person in: a signed `LogoutRequest`. Source:
 * "Profiles for SAML 2.0", 4.4.
 * @returns undefined for a session that no such provider signed in, and for a provider without a logout address for redirects.
 * @throws Error if one of the entities can't be used any longer.
 */
export async function logoutRequestUrl(
  from: SamlDependencies,
  realm: string,
  session: Pick<Session, 'properties'>,
): Promise<string | undefined> {
  const signedIn = samlSessionOf(session)
  const sp = signedIn && (await serviceProviderOf(from.documents, realm, signedIn.metaAlias))
  if (signedIn === undefined || sp === undefined) return undefined
  const { logout } = await trustedIdp(from, realm, sp, signedIn.idp)
  if (logout === undefined) return undefined
  const { value, format, nameQualifier, spNameQualifier } = signedIn.nameId
  const nameId = xmlAttributes({
    Format: format || undefined,
    NameQualifier: nameQualifier || undefined,
    SPNameQualifier: spNameQualifier || undefined,
  })
  const until = new Date(from.now() + requestMs).toISOString()
  const xml = messageXml(
    { name: 'LogoutRequest', issuer: sp.entityId, destination: logout.location, now: from.now() },
    { NotOnOrAfter: until },
    [
      `<saml:NameID${nameId}>${xmlText(value)}</saml:NameID>`,
      signedIn.sessionIndex === ''
        ? ''
        : `<samlp:SessionIndex>${xmlText(signedIn.sessionIndex)}</samlp:SessionIndex>`,
    ],
  )
  const { signing } = await keysOf(from, { realm, sp })
  const message = { name: 'SAMLRequest', xml, relayState: undefined } as const
  return transportOf(saml.redirect, logout.location, message, signing).url
}

/** A message as the browser brings it: in the query, whose text is signed, or in a form. */
export type LogoutDelivery =
  | { binding: typeof saml.redirect; query: string }
  | { binding: typeof saml.post; form: { SAMLRequest?: string; SAMLResponse?: string; RelayState?: string } }

export type LogoutDependencies = SamlDependencies & {
  /** Sessions of the realm with this value of a property; perhaps more. */
  sessionsWith(realm: string, name: string, value: string): Promise<Session[]>
  end(session: Session): Promise<unknown>
}

/**
 * Receives a message of an identity provider: a request ends the sessions that it names, and is answered.
 * @returns the URL where the browser continues; undefined for the sign-in page, and if the realm has no such service provider.
 * @throws Error with the reason if a request isn't signed by the provider, or has expired. Nothing ends then.
 */
export async function receiveLogout(
  from: LogoutDependencies,
  at: Pick<SamlRealm, 'realm' | 'baseUrl'>,
  metaAlias: string,
  delivery: LogoutDelivery,
): Promise<string | undefined> {
  const sp = await serviceProviderOf(from.documents, at.realm, metaAlias)
  if (sp === undefined) return undefined
  const sent = sentIn(delivery)
  const issuer = (sent.signature === undefined ? issuerOfSigned : issuerIn)(sent.xml)
  const idp = await trustedIdp(from, at.realm, sp, issuer)
  const message = verified(sent, idp)
  checkVersion(message)
  checkIssuer(childNamed(message, saml.assertion, 'Issuer'), idp)
  const destination = attributeOf(message, 'Destination')
  const expected = logoutUrl(at.baseUrl, metaAlias, delivery.binding)
  // rule S73: otherwise a message for another service ends sessions here
  if (destination !== expected) {
    throw new Error(`the message has the destination ${destination ?? '(none)'}, expected ${expected}`)
  }
  if (isElement(message, saml.protocol, 'LogoutResponse')) return undefined
  if (!isElement(message, saml.protocol, 'LogoutRequest'))
    throw new Error('this is no message about a logout')
  checkTime(message, sp, from.now())
  await endSessions(from, at.realm, { metaAlias, idp: idp.entityId, message })
  return (
    idp.logout && responseUrl(from, at.realm, { sp, to: idp.logout, message, relayState: sent.relayState })
  )
}

type Sent = {
  xml: string
  relayState: string | undefined
  /** The signature in a query, with the text that it covers. */
  signature?: { algorithm: string; text: string; signature: string }
}

function sentIn(delivery: LogoutDelivery): Sent {
  if (delivery.binding === saml.post) {
    const { SAMLRequest, SAMLResponse, RelayState } = delivery.form
    return {
      xml: Buffer.from(SAMLRequest ?? SAMLResponse ?? '', 'base64').toString(),
      relayState: RelayState,
    }
  }
  const parts = delivery.query.split('&').map((part) => [part.split('=', 1)[0] ?? '', part] as const)
  const raw = new Map(parts)
  // rule S73: otherwise the signature covers one message and another one counts
  if (raw.size < parts.length) throw new Error('the query names a parameter twice')
  const parameter = (name: string) => {
    const part = raw.get(name)
    return part === undefined
      ? undefined
      : decodeURIComponent(part.slice(name.length + 1).replaceAll('+', ' '))
  }
  const [algorithm, signature] = [parameter('SigAlg'), parameter('Signature')]
  if (algorithm === undefined || signature === undefined) throw new Error('the message is not signed')
  const name = raw.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse'
  const text = [name, 'RelayState', 'SigAlg'].flatMap((each) => raw.get(each) ?? []).join('&')
  const packed = Buffer.from(parameter(name) ?? '', 'base64')
  const xml = inflateRawSync(packed, {
    // rule S73: otherwise a short query fills the memory
    maxOutputLength: maxMessageBytes,
  }).toString()
  return { xml, relayState: parameter('RelayState'), signature: { algorithm, text, signature } }
}

function verified({ xml, signature }: Sent, { certificates }: IdpMetadata): Element {
  if (signature === undefined) {
    const message = parseDom(xml)
    checkAlgorithms(message)
    const signed = verifiedElement(xml, message, certificates)
    if (signed === undefined) throw new Error('the message is not signed')
    return signed
  }
  // rule S73: otherwise anybody who knows a name ends the sessions of its person
  if (!isSignedBy(certificates, signature)) {
    throw new Error("the signature of the query is invalid: no key in the provider's metadata fits")
  }
  return parseDom(xml)
}

/** Requests count for a few minutes, so that a copy ends no later session. */
function checkTime(message: Element, { assertionContent }: ServiceProvider, now: number): void {
  const skewMs = assertionContent.assertionTimeSkew * 1000
  const [issued, until] = [timeIn(message, 'IssueInstant'), timeIn(message, 'NotOnOrAfter')]
  // rule S73: otherwise a copy ends sessions at any later time
  if (issued === undefined || Math.abs(now - issued) > requestMs + skewMs) {
    throw new Error('the logout request has an IssueInstant that is too far from now')
  }
  if (until !== undefined && now - skewMs >= until) throw new Error('the logout request has expired')
}

/** Ends the sessions of the person at this provider: those with a named index, or all. */
async function endSessions(
  { sessionsWith, end }: LogoutDependencies,
  realm: string,
  { metaAlias, idp, message }: { metaAlias: string; idp: string; message: Element },
): Promise<void> {
  const nameId = textOf(childNamed(message, saml.assertion, 'NameID'))
  if (nameId === '') throw new Error('the logout request has no NameID')
  const indexes = childrenNamed(message, saml.protocol, 'SessionIndex').map((one) => textOf(one).trim())
  for (const session of await sessionsWith(realm, 'NameID', nameId)) {
    const found = samlSessionOf(session)
    // rule S73: otherwise a provider ends sessions that it didn't begin
    const isMeant =
      found?.metaAlias === metaAlias &&
      found.idp === idp &&
      found.nameId.value === nameId &&
      (indexes.length === 0 || indexes.includes(found.sessionIndex))
    if (isMeant) await end(session)
  }
}

/** Reports success, also if no session was left. */
async function responseUrl(
  from: SamlDependencies,
  realm: string,
  {
    sp,
    to,
    message,
    relayState,
  }: {
    sp: ServiceProvider
    to: NonNullable<IdpMetadata['logout']>
    message: Element
    relayState: string | undefined
  },
): Promise<string> {
  const xml = messageXml(
    { name: 'LogoutResponse', issuer: sp.entityId, destination: to.responseLocation, now: from.now() },
    { InResponseTo: attributeOf(message, 'ID') },
    [`<samlp:Status><samlp:StatusCode Value="${saml.success}"/></samlp:Status>`],
  )
  const { signing } = await keysOf(from, { realm, sp })
  return transportOf(saml.redirect, to.responseLocation, { name: 'SAMLResponse', xml, relayState }, signing)
    .url
}

function keysOf(
  { spKeys, now }: SamlDependencies,
  { realm, sp }: { realm: string; sp: ServiceProvider },
): Promise<SpKeys> {
  return spKeysOf(spKeys, { realm, entityId: sp.entityId, now: now() })
}
