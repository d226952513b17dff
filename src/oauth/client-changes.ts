import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'

type Shown = readonly [section: string, member: string, title: string]

/** Members of a client's document that let applications in or send people elsewhere, in the order of a plan. */
const opening: readonly Shown[] = [
  ['coreOAuth2ClientConfig', 'clientType', 'Type'],
  ['coreOAuth2ClientConfig', 'status', 'Status'],
  ['coreOAuth2ClientConfig', 'redirectionUris', 'Redirect URI'],
  ['coreOpenIDClientConfig', 'postLogoutRedirectUri', 'Address after the sign-out'],
  ['coreOAuth2ClientConfig', 'scopes', 'Scope'],
  ['coreOAuth2ClientConfig', 'defaultScopes', 'Default scope'],
  ['advancedOAuth2ClientConfig', 'grantTypes', 'Grant type'],
  ['advancedOAuth2ClientConfig', 'responseTypes', 'Response type'],
  ['advancedOAuth2ClientConfig', 'tokenEndpointAuthMethod', 'Authentication'],
  ['advancedOAuth2ClientConfig', 'isConsentImplied', 'Consent is implied'],
  ['advancedOAuth2ClientConfig', 'requirePkce', 'PKCE is required'],
  ['signEncOAuth2ClientConfig', 'publicKeyLocation', 'Keys from'],
  ['signEncOAuth2ClientConfig', 'jwksUri', 'Address of keys'],
  ['signEncOAuth2ClientConfig', 'jwkSet', 'Keys'],
  ['cibaClientConfig', 'notificationEndpoint', 'Address of notifications'],
  ['overrideOAuth2ClientConfig', 'providerOverridesEnabled', 'Own scripts'],
  ['overrideOAuth2ClientConfig', 'accessTokenModificationScript', 'Script of access tokens'],
  ['overrideOAuth2ClientConfig', 'oidcClaimsScript', 'Script of claims'],
]

/** What a change opens, in words: one line for each address, scope and grant type. @param before {} for a new client. */
export function openingChanges(before: JsonObject, after: JsonObject): string[] {
  return opening.flatMap(([section, member, title]) => {
    const [old, now] = [memberOf(before, section, member), memberOf(after, section, member)]
    if (!Array.isArray(old) && !Array.isArray(now)) return scalarChange(title, old, now)
    const [was, is] = [textsIn(old), textsIn(now)]
    return [
      ...is.filter((one) => !was.includes(one)).map((one) => `${title}: added "${one}"`),
      ...was.filter((one) => !is.includes(one)).map((one) => `${title}: removed "${one}"`),
    ]
  })
}

/** The document without what `openingChanges` compares. */
export function withoutOpening(document: JsonObject): JsonObject {
  const left = new Set(opening.map(([section, member]) => `${section}.${member}`))
  return Object.fromEntries(
    Object.entries(document).map(([name, section]): [string, Json] => {
      if (!isJsonObject(section)) return [name, section]
      const others = Object.entries(section).filter(([member]) => !left.has(`${name}.${member}`))
      return [name, Object.fromEntries(others)]
    }),
  )
}

/** Whether a client must prove itself with a secret. Unless its document says otherwise, it must. */
export function needsSecret(document: JsonObject): boolean {
  const type = memberOf(document, 'coreOAuth2ClientConfig', 'clientType') ?? 'Confidential'
  const method = memberOf(document, 'advancedOAuth2ClientConfig', 'tokenEndpointAuthMethod')
  return type !== 'Public' && String(method ?? 'client_secret_basic').startsWith('client_secret')
}

/** A member, also in the form `{ "inherited": false, "value": … }`. Undefined if it is not set. */
export function memberOf(document: JsonObject, section: string, member: string): Json | undefined {
  const members = document[section]
  const value = isJsonObject(members) ? members[member] : undefined
  const plain = isJsonObject(value) && 'inherited' in value ? value.value : value
  const isUnset = plain === null || plain === '' || plain === false || plain === nothingChosen
  return isUnset ? undefined : plain
}

function scalarChange(title: string, old: Json | undefined, now: Json | undefined): string[] {
  if (old === now || JSON.stringify(old) === JSON.stringify(now)) return []
  if (now === undefined) return [`${title}: no longer set`]
  return [old === undefined ? `${title}: ${shown(now)}` : `${title}: ${shown(old)} → ${shown(now)}`]
}

function shown(value: Json): string {
  return JSON.stringify(value)
}

function textsIn(value: Json | undefined): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
}
