import { z } from 'zod'
import { defined } from '../../../base/defined.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { DocumentStore } from '../../../realms/document-store.ts'

/** Kinds of the realm's documents with SAML entities and with circles of trust. */
export const samlEntityKind = 'saml2Entity'
export const circleKind = 'circleOfTrust'

/** Older and newer exports use different member names. */
const mapping = z.union([
  z.object({ key: z.string(), value: z.string() }),
  z
    .object({ samlAttribute: z.string(), localAttribute: z.string() })
    .transform(({ samlAttribute, localAttribute }) => ({ key: samlAttribute, value: localAttribute })),
])

/**
 * The settings of a hosted service provider that the server uses. Source: "Hosted service provider configuration" of the
 * vendor's reference.
 */
const serviceProvider = z.object({
  assertionContent: z
    .looseObject({
      assertionTimeSkew: z.number().min(0).default(300),
      signingAndEncryption: z
        .looseObject({
          requestResponseSigning: z
            .looseObject({
              authenticationRequest: z.boolean().default(false),
              /** Whether assertions and responses by POST must be signed, each by itself. One of them always must. */
              assertion: z.boolean().default(false),
              postResponse: z.boolean().default(false),
            })
            .prefault({}),
          encryption: z.looseObject({ assertion: z.boolean().default(false) }).prefault({}),
        })
        .prefault({}),
      authenticationContext: z
        .looseObject({
          includeRequestedAuthenticationContext: z.boolean().default(true),
          authContextItems: z
            .array(
              z.looseObject({
                contextReference: z.string(),
                level: z.number().exactOptional(),
                defaultItem: z.boolean().default(false),
              }),
            )
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
      redirectTreeConfiguration: z.looseObject({ redirectTreeName: z.string().nullish() }).prefault({}),
    })
    .prefault({}),
  services: z.looseObject({ metaAlias: z.string() }),
})

/** A hosted entity. */
export const hostedSchema = z.looseObject({
  entityId: z.string().min(1),
  serviceProvider: serviceProvider.loose(),
})

/** A remote entity, described by its metadata in base64url. */
export const remoteSchema = z.looseObject({
  entityId: z.string().min(1),
  base64EntityXML: z.string(),
  /** Where the metadata are read again. */
  metadataUrl: z.string().nullish(),
  /** When they were read there, in epoch milliseconds. */
  metadataReadAt: z.number().nullish(),
})

/** An entity as the vendor knows it: exports don't say where its metadata are read. */
export function withoutAddress({
  metadataUrl: _url,
  metadataReadAt: _readAt,
  ...entity
}: JsonObject): JsonObject {
  return entity
}

/** Keeps the address of the metadata unless the client sends one. */
export function withAddress(entity: JsonObject, stored: JsonObject = {}): JsonObject {
  const { metadataUrl, metadataReadAt } = stored
  return { ...defined({ metadataUrl, metadataReadAt }), ...entity }
}

/** A circle of trust. It names its entities as `<entity>|saml2`. */
export const circleSchema = z.looseObject({
  status: z.string().default('active'),
  trustedProviders: z.array(z.string()).default([]),
})

export type ServiceProvider = z.infer<typeof serviceProvider> & { entityId: string }

/** Whether all authentication requests are signed, also those that the identity provider would take unsigned. */
export function signsRequests({ assertionContent }: Pick<ServiceProvider, 'assertionContent'>): boolean {
  return assertionContent.signingAndEncryption.requestResponseSigning.authenticationRequest
}

/**
 * The journey of sign-ins that start at the identity provider (*Redirect Tree Name*); undefined if they are not allowed. The
 * vendor writes `[Empty]` for none.
 */
export function redirectJourneyOf({ assertionProcessing }: ServiceProvider): string | undefined {
  const { redirectTreeName: name } = assertionProcessing.redirectTreeConfiguration
  return name && name !== '[Empty]' ? name : undefined
}

export type Documents = Pick<DocumentStore, 'all' | 'read'>

/** The id of an entity in paths and exports. */
export function entityKey(entityId: string): string {
  return Buffer.from(entityId).toString('base64url')
}

export async function entityIds(documents: Documents, realm: string): Promise<string[]> {
  const all = await documents.all(realm, samlEntityKind)
  return all.map(({ document }) => String(document.entityId))
}

/** The hosted service provider with an alias such as `/alpha/sp`. */
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
