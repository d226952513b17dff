import type { Party, Thing } from '../../audit/audit-entry.ts'
import type { AuditEventName } from '../../audit/audit-trail.ts'
import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Call, Resource } from '../route.ts'

/** The thing that a write of staff changed. */
export type Subject = {
  eventName: AuditEventName
  realm: string
  kind: Thing['kind']
  id: string | undefined
  name: string | undefined
  whom: Party | undefined
}

/** @param known the document before or after the write, whichever exists. */
export function subjectOf(resource: Resource, call: Call, known: Json | undefined): Subject {
  const { kind, kindByAction = {}, isPerson = false, realmOf } = resource
  const document = isJsonObject(known) ? known : {}
  const action = call.query.get('_action') ?? ''
  const realm = realmOf?.(call) ?? call.realm.path
  const id = idOf(resource, call, document)
  const name = (resource.nameOf ? resource.nameOf(call, document) : nameOf(document)) ?? id
  const whom = isPerson && id !== undefined ? { id, ...defined({ name }), realm } : undefined
  return {
    eventName: isPerson ? 'AM-IDENTITY-CHANGE' : 'AM-CONFIG-CHANGE',
    realm,
    kind: Object.hasOwn(kindByAction, action) ? (kindByAction[action] ?? kind) : kind,
    id,
    name,
    whom,
  }
}

function idOf({ idOf }: Resource, { params }: Call, document: JsonObject): string | undefined {
  const named = ['id', 'idOrVersion', 'name', 'reference'].map((name) => params[name])
  const id = named.find((each) => each !== undefined) ?? textOf(document, '_id')
  return id === undefined || idOf === undefined ? id : idOf(id)
}

/** The name of a document, for people. */
function nameOf(document: JsonObject): string | undefined {
  return textOf(document, 'userName', 'displayName', 'name', '_id')
}

function textOf(document: JsonObject, ...names: string[]): string | undefined {
  const values = names.map((name) => (Object.hasOwn(document, name) ? document[name] : undefined))
  return values.find((value) => typeof value === 'string' && value !== '')?.toString()
}
