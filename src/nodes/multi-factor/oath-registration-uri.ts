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

type Registration = {
  issuer: string
  accountName: AccountName
  bgColor: string
  imgUrl: string
  passwordLength: 'SIX_DIGITS' | 'EIGHT_DIGITS'
  algorithm: 'HOTP' | 'TOTP'
  totpTimeInterval: number
  totpHashAlgorithm: string
}

/**
 * The `otpauth:` URI for authenticator apps, the only place where a key leaves the server.
 * @param secret in base32
 */
export function registrationUri(
  config: Registration,
  person: Person,
  secret: string,
  counter: number,
): string {
  const name = attributeOf(person, attributes[config.accountName])
  const account = typeof name === 'string' && name !== '' ? name : person.userName
  const hash = config.totpHashAlgorithm.replace('HMAC_', '')
  const isTimed = config.algorithm === 'TOTP'
  const parameters = {
    secret,
    ...(isTimed ? { period: String(config.totpTimeInterval) } : { counter: String(counter) }),
    digits: config.passwordLength === 'SIX_DIGITS' ? '6' : '8',
    b: config.bgColor.replace('#', ''),
    ...(config.imgUrl === '' ? {} : { image: config.imgUrl }),
    ...(isTimed && hash !== 'SHA1' ? { algorithm: hash } : {}),
  }
  const label = `${encodeURIComponent(config.issuer)}:${encodeURIComponent(account)}`
  return `otpauth://${isTimed ? 'totp' : 'hotp'}/${label}?${new URLSearchParams(parameters)}`
}
