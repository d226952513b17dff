import type { Party, Thing } from '../../audit/audit-entry.ts'
import type { AuditEventName } from '../../audit/audit-trail.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import { realmOfUserObject } from '../realm-path.ts'
import type { Call, Route } from '../route.ts'

/** What an administrator's write is about. */
export type Subject = {
  eventName: AuditEventName
  realm: string
  kind: Thing['kind']
  id: string | undefined
  name: string | undefined
  whom: Party | undefined
}

/** Kinds by the beginning of the path; the first that fits. Others are called by the last word of their path. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/authenticationtrees\/trees/, 'journey'],
  [/authenticationtrees\/nodes/, 'node'],
  [/^journeys$/, 'import'],
  [/^journeys\//, 'journey'],
  [/^scripts/, 'script'],
  [/^node-designer\//, 'customNodeType'],
  [/^global-config\/realms/, 'realm'],
  [/^global-config\/audit/, 'audit'],
  [/^realm-config\/(authentication|settings|help-desk)$/, 'realmSettings'],
  [/^realm-config\/help-desk\/receivers/, 'receiver'],
  [/^realm-config\/help-desk\/deliveries/, 'delivery'],
  [/services\/SocialIdentityProviders/, 'identityProvider'],
  [/services\//, 'service'],
  [/agents\/OAuth2Client/, 'oauthClient'],
  [/^realm-config\/oauth-keys/, 'signingKeys'],
  [/^realm-config\/webhooks/, 'webhook'],
  [/^backchannel-transactions/, 'transaction'],
  [/^\/openidm\/managed\//, 'person'],
  [/^\/openidm\/config\/emailTemplate\//, 'emailTemplate'],
  [/^\/openidm\/config\/ui\/themerealm/, 'theme'],
]

/** Actions on a person that are not about their attributes. */
const kindOfAction: ReadonlyMap<string, string> = new Map([
  ['setRoles', 'role'],
  ['resetPassword', 'password'],
])

/** @param known the document before or after, whichever there is. */
export function subjectOf(route: Pick<Route, 'path'>, call: Call, known: Json | undefined): Subject {
  const document = isJsonObject(known) ? known : {}
  const isPerson = route.path.startsWith('/openidm/managed/')
  const found = kinds.find(([pattern]) => pattern.test(route.path))?.[1] ?? lastWord(route.path)
  const kind = (isPerson && kindOfAction.get(call.query.get('_action') ?? '')) || found
  const realm = isPerson
    ? (realmOfUserObject(call.params.object ?? '') ?? '/')
    : (realmAsked(route, call) ?? call.realm.path)
  const id = idOf(kind, call, document)
  const name = nameOfThing(kind, call, document) ?? id
  const whom =
    isPerson && id !== undefined ? { id, ...(name === undefined ? {} : { name }), realm } : undefined
  const eventName = isPerson ? 'AM-IDENTITY-CHANGE' : 'AM-CONFIG-CHANGE'
  return { eventName, realm, kind, id, name, whom }
}

function idOf(kind: string, { params }: Call, document: JsonObject): string | undefined {
  const named = ['id', 'idOrVersion', 'name', 'reference'].map((name) => params[name])
  const id = named.find((each) => each !== undefined) ?? textOf(document, '_id')
  // Realms go by the base64 of their path.
  return kind === 'realm' && id !== undefined ? Buffer.from(id, 'base64').toString() : id
}

function nameOfThing(kind: string, { params }: Call, document: JsonObject): string | undefined {
  if (kind === 'import') return importedJourneys(document)
  return kind === 'node' ? params.type : nameOf(document)
}

function nameOf(document: JsonObject): string | undefined {
  return textOf(document, 'userName', 'displayName', 'name', '_id')
}

/** The journeys of the plan that an import answers. */
function importedJourneys({ items }: JsonObject): string | undefined {
  const journeys = (Array.isArray(items) ? items : [])
    .filter(isJsonObject)
    .filter(({ kind }) => kind === 'journey')
    .map((item) => nameOf(item) ?? '')
  return journeys.length === 0 ? undefined : journeys.join(', ')
}

/** Routes outside `/am/json` say the realm in their query. */
function realmAsked({ path }: Pick<Route, 'path'>, { query }: Call): string | undefined {
  if (!path.startsWith('/openidm/config/emailTemplate')) return undefined
  const realm = query.get('realm') ?? '/alpha'
  return realm.startsWith('/') ? realm : `/${realm}`
}

function textOf(document: JsonObject, ...names: string[]): string | undefined {
  const values = names.map((name) => (Object.hasOwn(document, name) ? document[name] : undefined))
  return values.find((value) => typeof value === 'string' && value !== '')?.toString()
}

function lastWord(path: string): string {
  return path.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? path
}
