import { describe, expect, it } from 'vitest'
import { bestMatch, localise, localisedTextSchema } from './locale.ts'

const text = { en: 'Sign in', fr: 'Connexion', 'fr-CA': 'Ouvrir une session', de_CH_1996: 'Anmelden' }

describe('the text for a locale', () => {
  it.each([
    ['exact', ['fr-CA'], 'Ouvrir une session'],
    ['without its country', ['fr-FR'], 'Connexion'],
    ['without its variant', ['fr-CA-x'], 'Ouvrir une session'],
    ['whatever the case', ['FR-ca'], 'Ouvrir une session'],
    ['with underscores', ['fr_CA'], 'Ouvrir une session'],
    ['written with underscores', ['de-CH-1996'], 'Anmelden'],
    ['of the first preference that has one', ['it', 'fr', 'en'], 'Connexion'],
    ['of a poor match before a later exact one', ['fr-BE', 'en'], 'Connexion'],
  ])('is the one that fits, %s', (_how, locales, expected) => {
    expect(bestMatch(text, locales)).toBe(expected)
  })

  it.each([
    ['no preference', []],
    ['another language', ['it']],
    ['a country less than the text has', ['de']],
    ['a name inherited from Object', ['constructor', '__proto__']],
  ])('is undefined for %s', (_what, locales) => {
    expect(bestMatch(text, locales)).toBeUndefined()
  })

  it('may be empty', () => {
    expect(bestMatch({ en: '' }, ['en'])).toBe('')
  })
})

describe('localise', () => {
  it.each([
    ['the best match', text, ['fr'], 'Connexion'],
    ['English', text, ['it'], 'Sign in'],
    ['the first there is', { es: 'Entrar', pt: 'Entrar já' }, ['it'], 'Entrar'],
    ['the node’s own', {}, ['it'], 'Default'],
  ])('picks %s', (_what, given, locales, expected) => {
    expect(localise(given, locales, 'Default')).toBe(expected)
  })
})

it('reads the empty list that exports write for an empty map', () => {
  expect(localisedTextSchema.parse([])).toEqual({})
  expect(localisedTextSchema.safeParse(['en']).success).toBe(false)
  expect(localisedTextSchema.safeParse({ en: 1 }).success).toBe(false)
})
