import { defined } from '../../api/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { type Path, pathKey } from '../saving/changes.ts'

export const cibaGrantType = 'urn:openid:params:grant-type:ciba'

const core = 'coreOAuth2ClientConfig'
const advanced = 'advancedOAuth2ClientConfig'
const openId = 'coreOpenIDClientConfig'
const ciba = 'cibaClientConfig'

const texts = {
  type: 'array',
  items: { type: 'string', title: '', description: '', propertyOrder: 0 },
} as const
const seconds = { type: 'integer', minimum: 0, maximum: 31_536_000 } as const
const choice = (choices: Readonly<Record<string, string>>) => ({
  enum: Object.keys(choices),
  options: { enum_titles: Object.values(choices) },
  default: Object.keys(choices)[0],
})

type ClientSetting = Partial<Setting> & { title: string; path: readonly [section: string, member: string] }

/** The settings of the page, with their paths in the vendor's document. */
export const clientSettings = {
  name: { path: [core, 'clientName'], title: 'Name' },
  status: { path: [core, 'status'], title: 'Enabled' },
  type: {
    path: [core, 'clientType'],
    title: 'Type',
    ...choice({ Confidential: 'Confidential: keeps a secret', Public: 'Public: can’t keep a secret' }),
  },
  secret: { path: [core, 'userpassword'], title: 'Secret' },
  redirectUris: {
    path: [core, 'redirectionUris'],
    title: 'Redirect URIs',
    description: 'Where people return after signing in. URIs must match exactly.',
    ...texts,
  },
  signedOutUris: {
    path: [openId, 'postLogoutRedirectUri'],
    title: 'Post-logout redirect URIs',
    description: 'Where people can return after signing out.',
    ...texts,
  },
  scopes: {
    path: [core, 'scopes'],
    title: 'Scopes',
    description:
      'Scopes that the application can request, optionally with a text for people: orders|en|Your orders',
    ...texts,
  },
  defaultScopes: {
    path: [core, 'defaultScopes'],
    title: 'Default scopes',
    description: 'Used if the application requests no scopes.',
    ...texts,
  },
  acrValues: {
    path: [openId, 'defaultAcrValues'],
    title: 'Authentication contexts',
    description:
      'Used if the application requests none. They select journeys, as configured in the realm settings.',
    ...texts,
  },
  grantTypes: { path: [advanced, 'grantTypes'], title: 'Grant types' },
  authMethod: {
    path: [advanced, 'tokenEndpointAuthMethod'],
    title: 'Client authentication',
    ...choice({
      client_secret_basic: 'client_secret_basic: in the header',
      client_secret_post: 'client_secret_post: in the form',
    }),
  },
  requirePkce: {
    path: [advanced, 'requirePkce'],
    title: 'Require PKCE',
    description:
      'A stolen code is useless without the verifier of the application. Turn it off only for applications that can’t send one.',
    type: 'boolean',
  },
  isFapi: {
    path: [advanced, 'fapi2'],
    title: 'FAPI 2.0 Security Profile',
    description:
      'The application authenticates with its own key (private_key_jwt), pushes its requests, and uses PKCE and DPoP.',
    type: 'boolean',
  },
  bindsTokens: {
    path: [advanced, 'dpop_bound_access_tokens'],
    title: 'Bind access tokens (DPoP)',
    description: 'A stolen access token is useless without the key of the application.',
    type: 'boolean',
  },
  isConsentImplied: {
    path: [advanced, 'isConsentImplied'],
    title: 'Skip consent',
    description: 'Only for your own applications. Others should ask people for consent.',
    type: 'boolean',
  },
  deliveryMode: {
    path: [ciba, 'tokenDeliveryMode'],
    title: 'Delivery mode',
    ...choice({
      poll: 'Poll: the application asks repeatedly',
      ping: 'Ping: the application is notified and fetches the result',
    }),
  },
  notificationEndpoint: {
    path: [ciba, 'notificationEndpoint'],
    title: 'Notification endpoint',
    description: 'HTTPS URL of the application. The call names the request, but not the result.',
    type: 'string',
  },
  isUserCodeRequired: {
    path: [ciba, 'userCodeRequired'],
    title: 'Require a user code',
    description:
      'The application must send a code that the person chose, so that others can’t trigger requests.',
    type: 'boolean',
  },
  codeSeconds: {
    path: [core, 'authorizationCodeLifetime'],
    title: 'Authorization code lifetime (seconds)',
    ...seconds,
  },
  accessTokenSeconds: {
    path: [core, 'accessTokenLifetime'],
    title: 'Access token lifetime (seconds)',
    ...seconds,
  },
  refreshTokenSeconds: {
    path: [core, 'refreshTokenLifetime'],
    title: 'Refresh token lifetime (seconds)',
    ...seconds,
  },
} as const satisfies Readonly<Record<string, ClientSetting>>

export type SettingName = keyof typeof clientSettings

/** Title of the setting at a path. Unknown settings are shown by path. */
export function settingTitle(path: Path): string {
  const all = Object.values(clientSettings)
  return all.find((each) => pathKey(path).startsWith(pathKey(each.path)))?.title ?? pathKey(path)
}

/** Value of a setting, also if it is in the vendor's wrapper `{ "inherited", "value" }`. */
export function settingValue(document: JsonObject, place: SettingName): Json | undefined {
  const stored = storedValue(document, place)
  return isWrapped(stored) ? stored.value : stored
}

/** Path for a new value, inside the vendor's wrapper if there is one. */
export function settingPath(document: JsonObject, place: SettingName): Path {
  return isWrapped(storedValue(document, place))
    ? [...clientSettings[place].path, 'value']
    : clientSettings[place].path
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
  const [section, member] = clientSettings[place].path
  const members = document[section]
  return isJsonObject(members) ? members[member] : undefined
}

function isWrapped(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && 'inherited' in value
}
