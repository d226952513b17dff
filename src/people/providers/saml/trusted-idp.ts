import {
  circleKind,
  circleSchema,
  type Documents,
  entityKey,
  remoteSchema,
  type ServiceProvider,
  samlEntityKind,
} from './entities.ts'
import { type IdpMetadata, readIdpMetadata } from './metadata.ts'

/**
 * The identity provider, if it shares an active circle of trust with the service provider.
 * @throws Error if it is missing, not trusted, or has unreadable metadata.
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
  if (!isTrusted)
    throw new Error(`no active circle of trust contains both '${sp.entityId}' and '${entityId}'`)
  return readIdpMetadata(Buffer.from(remote.base64EntityXML, 'base64url').toString(), entityId)
}
