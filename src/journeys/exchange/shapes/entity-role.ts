import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import type { Piece } from '../piece.ts'
import { keptPiece } from './kept-pieces.ts'

/** Entity types of services with settings here: of Amster, and those of a file-based configuration. */
const serviceOfType: Readonly<Record<string, string>> = {
  amrealmbaseurl: 'baseurl',
  amsessionpropertywhitelist: 'amSessionPropertyWhitelist',
  baseurlsource: 'baseurl',
  iplanetamsessionservice: 'session',
  oauth2provider: 'oauth-oidc',
  session: 'session',
  sessionpropertywhitelist: 'amSessionPropertyWhitelist',
  transaction: 'transaction',
  transactionauthenticationservice: 'transaction',
  validationservice: 'validation',
}

const authenticationTypes: ReadonlySet<string> = new Set(['authentication', 'iplanetamauthservice'])

/** Main documents of a service. Those below it have ids of their own. */
const mainIds: ReadonlySet<string> = new Set(['', 'default', 'defaultconfig'])

/**
 * Authentication settings, a service or an OAuth2 client of a realm, in the place that frodo gives it.
 * @returns undefined for another entity, and for one of all realms.
 */
export function configurationPiece(metadata: JsonObject, data: JsonObject, id: string): Piece | undefined {
  const { realm, entityType, uid } = metadata
  if (typeof realm !== 'string' || typeof entityType !== 'string') return undefined
  if (typeof uid === 'string' && /,ou=GlobalConfig,/i.test(uid)) return undefined
  const type = entityType.toLowerCase()
  const isClient = type === 'oauth2clients' && isJsonObject(data.coreOAuth2ClientConfig)
  if (isClient) return keptPiece({ scope: 'realm', section: 'application', key: id, value: data }, realm)
  if (!mainIds.has(typeof data._id === 'string' ? data._id : '')) return undefined
  if (authenticationTypes.has(type)) {
    return keptPiece({ scope: 'realm', section: 'authentication', value: data }, realm)
  }
  const service = serviceOfType[type]
  if (service === undefined) return undefined
  return keptPiece({ scope: 'realm', section: 'service', key: service, value: data }, realm)
}
