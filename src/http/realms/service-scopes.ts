import { notFound } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { keptKinds } from '../../realms/kept-document.ts'
import type { Realm } from '../../realms/realm.ts'
import type { StaffAccess } from '../guards/rights.ts'
import type { Call } from '../route.ts'
import type { TenantSources } from './identity-management/change-tenant.ts'
import type { Keeper } from './kept-services.ts'
import { type ServedService, servedServices } from './served-service.ts'
import { socialIdentityProviders } from './social-identity-providers.ts'

export type ServiceDependencies = TenantSources & { documents: DocumentStore }

/** Realm services and global services show the same settings in different forms. */
export type Scope = {
  path: string
  readAccess: StaffAccess
  access: StaffAccess
  whose: string
  kinds: Keeper['kinds']
  services: readonly ServedService[]
  realmOf(call: Call): Realm
  frame(shown: JsonObject): JsonObject
  /** The attributes in a body. */
  attributesOf(body: JsonObject): JsonObject
}

export const realmScope: Scope = {
  path: 'realm-config/services',
  readAccess: 'journeys',
  access: 'realm',
  whose: 'the realm',
  kinds: { service: keptKinds.service, child: keptKinds.serviceChild },
  services: [...servedServices, socialIdentityProviders],
  realmOf: ({ realm }) => realm,
  frame: (shown) => ({ _id: '', ...shown }),
  attributesOf: (body) => body,
}

/** AM's defaults for all realms. Here they are the settings of the root realm, without effect on other realms. */
export const globalScope: Scope = {
  path: 'global-config/services',
  readAccess: 'administrator',
  access: 'administrator',
  whose: 'the root realm',
  kinds: { service: keptKinds.globalService, child: keptKinds.globalServiceChild },
  services: servedServices,
  realmOf({ realm }) {
    if (realm.path !== '/') throw notFound()
    return realm
  },
  frame: (shown) => ({ _id: '', location: 'global', defaults: shown }),
  attributesOf: ({ defaults, ...rest }) => (isJsonObject(defaults) ? defaults : rest),
}

export function keeperOf({ kinds }: Scope, { documents }: ServiceDependencies, realm: string): Keeper {
  return { documents, realm, kinds }
}
