import { defined } from '../../api/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import { type Path, pathKey } from '../saving/changes.ts'

export const cibaGrantType = 'urn:openid:params:grant-type:ciba'

const core = 'coreOAuth2ClientConfig'
const advanced = 'advancedOAuth2ClientConfig'
const openId = 'coreOpenIDClientConfig'
const ciba = 'cibaClientConfig'

/** Paths of the settings in the vendor's document. */
export const settingPaths = {
  name: [core, 'clientName'],
  status: [core, 'status'],
  type: [core, 'clientType'],
  secret: [core, 'userpassword'],
  redirectUris: [core, 'redirectionUris'],
  scopes: [core, 'scopes'],
  defaultScopes: [core, 'defaultScopes'],
  codeSeconds: [core, 'authorizationCodeLifetime'],
  accessTokenSeconds: [core, 'accessTokenLifetime'],
  refreshTokenSeconds: [core, 'refreshTokenLifetime'],
  grantTypes: [advanced, 'grantTypes'],
  isConsentImplied: [advanced, 'isConsentImplied'],
  requirePkce: [advanced, 'requirePkce'],
  authMethod: [advanced, 'tokenEndpointAuthMethod'],
  signedOutUris: [openId, 'postLogoutRedirectUri'],
  acrValues: [openId, 'defaultAcrValues'],
  deliveryMode: [ciba, 'tokenDeliveryMode'],
  notificationEndpoint: [ciba, 'notificationEndpoint'],
  isUserCodeRequired: [ciba, 'userCodeRequired'],
} as const satisfies Record<string, Path>

export type SettingName = keyof typeof settingPaths

export const titles: Readonly<Record<SettingName, string>> = {
  name: 'Name',
  status: 'Enabled',
  type: 'Type',
  secret: 'Secret',
  redirectUris: 'Redirect URIs',
  scopes: 'Scopes',
  defaultScopes: 'Default scopes',
  codeSeconds: 'Authorization code lifetime (seconds)',
  accessTokenSeconds: 'Access token lifetime (seconds)',
  refreshTokenSeconds: 'Refresh token lifetime (seconds)',
  grantTypes: 'Grant types',
  isConsentImplied: 'Skip consent',
  requirePkce: 'Require PKCE',
  authMethod: 'Client authentication',
  signedOutUris: 'Post-logout redirect URIs',
  acrValues: 'Authentication contexts',
  deliveryMode: 'Delivery mode',
  notificationEndpoint: 'Notification endpoint',
  isUserCodeRequired: 'Require a user code',
}

/** Title of the setting at a path. Unknown settings are shown by path. */
export function settingTitle(path: Path): string {
  const found = Object.entries(settingPaths).find(([, place]) => pathKey(path).startsWith(pathKey(place)))
  return titles[found?.[0] as SettingName] ?? pathKey(path)
}

/** Value of a setting, also if it is in the vendor's wrapper `{ "inherited", "value" }`. */
export function settingValue(document: JsonObject, place: SettingName): Json | undefined {
  const stored = storedValue(document, place)
  return isWrapped(stored) ? stored.value : stored
}

/** Path for a new value, inside the vendor's wrapper if there is one. */
export function settingPath(document: JsonObject, place: SettingName): Path {
  return isWrapped(storedValue(document, place)) ? [...settingPaths[place], 'value'] : settingPaths[place]
}

export function textValue(document: JsonObject, place: SettingName, otherwise = ''): string {
  const value = [settingValue(document, place)].flat()[0]
  return typeof value === 'string' ? value : otherwise
}

export function textValues(document: JsonObject, place: SettingName): string[] {
  return [settingValue(document, place)].flat().filter((each) => typeof each === 'string')
}

/** Display name. Stored names can have a language: `en|Help desk`. */
export function applicationName(document: JsonObject, id: string): string {
  return textValue(document, 'name').split('|').at(-1) || id
}

/** The server's error with the field title of this page. */
export function rejectionText(message: string): string {
  const [, place = '', reason = ''] = /^Invalid OAuth2 client: ([\w.]+): (.*)$/s.exec(message) ?? []
  return reason === '' ? message : `${settingTitle(place.split('.'))}: ${reason}`
}

type NewClient = { name: string; isPublic: boolean; secret: string | undefined }

/** The document of a new client, which can only sign people in. */
export function newDocument({ name, isPublic, secret }: NewClient): JsonObject {
  return {
    [core]: {
      ...defined({ userpassword: secret }),
      clientType: isPublic ? 'Public' : 'Confidential',
      status: 'Active',
      clientName: name === '' ? [] : [name],
      redirectionUris: [],
      scopes: ['openid'],
      defaultScopes: [],
    },
    [advanced]: {
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenEndpointAuthMethod: isPublic ? 'none' : 'client_secret_basic',
      isConsentImplied: false,
      requirePkce: true,
    },
  }
}

/** A random secret of 256 bits. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (character) => ({ '+': '-', '/': '_' })[character] ?? '',
  )
}

function storedValue(document: JsonObject, place: SettingName): Json | undefined {
  const [section, member] = settingPaths[place]
  const members = document[section]
  return isJsonObject(members) ? members[member] : undefined
}

function isWrapped(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && 'inherited' in value
}
