import type { JsonObject } from '../../api/json.ts'
import { cibaGrantType, settingValue, textValues } from './client-settings.ts'

/** The ways to tokens that a client may be given, in words. */
export const grantTypes = [
  { value: 'authorization_code', label: 'Signs people in', about: 'Authorization code with PKCE.' },
  { value: 'refresh_token', label: 'Keeps people signed in', about: 'Refresh tokens, each good once.' },
  {
    value: 'client_credentials',
    label: 'Acts for itself',
    about: 'Client credentials, for programs without a person.',
  },
  {
    value: cibaGrantType,
    label: 'Has people asked',
    about: 'CIBA: they answer on a device of their own.',
  },
] as const

export function grantTypesText(document: JsonObject): string {
  const given =
    settingValue(document, 'grantTypes') === undefined
      ? ['authorization_code']
      : textValues(document, 'grantTypes')
  const words = grantTypes.filter(({ value }) => given.includes(value)).map(({ label }) => label)
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(', ')
}
