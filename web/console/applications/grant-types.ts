import type { JsonObject } from '../../api/json.ts'
import { cibaGrantType, settingValue, textValues } from './client-settings.ts'

/** Grant types with their texts. */
export const grantTypes = [
  { value: 'authorization_code', label: 'Authorization code', about: 'Signs people in, with PKCE.' },
  {
    value: 'refresh_token',
    label: 'Refresh token',
    about: 'Keeps people signed in. Each token can be used once.',
  },
  {
    value: 'urn:ietf:params:oauth:grant-type:device_code',
    label: 'Device flow',
    about: 'For devices without a browser: people type a code elsewhere.',
  },
  {
    value: 'client_credentials',
    label: 'Machine-to-machine',
    about: 'Client credentials, for programs that act without a person.',
  },
  {
    value: cibaGrantType,
    label: 'Backchannel (CIBA)',
    about: 'Asks people to confirm on their own device.',
  },
] as const

/** The grant types of a client on one line. */
export function grantTypesText(document: JsonObject): string {
  const selected =
    settingValue(document, 'grantTypes') === undefined
      ? ['authorization_code']
      : textValues(document, 'grantTypes')
  const labels = grantTypes.filter(({ value }) => selected.includes(value)).map(({ label }) => label)
  return labels.join(', ')
}
