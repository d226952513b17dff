import type { Json, JsonObject } from '../engine/json.ts'

/**
 * Every call that a script can make the host answer: operation, arguments by place, and answer.
 *
 * `crypto.*`, `jwt*` and `secrets.*` are answered by the engine itself; the rest reaches the `ScriptHost` given to `run`. Arguments
 * come out of the sandbox: untrusted, validated by nobody yet. Bytes travel as base64 text.
 */
export type HostCalls = {
  /** An identity by name or id; `exists: false` when there is none. */
  'idRepository.getIdentity': { args: [name: string]; answer: HostIdentity }
  /** `set` replaces, then `add` appends. */
  'idRepository.store': {
    args: [id: string, changes: { set: Record<string, string[]>; add: Record<string, string[]> }]
    answer: null
  }
  'openidm.create': {
    args: [resource: string, newId: string | null, content: JsonObject, params: Json, fields: Json]
    answer: JsonObject
  }
  /** null when there is no such object. */
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
  /** What devices told of themselves; Device Match scripts alone ask. */
  'deviceProfilesDao.getDeviceProfiles': { args: [username: string, realm: string]; answer: JsonObject[] }
  'deviceProfilesDao.saveDeviceProfiles': {
    args: [username: string, realm: string, profiles: Json[]]
    answer: null
  }
  'httpClient.send': { args: [request: HttpCallRequest]; answer: HttpCallResponse }
  /** null when the name is unknown. */
  'systemEnv.getProperty': { args: [name: string]; answer: string | null }
  /** Throws `Secret id X not accessible`. */
  'secrets.get': { args: [id: string]; answer: string }
  /** null for data from which no token can be made. */
  'jwtAssertion.generateJwt': { args: [data: JsonObject]; answer: string | null }
  /** null for a token that does not hold. */
  'jwtValidator.validateJwtClaims': { args: [data: JsonObject]; answer: JsonObject | null }
  'jwt.decrypt': { args: [jwe: string, secret: string]; answer: string }
  'crypto.digest': { args: [algorithm: string, data: string]; answer: string }
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
  /** Values by attribute name, names as AM spells them. */
  attributes: Record<string, string[]>
  exists: boolean
}

export type HttpCallRequest = {
  url: string
  method: string
  headers: Record<string, string>
  /** Text, already encoded: JSON and forms were written inside the sandbox. */
  body?: string
  /** Name of a client configuration; unknown names are refused. */
  clientName?: string
}

export type HttpCallResponse = {
  status: number
  statusText: string
  headers: Record<string, string[]>
  body: string
}
