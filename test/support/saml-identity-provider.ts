import {
  constants,
  createCipheriv,
  hash,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  randomUUID,
  sign as signBytes,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { type Certified, certify } from './certificates.ts'

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
const assertionNamespace = 'urn:oasis:names:tc:SAML:2.0:assertion'
const bindings = 'urn:oasis:names:tc:SAML:2.0:bindings'

/** Content of a response. Tests change parts to make it invalid. */
export type SamlContent = {
  /** Applies to the assertion and to the response around it. */
  issuer: string
  outerIssuer: string
  destination: string
  audience: string
  recipient: string
  inResponseTo: string
  /** How the subject is confirmed. */
  method: string
  status: string
  nameId: string
  nameIdFormat: string
  attributes: Record<string, string[]>
  notBefore: number
  /** End of the conditions, and of the bearer's confirmation. */
  notOnOrAfter: number
  confirmedUntil: number
  signed: 'assertion' | 'response' | 'both' | 'nothing'
  signedBy: Certified
  algorithm: string
  digest: string
  authnInstant: number
  contextClass: string
  /** More attributes of the authentication statement. */
  authnMore: string
  /** Replaces the assertion, for example by `encryptAssertion`. */
  encrypted: (assertion: string) => string
  /** A change of the text before it is signed. */
  drafted: (xml: string) => string
  /** The last change of the text, after signing. */
  altered: (xml: string) => string
}

/** A real SAML 2.0 identity provider on this machine, which signs everyone in as Ann. */
export async function startSamlIdentityProvider() {
  const certified = await certify('CN=identity provider')
  const waiting = new Map<string, string>()
  let changes: Partial<SamlContent> = {}
  let published: { status?: number; headers?: Record<string, string>; xml?: string } = {}
  const requests: string[] = []
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a pipe name.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const entityId = `http://${host}/metadata`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host}`)
    const body = await text(request)
    if (url.pathname === '/artifact') return void response.end(resolved(body))
    if (url.pathname === '/metadata') {
      const { status = 200, headers = {}, xml = metadataXml(host, entityId, certified, '') } = published
      return void response.writeHead(status, headers).end(xml)
    }
    const isPost = request.method === 'POST'
    const sent = isPost ? new URLSearchParams(body) : url.searchParams
    const packed = Buffer.from(sent.get('SAMLRequest') ?? '', 'base64')
    const xml = (isPost ? packed : inflateRawSync(packed)).toString()
    requests.push(xml)
    const content = { ...defaultContent(xml, entityId, certified), ...changes }
    const message = Buffer.from(responseXml(content)).toString('base64')
    const form: Record<string, string> = sent.has('RelayState')
      ? { RelayState: sent.get('RelayState') ?? '' }
      : {}
    if (attribute(xml, 'ProtocolBinding') === `${bindings}:HTTP-Artifact`) {
      const artifact = newArtifact(entityId)
      waiting.set(artifact, message)
      form.SAMLart = artifact
    } else form.SAMLResponse = message
    response.end(JSON.stringify({ url: attribute(xml, 'AssertionConsumerServiceURL'), form }))
  }

  /** Resolves an artifact, once. */
  function resolved(body: string): string {
    const artifact = /<samlp:Artifact>([^<]*)</.exec(body)?.[1] ?? ''
    const message = Buffer.from(waiting.get(artifact) ?? '', 'base64').toString()
    waiting.delete(artifact)
    return `<s:Envelope xmlns:s="${soap}"><s:Body><samlp:ArtifactResponse xmlns:samlp="${protocol}" Version="2.0">${message}</samlp:ArtifactResponse></s:Body></s:Envelope>`
  }

  return {
    host,
    entityId,
    certified,
    /** Its metadata as a realm stores them. */
    metadata: (more = '') => Buffer.from(metadataXml(host, entityId, certified, more)).toString('base64url'),
    /** Its metadata with another key. */
    metadataOf: (key: Certified) => metadataXml(host, entityId, key, ''),
    /** Changes what the address of its metadata has, which is its entity id. */
    publish(changed: typeof published) {
      published = changed
    },
    /** Received requests, oldest first. */
    requests,
    /** Changes the content of its responses. */
    say(changed: Partial<SamlContent>) {
      changes = changed
    },
    /** Follows a redirect like a browser. @returns the next address and form */
    async visit({ url, method, data }: { url: string; method: string; data?: Record<string, string> }) {
      const answer = await fetch(url, {
        method,
        ...(data === undefined ? {} : { body: new URLSearchParams(data) }),
      })
      return (await answer.json()) as { url: string; form: Record<string, string> }
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function defaultContent(request: string, entityId: string, certified: Certified): SamlContent {
  return contentFor({
    entityId,
    consumer: attribute(request, 'AssertionConsumerServiceURL'),
    audience: /<saml:Issuer>([^<]*)</.exec(request)?.[1] ?? '',
    inResponseTo: attribute(request, 'ID'),
    certified,
  })
}

/** The content of a valid response. */
export function contentFor({
  entityId,
  consumer,
  audience,
  inResponseTo,
  certified,
}: Pick<SamlContent, 'audience' | 'inResponseTo'> & {
  entityId: string
  consumer: string
  certified: Certified
}): SamlContent {
  const minutes = (count: number) => Date.now() + count * 60_000
  return {
    issuer: entityId,
    outerIssuer: entityId,
    destination: consumer,
    audience,
    recipient: consumer,
    inResponseTo,
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    nameId: 'ann-1',
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    attributes: { mail: ['ann@example.com'], groups: ['staff', 'desk'] },
    notBefore: minutes(-1),
    notOnOrAfter: minutes(5),
    confirmedUntil: minutes(5),
    signed: 'assertion',
    signedBy: certified,
    algorithm: rsaSha256,
    digest: sha256,
    authnInstant: Date.now(),
    contextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
    authnMore: '',
    encrypted: (assertion) => assertion,
    drafted: (xml) => xml,
    altered: (xml) => xml,
  }
}

/** The text of a response, signed. */
export function responseXml(content: SamlContent): string {
  const time = (at: number) => new Date(at).toISOString()
  const [responseId, assertionId] = [`_${randomUUID()}`, `_${randomUUID()}`]
  const attributes = Object.entries(content.attributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  )
  const assertion = [
    `<saml:Assertion xmlns:saml="${assertionNamespace}" ID="${assertionId}" Version="2.0" IssueInstant="${time(Date.now())}">`,
    `<saml:Issuer>${content.issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="${content.nameIdFormat}">${content.nameId}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${content.method}">`,
    `<saml:SubjectConfirmationData Recipient="${content.recipient}" InResponseTo="${content.inResponseTo}" NotOnOrAfter="${time(content.confirmedUntil)}"/>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${time(content.notBefore)}" NotOnOrAfter="${time(content.notOnOrAfter)}">`,
    `<saml:AudienceRestriction><saml:Audience>${content.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${time(content.authnInstant)}" SessionIndex="index-1"${content.authnMore}><saml:AuthnContext><saml:AuthnContextClassRef>${content.contextClass}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`,
    '</saml:Assertion>',
  ].join('')
  const response = [
    `<samlp:Response xmlns:samlp="${protocol}" xmlns:saml="${assertionNamespace}" ID="${responseId}" Version="2.0" IssueInstant="${time(Date.now())}" Destination="${content.destination}" InResponseTo="${content.inResponseTo}">`,
    `<saml:Issuer>${content.outerIssuer}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="${content.status}"/></samlp:Status>`,
    assertion,
    '</samlp:Response>',
  ].join('')
  const drafted = content.drafted(response)
  const encrypt = (xml: string) => xml.replace(/<saml:Assertion.*<\/saml:Assertion>/s, content.encrypted)
  const isSigned = (part: 'assertion' | 'response') => content.signed === part || content.signed === 'both'
  const inner = encrypt(isSigned('assertion') ? sign(drafted, assertionId, content) : drafted)
  return content.altered(isSigned('response') ? sign(inner, responseId, content) : inner)
}

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** A message of the provider in a signed query. */
export function signedQuery(
  name: string,
  xml: string,
  signedBy: Certified,
  more: Record<string, string> = {},
) {
  const message = { [name]: deflateRawSync(xml).toString('base64'), ...more, SigAlg: rsaSha256 }
  const query = String(new URLSearchParams(message))
  const signature = signBytes('sha256', Buffer.from(query), signedBy.privateKey).toString('base64')
  return `${query}&${new URLSearchParams({ Signature: signature })}`
}

/** A message of the provider with this id, signed as XML. */
export function signedXml(xml: string, id: string, signedBy: Certified): string {
  return sign(xml, id, { signedBy, algorithm: rsaSha256, digest: sha256 })
}

function sign(
  xml: string,
  id: string,
  { signedBy, algorithm, digest }: Pick<SamlContent, 'signedBy' | 'algorithm' | 'digest'>,
): string {
  const signature = new SignedXml({
    privateKey: signedBy.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicCert: signedBy.pem,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  })
  signature.addReference({
    xpath: `//*[@ID='${id}']`,
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
    digestAlgorithm: digest,
  })
  signature.SignatureAlgorithms = { [algorithm]: signerOf(algorithm, signedBy) } as never
  signature.HashAlgorithms = { [digest]: hasherOf(digest) } as never
  signature.computeSignature(xml, {
    location: { reference: `//*[@ID='${id}']/*[local-name()='Issuer']`, action: 'after' },
  })
  return signature.getSignedXml()
}

export type Encryption = {
  content: string
  transport: string
  /** Hash of OAEP, for `transport` and for the element in it. */
  oaepHash: string
  /** Elements in the `EncryptionMethod` of the key. */
  method: string
  label: Buffer | undefined
}

/** Encrypts an assertion for the key of a service provider. */
export function encryptAssertion(
  assertion: string,
  key: KeyObject,
  changes: Partial<Encryption> = {},
): string {
  const settings: Encryption = {
    content: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    transport: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    oaepHash: 'sha1',
    method: '',
    label: undefined,
    ...changes,
  }
  const bits = Number(/aes(\d+)/.exec(settings.content)?.[1] ?? 256)
  const [contentKey, iv] = [randomBytes(bits / 8), randomBytes(12)]
  const cipher = createCipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', contentKey, iv)
  const bytes = Buffer.concat([iv, cipher.update(assertion), cipher.final(), cipher.getAuthTag()])
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const label = settings.label === undefined ? {} : { oaepLabel: settings.label }
  const wrapped = publicEncrypt({ key, padding, oaepHash: settings.oaepHash, ...label }, contentKey)
  const value = (data: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${data.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
  return [
    `<saml:EncryptedAssertion xmlns:saml="${assertionNamespace}" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">`,
    `<xenc:EncryptedData><xenc:EncryptionMethod Algorithm="${settings.content}"/><ds:KeyInfo>`,
    `<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${settings.transport}">${settings.method}</xenc:EncryptionMethod>${value(wrapped)}</xenc:EncryptedKey>`,
    `</ds:KeyInfo>${value(bytes)}</xenc:EncryptedData></saml:EncryptedAssertion>`,
  ].join('')
}

function hashOf(algorithm: string): string {
  return /sha\d+/.exec(algorithm)?.[0] ?? 'sha256'
}

/** Signs with any algorithm, also those that the library lacks. */
function signerOf(algorithm: string, { privateKey: key }: Certified) {
  const padding = algorithm.includes('MGF1')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {}
  const options = { key, dsaEncoding: 'ieee-p1363', ...padding } as const
  return class {
    getSignature = (text: string) =>
      signBytes(hashOf(algorithm), Buffer.from(text), options).toString('base64')
    getAlgorithmName = () => algorithm
  }
}

function hasherOf(digest: string) {
  return class {
    getHash = (text: string) => hash(hashOf(digest), text, 'base64')
    getAlgorithmName = () => digest
  }
}

function metadataXml(host: string, entityId: string, { base64 }: Certified, more: string): string {
  const service = (name: string, binding: string, path: string) =>
    `<md:${name} index="0" Binding="${bindings}:${binding}" Location="http://${host}/${path}"/>`
  return [
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">`,
    `<md:IDPSSODescriptor ${more} protocolSupportEnumeration="${protocol}">`,
    `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\n${base64}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    service('ArtifactResolutionService', 'SOAP', 'artifact'),
    service('SingleLogoutService', 'HTTP-Redirect', 'slo'),
    service('SingleSignOnService', 'HTTP-Redirect', 'sso'),
    service('SingleSignOnService', 'HTTP-POST', 'sso'),
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('')
}

function newArtifact(entityId: string): string {
  const source = Buffer.from(hash('sha1', entityId, 'hex'), 'hex')
  return Buffer.concat([Buffer.from([0, 4, 0, 0]), source, Buffer.from(randomUUID().slice(0, 20))]).toString(
    'base64',
  )
}

function attribute(xml: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? ''
}
