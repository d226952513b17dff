import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import { type Path, pathKey } from '../saving/changes.ts'

export const cibaGrantType = 'urn:openid:params:grant-type:ciba'

const core = 'coreOAuth2ClientConfig'
const advanced = 'advancedOAuth2ClientConfig'
const openId = 'coreOpenIDClientConfig'
const ciba = 'cibaClientConfig'

/** Where the settings that the console knows stand in the vendor's document. */
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
  status: 'In use',
  type: 'Type',
  secret: 'Secret',
  redirectUris: 'Redirect URIs',
  scopes: 'Scopes',
  defaultScopes: 'Default scopes',
  codeSeconds: 'A code lasts, in seconds',
  accessTokenSeconds: 'An access token lasts, in seconds',
  refreshTokenSeconds: 'A refresh token lasts, in seconds',
  grantTypes: 'Ways to tokens',
  isConsentImplied: 'People are not asked to allow it',
  authMethod: 'How it proves who it is',
  signedOutUris: 'After signing out',
  acrValues: 'Authentication contexts',
  deliveryMode: 'How it learns of an answer',
  notificationEndpoint: 'Notification endpoint',
  isUserCodeRequired: 'People tell it a code of theirs first',
}

/** What the setting at a place of the document is called; the vendor's names, where the console has none. */
export function settingTitle(path: Path): string {
  const found = Object.entries(settingPaths).find(([, place]) => pathKey(path).startsWith(pathKey(place)))
  return titles[found?.[0] as SettingName] ?? pathKey(path)
}

/** A setting of a client, out of the vendor's `{ "inherited", "value" }` if it is in one. */
export function settingValue(document: JsonObject, place: SettingName): Json | undefined {
  const held = storedValue(document, place)
  return isWrapped(held) ? held.value : held
}

/** Where a new value has to go, so that what surrounds it stays. */
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

/** As people call it; names may be written for a language: `en|Help desk`. */
export function applicationName(document: JsonObject, id: string): string {
  return textValue(document, 'name').split('|').at(-1) || id
}

/** What the server had against a document, with the names of this page. */
export function rejectionText(message: string): string {
  const [, place = '', reason = ''] = /^Invalid OAuth2 client: ([\w.]+): (.*)$/s.exec(message) ?? []
  return reason === '' ? message : `${settingTitle(place.split('.'))}: ${reason}`
}

type NewClient = { name: string; isPublic: boolean; secret: string | undefined }

/** The document of a new client, which may do nothing yet but sign people in. */
export function newDocument({ name, isPublic, secret }: NewClient): JsonObject {
  return {
    [core]: {
      ...(secret === undefined ? {} : { userpassword: secret }),
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
    },
  }
}

/** A secret that nobody can guess: 256 bits. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')
}

function storedValue(document: JsonObject, place: SettingName): Json | undefined {
  const [section, member] = settingPaths[place]
  const held = document[section]
  return isJsonObject(held) ? held[member] : undefined
}

function isWrapped(held: Json | undefined): held is JsonObject {
  return isJsonObject(held) && 'inherited' in held
}
