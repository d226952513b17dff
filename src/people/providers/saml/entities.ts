import { z } from 'zod'
import type { DocumentStore } from '../../../realms/document-store.ts'
import { type IdpMetadata, readIdpMetadata } from './metadata.ts'

/** The kinds under which a realm keeps SAML entities and the circles that say who trusts whom. */
export const samlEntityKind = 'saml2Entity'
export const circleKind = 'circleOfTrust'

/** Exports of different ages name the two sides of an attribute differently. */
const mapping = z.union([
  z.object({ key: z.string(), value: z.string() }),
  z
    .object({ samlAttribute: z.string(), localAttribute: z.string() })
    .transform(({ samlAttribute, localAttribute }) => ({ key: samlAttribute, value: localAttribute })),
])

/** What of our side is read. Source: "Hosted service provider configuration" of the vendor's reference. */
const serviceProvider = z.object({
  assertionContent: z
    .looseObject({
      assertionTimeSkew: z.number().min(0).default(300),
      authenticationContext: z
        .looseObject({
          includeRequestedAuthenticationContext: z.boolean().default(true),
          authContextItems: z
            .array(z.looseObject({ contextReference: z.string(), defaultItem: z.boolean().default(false) }))
            .default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  assertionProcessing: z
    .looseObject({
      attributeMapper: z.looseObject({ attributeMap: z.array(mapping).default([]) }).prefault({}),
      autoFederation: z
        .looseObject({ autoFedEnabled: z.boolean().default(false), autoFedAttribute: z.string().nullish() })
        .prefault({}),
      accountMapping: z
        .looseObject({
          useNameIDAsSPUserID: z.boolean().default(false),
          transientUser: z.string().nullish(),
        })
        .prefault({}),
    })
    .prefault({}),
  services: z.looseObject({ metaAlias: z.string() }),
})

/** An entity of ours. */
export const hostedSchema = z.looseObject({
  entityId: z.string().min(1),
  serviceProvider: serviceProvider.loose(),
})

/** An entity elsewhere: what counts is its metadata, base64url. */
export const remoteSchema = z.looseObject({ entityId: z.string().min(1), base64EntityXML: z.string() })

/** Who trusts whom, as `<entity>|saml2`. */
export const circleSchema = z.looseObject({
  status: z.string().default('active'),
  trustedProviders: z.array(z.string()).default([]),
})

export type ServiceProvider = z.infer<typeof serviceProvider> & { entityId: string }

type Documents = Pick<DocumentStore, 'all' | 'read'>

/** The id of an entity in paths and exports. */
export function entityKey(entityId: string): string {
  return Buffer.from(entityId).toString('base64url')
}

/** The names of all entities of a realm. */
export async function entityIds(documents: Documents, realm: string): Promise<string[]> {
  const all = await documents.all(realm, samlEntityKind)
  return all.map(({ document }) => String(document.entityId))
}

/** The entity of ours that has an alias, such as `/alpha/sp`. */
export async function serviceProviderOf(
  documents: Documents,
  realm: string,
  metaAlias: string,
): Promise<ServiceProvider | undefined> {
  for (const { document } of await documents.all(realm, samlEntityKind)) {
    if (document.entityLocation === 'remote') continue
    const entity = hostedSchema.safeParse(document).data
    if (entity?.serviceProvider.services.metaAlias !== metaAlias) continue
    return { ...entity.serviceProvider, entityId: entity.entityId }
  }
  return undefined
}

/**
 * An identity provider that an active circle of trust has together with ours.
 * @throws Error that says what is missing, when its metadata cannot be read or nothing makes it trusted.
 */
export async function trustedIdp(
  documents: Documents,
  realm: string,
  sp: ServiceProvider,
  entityId: string,
): Promise<IdpMetadata> {
  const found = await documents.read(realm, samlEntityKind, entityKey(entityId))
  const remote = remoteSchema.safeParse(found?.document).data
  if (remote === undefined) throw new Error(`the realm has no identity provider '${entityId}'`)
  const circles = await documents.all(realm, circleKind)
  const isTrusted = circles.some(({ document }) => {
    const { status, trustedProviders } = circleSchema.parse(document)
    const has = (entity: string) => trustedProviders.includes(`${entity}|saml2`)
    return status === 'active' && has(sp.entityId) && has(entityId)
  })
  if (!isTrusted) throw new Error(`no active circle of trust has '${sp.entityId}' and '${entityId}'`)
  return readIdpMetadata(Buffer.from(remote.base64EntityXML, 'base64url').toString(), entityId)
}
