import { attributeOf } from '../identity-management/object-attributes.ts'
import type { Person } from '../ports/ports.ts'

/** Attributes that can name an account. */
export const accountNames = [
  'COMMON_NAME',
  'EMAIL_ADDRESS',
  'EMPLOYEE_NUMBER',
  'GIVEN_NAME',
  'LAST_NAME',
  'USERNAME',
] as const

type AccountName = (typeof accountNames)[number]

const attributes: Readonly<Record<AccountName, string>> = {
  COMMON_NAME: 'cn',
  EMAIL_ADDRESS: 'mail',
  EMPLOYEE_NUMBER: 'employeeNumber',
  GIVEN_NAME: 'givenName',
  LAST_NAME: 'sn',
  USERNAME: 'userName',
}

/** The account as the app shows it. */
export type AppAccount = { issuer: string; accountName: AccountName; bgColor: string; imgUrl: string }

export type OathRegistration = {
  passwordLength: 'SIX_DIGITS' | 'EIGHT_DIGITS'
  algorithm: 'HOTP' | 'TOTP'
  totpTimeInterval: number
  totpHashAlgorithm: string
}

/** Issuer and account, encoded for a path. */
export function labelOf({ issuer, accountName }: AppAccount, person: Person): string {
  const name = attributeOf(person, attributes[accountName])
  const account = typeof name === 'string' && name !== '' ? name : person.userName
  return `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
}

export function oathHost({ algorithm }: OathRegistration): 'totp' | 'hotp' {
  return algorithm === 'TOTP' ? 'totp' : 'hotp'
}

/** @param secret in base32 */
export function oathParameters(config: OathRegistration, secret: string, counter: number) {
  const hash = config.totpHashAlgorithm.replace('HMAC_', '')
  const isTimed = config.algorithm === 'TOTP'
  return {
    secret,
    ...(isTimed ? { period: String(config.totpTimeInterval) } : { counter: String(counter) }),
    digits: config.passwordLength === 'SIX_DIGITS' ? '6' : '8',
    ...(isTimed && hash !== 'SHA1' ? { algorithm: hash } : {}),
  }
}

/**
 * The `otpauth:` URI for authenticator apps, the only place where a key leaves the server.
 * @param secret in base32
 */
export function registrationUri(
  config: AppAccount & OathRegistration,
  person: Person,
  secret: string,
  counter: number,
): string {
  const parameters = {
    ...oathParameters(config, secret, counter),
    issuer: config.issuer,
    b: config.bgColor.replace('#', ''),
    ...(config.imgUrl === '' ? {} : { image: config.imgUrl }),
  }
  return `otpauth://${oathHost(config)}/${labelOf(config, person)}?${new URLSearchParams(parameters)}`
}
