import type { CountryCode } from 'libphonenumber-js'
import type { Identity } from './identity.ts'

/**
 * A number in international form (E.164); undefined for other texts.
 * @param country of numbers without a prefix: two capital letters, or empty.
 * @param allowed countries; empty: all. Numbers whose country is unknown are in none.
 */
export async function internationalNumber(
  text: string,
  country: string,
  allowed: readonly string[] = [],
): Promise<string | undefined> {
  // Loaded for the first message: its tables cost some megabytes.
  const { isSupportedCountry, parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  const known: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const parsed = parsePhoneNumberFromString(text, { extract: false, ...(known && { defaultCountry: known }) })
  if (parsed?.isPossible() !== true) return undefined
  // rule R12: otherwise numbers of all countries get messages
  return allowed.length === 0 || allowed.includes(parsed.country ?? '') ? parsed.number : undefined
}

/** The telephone number on file, as it was entered. Only of this attribute it is known when it changed. */
export function telephoneNumberOf({ attributes: { telephoneNumber } }: Pick<Identity, 'attributes'>) {
  return [telephoneNumber].flat().find((value): value is string => typeof value === 'string' && value !== '')
}
