import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import { filesSections, type KeptDocument } from '../kept-documents.ts'

/** What a kept document of access management configures in its realm. */
export type KeptRole =
  | { kind: 'authentication' }
  /** `id` as below `realm-config/services`. */
  | { kind: 'service'; id: string }
  /** `id` of an OAuth2 client. */
  | { kind: 'client'; id: string }

const serviceFile = /^services\/([^/]+)\.json$/
const clientFile = /^realm-config\/agents\/OAuth2Client\/([^/]+)\.json$/

/** @returns undefined for a document without a role in its realm, such as those of all realms. */
export function keptRoleOf({ scope, section, key, value }: KeptDocument): KeptRole | undefined {
  if (scope !== 'realm' || !isJsonObject(value)) return undefined
  if (section === 'authentication') return key === undefined ? { kind: 'authentication' } : undefined
  if (section === filesSections.frConfig) return roleOfFile(key ?? '', value)
  if (key === undefined) return undefined
  if (section === 'service') return { kind: 'service', id: key }
  return section === 'application' ? { kind: 'client', id: key } : undefined
}

function roleOfFile(path: string, { _id, _type }: JsonObject): KeptRole | undefined {
  if (path === 'realm-config/authentication.json') return { kind: 'authentication' }
  const [, service] = serviceFile.exec(path) ?? []
  if (service !== undefined) {
    const type = isJsonObject(_type) ? _type._id : undefined
    return { kind: 'service', id: typeof type === 'string' && type !== '' ? type : service }
  }
  const [, client] = clientFile.exec(path) ?? []
  if (client === undefined) return undefined
  return { kind: 'client', id: typeof _id === 'string' && _id !== '' ? _id : client }
}
