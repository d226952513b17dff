import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { DocumentStore, RealmDocument } from '../../realms/document-store.ts'
import { keptDocument, type keptKinds } from '../../realms/kept-document.ts'
import { checkedId } from '../configuration-resource.ts'

type Kinds = typeof keptKinds
type ServiceKind = Kinds['service'] | Kinds['globalService']
type ChildKind = Kinds['serviceChild'] | Kinds['globalServiceChild']

/** The realm and the kinds in which services are kept. */
export type Keeper = {
  documents: DocumentStore
  realm: string
  kinds: { service: ServiceKind; child: ChildKind }
}

/** The kept part of a service: members without a setting here, or all members of a service that isn't served. */
export type KeptService = {
  id: string
  name: string
  members: JsonObject
  /** Beside the defaults of a global service that is served. */
  besideDefaults?: JsonObject
}

/** A resource below a service, such as one Google key of a CAPTCHA service. */
export type KeptChild = { id: string; type: string; typeName: string; document: JsonObject }

export async function keptService(keeper: Keeper, id: string): Promise<KeptService | undefined> {
  const found = await keeper.documents.read(keeper.realm, keeper.kinds.service, id)
  return found && toService(id, found.document)
}

export async function keptServices({ documents, realm, kinds }: Keeper): Promise<KeptService[]> {
  return (await documents.all(realm, kinds.service)).map(({ id, document }) => toService(id, document))
}

/** @param name of its type */
export async function keepService({ documents, realm, kinds }: Keeper, service: KeptService): Promise<void> {
  await documents.save(realm, serviceDocument(kinds, service))
}

/** A service as it is kept. */
export function serviceDocument(
  kinds: Keeper['kinds'],
  { id, name, members, besideDefaults = {} }: KeptService,
): RealmDocument {
  const document = { name, members: keptDocument(members), besideDefaults: keptDocument(besideDefaults) }
  return { kind: kinds.service, id: checkedId(id), document }
}

/** The documents of a service and of what is below it. */
export async function documentsOfService(
  keeper: Keeper,
  service: string,
): Promise<Pick<RealmDocument, 'kind' | 'id'>[]> {
  const { kinds } = keeper
  const below = await keptChildren(keeper, service)
  return [
    { kind: kinds.service, id: service },
    ...below.map((child) => ({ kind: kinds.child, id: childKey(service, child) })),
  ]
}

export async function keptChildren(
  { documents, realm, kinds }: Keeper,
  service: string,
): Promise<KeptChild[]> {
  const all = await documents.all(realm, kinds.child)
  return all.flatMap(({ document }) => {
    const { service: owner, type, typeName, id, members } = document
    const isOwn = owner === service && typeof type === 'string' && typeof id === 'string'
    if (!isOwn || !isJsonObject(members)) return []
    return [{ id, type, typeName: typeof typeName === 'string' ? typeName : type, document: members }]
  })
}

export async function keepChild({ documents, realm, kinds }: Keeper, service: string, child: KeptChild) {
  const { id, type, typeName, document } = child
  await documents.save(realm, {
    kind: kinds.child,
    id: checkedId(childKey(service, child)),
    document: { service, type, typeName, id, members: keptDocument(document) },
  })
}

export async function forgetChild(
  { documents, realm, kinds }: Keeper,
  service: string,
  child: Pick<KeptChild, 'id' | 'type'>,
): Promise<boolean> {
  return documents.remove(realm, kinds.child, childKey(service, child))
}

function toService(id: string, { name, members, besideDefaults }: JsonObject): KeptService {
  return {
    id,
    name: typeof name === 'string' ? name : id,
    members: isJsonObject(members) ? members : {},
    besideDefaults: isJsonObject(besideDefaults) ? besideDefaults : {},
  }
}

/** The parts have no slashes, and no part but the last has a space. */
function childKey(service: string, { type, id }: Pick<KeptChild, 'id' | 'type'>): string {
  return `${service} ${type} ${id}`
}
