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
  /** The service as clients read it. */
  frame(shown: JsonObject, service: string, besideDefaults: JsonObject): JsonObject
  /** The attributes in a body, and what is beside them. */
  partsOf(body: JsonObject): { attributes: JsonObject; besideDefaults: JsonObject }
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
  partsOf: (attributes) => ({ attributes, besideDefaults: {} }),
}

/**
 * AM's defaults for all realms. Here they are the settings of the root realm, without effect on other realms. The two services that
 * realms don't have in AM have no `defaults` around them.
 */
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
  frame(shown, service, besideDefaults) {
    // The pages that may call a realm are settings of the realm alone.
    const { acceptedOrigins, acceptedHeaders, ...others } = shown
    if (service === 'CorsService' || service === 'session') return { _id: '', ...others }
    return { _id: '', ...besideDefaults, defaults: shown }
  },
  partsOf: ({ defaults, ...rest }) =>
    isJsonObject(defaults)
      ? { attributes: defaults, besideDefaults: rest }
      : { attributes: rest, besideDefaults: {} },
}

export function keeperOf({ kinds }: Scope, { documents }: ServiceDependencies, realm: string): Keeper {
  return { documents, realm, kinds }
}
