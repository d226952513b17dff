import type { Json, JsonObject } from '../base/json.ts'

/**
 * Host calls of scripts: operation, arguments by position, and answer.
 *
 * The engine answers `crypto.*`, `jwt*` and `secrets.*` itself. The other calls reach the `ScriptHost` given to `run`.
 * Arguments come from the sandbox: they are untrusted, and not validated yet. Bytes are sent as base64 text.
 */
export type HostCalls = {
  /** A person by username or id. `exists: false` for an unknown one. */
  'idRepository.getIdentity': { args: [name: string]; answer: HostIdentity }
  /** `set` replaces values, then `add` appends. */
  'idRepository.store': {
    args: [id: string, changes: { set: Record<string, string[]>; add: Record<string, string[]> }]
    answer: null
  }
  'openidm.create': {
    args: [resource: string, newId: string | null, content: JsonObject, params: Json, fields: Json]
    answer: JsonObject
  }
  /** null for an unknown object. */
  'openidm.read': { args: [resource: string, params: Json, fields: Json]; answer: JsonObject | null }
  'openidm.update': {
    args: [resource: string, revision: string | null, content: JsonObject, params: Json, fields: Json]
    answer: JsonObject
  }
  'openidm.patch': {
    args: [resource: string, revision: string | null, operations: Json[], params: Json, fields: Json]
    answer: JsonObject
  }
  'openidm.delete': {
    args: [resource: string, revision: string | null, params: Json, fields: Json]
    answer: JsonObject
  }
  'openidm.query': { args: [resource: string, params: JsonObject, fields: Json]; answer: JsonObject }
  'openidm.action': {
    args: [resource: string, name: string, content: Json, params: Json, fields: Json]
    answer: Json
  }
  /** Saved device profiles. Only for Device Match scripts. */
  'deviceProfilesDao.getDeviceProfiles': { args: [username: string, realm: string]; answer: JsonObject[] }
  'deviceProfilesDao.saveDeviceProfiles': {
    args: [username: string, realm: string, profiles: Json[]]
    answer: null
  }
  'httpClient.send': { args: [request: HttpCallRequest]; answer: HttpCallResponse }
  /** null for an unknown name. */
  'systemEnv.getProperty': { args: [name: string]; answer: string | null }
  /** Throws `Secret id X not accessible`. */
  'secrets.get': { args: [id: string]; answer: string }
  /** null for data that makes no valid JWT. */
  'jwtAssertion.generateJwt': { args: [data: JsonObject]; answer: string | null }
  /** null for an invalid JWT. */
  'jwtValidator.validateJwtClaims': { args: [data: JsonObject]; answer: JsonObject | null }
  'jwt.decrypt': { args: [jwe: string, secret: string]; answer: string }
  'crypto.digest': { args: [algorithm: string, data: string]; answer: string }
  'crypto.checkBcrypt': { args: [hash: string, password: string]; answer: boolean }
  'crypto.generateKey': { args: [algorithm: JsonObject]; answer: Json }
  'crypto.deriveKey': { args: [algorithm: JsonObject, password: string]; answer: string }
  'crypto.encrypt': { args: [algorithm: JsonObject, key: string, data: string]; answer: string }
  'crypto.decrypt': { args: [algorithm: JsonObject, key: string, data: string]; answer: string }
  'crypto.sign': { args: [algorithm: JsonObject, key: string, data: string]; answer: string }
  'crypto.verify': {
    args: [algorithm: JsonObject, key: string, data: string, signature: string]
    answer: boolean
  }
}

export type HostIdentity = {
  id: string
  name: string
  universalId: string
  /** Values by AM attribute name. */
  attributes: Record<string, string[]>
  exists: boolean
}

export type HttpCallRequest = {
  url: string
  method: string
  headers: Record<string, string>
  /** Encoded text. The sandbox has already serialized JSON and forms. */
  body?: string
  /** Name of a client configuration. Unknown names are refused. */
  clientName?: string
  /** `manual`: a redirect is the answer, and nothing is sent to its target. */
  redirect?: 'manual'
}

export type HttpCallResponse = {
  status: number
  statusText: string
  headers: Record<string, string[]>
  body: string
}
