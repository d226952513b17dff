import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { defined } from '../../../base/defined.ts'
import type { JsonObject } from '../../../base/json.ts'
import { saml } from './bindings.ts'
import { announcedContentAlgorithms, oaep11, oaepMgf1p } from './decrypt-assertion.ts'
import { type hostedSchema, signsRequests } from './entities.ts'
import type { SpKeys } from './sp-keys.ts'
import { parseXml, xmlText } from './xml.ts'

/** The metadata of an identity provider. */
export type IdpMetadata = {
  entityId: string
  /** Sign-on URL by binding. */
  signOn: Readonly<Record<string, string | undefined>>
  /** URLs that resolve artifacts. An artifact names the index. */
  artifactResolution: readonly { index: number; location: string }[]
  /** Where browsers take messages about a logout in their query. */
  logout?: { location: string; responseLocation: string }
  /** Signing certificates in base64. */
  certificates: readonly string[]
  wantsSignedRequests: boolean
}

const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([])

const httpUrl = z.string().refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''))

const endpoint = z.object({
  '@Binding': z.string(),
  // Browsers go there.
  '@Location': httpUrl,
  '@ResponseLocation': httpUrl.exactOptional(),
  '@index': z.coerce.number().default(0),
})

const keyDescriptor = z.object({
  '@use': z.string().exactOptional(),
  KeyInfo: z.object({ X509Data: list(z.object({ X509Certificate: list(z.string()) })) }),
})

const entitySchema = z.object({
  EntityDescriptor: z.object({
    '@entityID': z.string(),
    IDPSSODescriptor: z
      .array(
        z.object({
          '@WantAuthnRequestsSigned': z.string().default('false'),
          KeyDescriptor: list(keyDescriptor),
          SingleSignOnService: list(endpoint),
          SingleLogoutService: list(endpoint),
          ArtifactResolutionService: list(endpoint),
        }),
      )
      .min(1),
  }),
})

/**
 * Reads the metadata of an identity provider. Source: "Metadata for SAML 2.0", section 2.4.3.
 * @throws Error if it is invalid, describes another entity, or has no readable signing certificate or no address for requests.
 */
export function readIdpMetadata(xml: string, entityId?: string): IdpMetadata {
  const parsed = entitySchema.safeParse(parseXml(xml))
  const [idp] = parsed.data?.EntityDescriptor.IDPSSODescriptor ?? []
  if (parsed.data === undefined || idp === undefined) {
    throw new Error('the metadata describes no identity provider')
  }
  const own = parsed.data.EntityDescriptor['@entityID']
  if (entityId !== undefined && own !== entityId) throw new Error(`the metadata belongs to '${own}'`)
  const signing = idp.KeyDescriptor.filter(({ '@use': use = 'signing' }) => use === 'signing')
  const certificates = signing
    .flatMap(({ KeyInfo }) => KeyInfo.X509Data)
    .flatMap(({ X509Certificate }) => X509Certificate)
    .map((certificate) => certificate.replace(/\s/g, ''))
  if (certificates.length === 0) throw new Error('the metadata has no signing certificate')
  certificates.forEach(checkCertificate)
  const asked = idp.SingleSignOnService.map((each) => each['@Binding'])
  if (!asked.includes(saml.redirect) && !asked.includes(saml.post)) {
    throw new Error('the metadata has no SingleSignOnService for HTTP-Redirect or HTTP-POST')
  }
  return {
    entityId: own,
    signOn: Object.fromEntries(
      idp.SingleSignOnService.toReversed().map((each) => [each['@Binding'], each['@Location']]),
    ),
    artifactResolution: idp.ArtifactResolutionService.filter((each) => each['@Binding'] === saml.soap).map(
      (each) => ({ index: each['@index'], location: each['@Location'] }),
    ),
    ...defined({ logout: logoutIn(idp.SingleLogoutService) }),
    certificates,
    wantsSignedRequests: ['true', '1'].includes(idp['@WantAuthnRequestsSigned']),
  }
}

function logoutIn(services: readonly z.infer<typeof endpoint>[]): IdpMetadata['logout'] {
  const service = services.find((each) => each['@Binding'] === saml.redirect)
  if (service === undefined) return undefined
  const { '@Location': location, '@ResponseLocation': responseLocation = location } = service
  return { location, responseLocation }
}

function checkCertificate(base64: string): void {
  try {
    new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    throw new Error('the metadata has a signing certificate that is unreadable')
  }
}

const roleOfDescriptor = {
  IDPSSODescriptor: 'identityProvider',
  SPSSODescriptor: 'serviceProvider',
  AttributeAuthorityDescriptor: 'attributeAuthority',
  AuthnAuthorityDescriptor: 'authenticationAuthority',
  PDPDescriptor: 'xacmlPolicyDecisionPoint',
} as const

/** Members of an entity with the settings of one of its roles. */
const roles = [
  'identityProvider',
  'serviceProvider',
  'attributeAuthority',
  'attributeQueryProvider',
  'authenticationAuthority',
  'xacmlPolicyDecisionPoint',
  'xacmlPolicyEnforcementPoint',
]

/** The roles of a stored entity: those with settings, and those that its metadata describes. */
export function rolesOf(document: JsonObject): string[] {
  const { base64EntityXML: encoded } = document
  const described = typeof encoded === 'string' ? readRoles(Buffer.from(encoded, 'base64url').toString()) : []
  return roles.filter((role) => role in document || described.includes(role))
}

/** The roles that the metadata of an entity describes, in the vendor's words. None if it is unreadable. */
export function readRoles(xml: string): string[] {
  try {
    const { EntityDescriptor } = z.object({ EntityDescriptor: z.looseObject({}) }).parse(parseXml(xml))
    return Object.entries(roleOfDescriptor).flatMap(([name, role]) =>
      name in EntityDescriptor ? [role] : [],
    )
  } catch {
    return []
  }
}

/** @throws Error if the text is not the metadata of one entity. */
export function readEntityId(xml: string): string {
  const schema = z.object({ EntityDescriptor: z.object({ '@entityID': z.string().min(1) }) })
  return schema.parse(parseXml(xml)).EntityDescriptor['@entityID']
}

/** The URL of the assertion consumer, to which identity providers send their responses. */
export function consumerUrl(baseUrl: string, metaAlias: string): string {
  return `${baseUrl}/AuthConsumer/metaAlias${metaAlias}`
}

/** The URL to which identity providers send messages about a logout. */
export function logoutUrl(baseUrl: string, metaAlias: string, binding: string): string {
  return `${baseUrl}/${binding === saml.post ? 'SPSloPOST' : 'SPSloRedirect'}/metaAlias${metaAlias}`
}

/** The metadata that we publish for a hosted service provider. It announces keys that sign, and the newest one to encrypt for. */
export function spMetadata(
  { entityId, serviceProvider }: z.infer<typeof hostedSchema>,
  baseUrl: string,
  { published }: SpKeys,
): string {
  const keys = [
    ...published.map(({ certificate }) => keyDescriptorXml('signing', certificate)),
    ...published
      .slice(0, 1)
      .map(({ certificate }) => keyDescriptorXml('encryption', certificate, encryptionMethods)),
  ]
  const { metaAlias } = serviceProvider.services
  const consumer = consumerUrl(baseUrl, metaAlias)
  const logouts = [saml.redirect, saml.post].map(
    (binding) =>
      `<SingleLogoutService Binding="${binding}" Location="${xmlText(logoutUrl(baseUrl, metaAlias, binding))}"/>`,
  )
  const services = [saml.artifact, saml.post].map(
    (binding, index) =>
      `<AssertionConsumerService isDefault="${index === 0}" index="${index}" Binding="${binding}" Location="${xmlText(consumer)}"/>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<EntityDescriptor xmlns="${saml.metadata}" entityID="${xmlText(entityId)}">`,
    `<SPSSODescriptor AuthnRequestsSigned="${signsRequests(serviceProvider)}" WantAssertionsSigned="true" protocolSupportEnumeration="${saml.protocol}">`,
    ...keys,
    ...logouts,
    ...services,
    '</SPSSODescriptor>',
    '</EntityDescriptor>',
    '',
  ].join('\n')
}

/** What providers may encrypt with. */
const encryptionMethods = [...announcedContentAlgorithms, oaepMgf1p, oaep11]

function keyDescriptorXml(use: string, certificate: string, algorithms: readonly string[] = []): string {
  const methods = algorithms.map((name) => `<EncryptionMethod Algorithm="${name}"/>`).join('')
  return `<KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${saml.signature}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</KeyDescriptor>`
}
