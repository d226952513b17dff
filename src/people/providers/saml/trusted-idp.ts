import type { DocumentStore } from '../../../realms/document-store.ts'
import {
  circleKind,
  circleSchema,
  entityKey,
  remoteSchema,
  type ServiceProvider,
  samlEntityKind,
} from './entities.ts'
import { type IdpMetadata, readIdpMetadata } from './metadata.ts'

export type EntitySource = {
  documents: Pick<DocumentStore, 'all' | 'read'>
  /**
   * Reads the metadata of an identity provider again, at its address, if they are a day old, or a minute if a response doesn't
   * fit them (`isUrgent`). @returns whether they changed. A failure keeps the stored ones.
   */
  refreshMetadata(realm: string, entityId: string, isUrgent?: boolean): Promise<boolean>
}

/**
 * The identity provider, if it shares an active circle of trust with the service provider. Metadata with an address are read
 * again once a day.
 * @throws Error if it is missing, not trusted, or has unreadable metadata.
 */
export async function trustedIdp(
  { documents, refreshMetadata }: EntitySource,
  realm: string,
  sp: ServiceProvider,
  entityId: string,
): Promise<IdpMetadata> {
  const stored = async () => {
    const found = await documents.read(realm, samlEntityKind, entityKey(entityId))
    return remoteSchema.safeParse(found?.document).data
  }
  const remote = await stored()
  if (remote === undefined) throw new Error(`the realm has no identity provider '${entityId}'`)
  const circles = await documents.all(realm, circleKind)
  const isTrusted = circles.some(({ document }) => {
    const { status, trustedProviders } = circleSchema.parse(document)
    const has = (entity: string) => trustedProviders.includes(`${entity}|saml2`)
    return status === 'active' && has(sp.entityId) && has(entityId)
  })
  if (!isTrusted)
    throw new Error(`no active circle of trust contains both '${sp.entityId}' and '${entityId}'`)
  const isRead = Boolean(remote.metadataUrl) && (await refreshMetadata(realm, entityId))
  const { base64EntityXML } = (isRead ? await stored() : undefined) ?? remote
  return readIdpMetadata(Buffer.from(base64EntityXML, 'base64url').toString(), entityId)
}
