import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, test } from 'vitest'
import plurals from '../../texts/en/desk.json' with { type: 'json' }
import { deskTexts } from './load-language.ts'
import { localeOf } from './page-languages.ts'
import {
  formatNumber,
  listed,
  setLanguage,
  t,
  template,
  translateKnown,
  withoutIsolates,
} from './translate.ts'
import type { Translation } from './translation.ts'

const [de, es, fr, ar] = await Promise.all([
  deskTexts('de'),
  deskTexts('es'),
  deskTexts('fr'),
  deskTexts('ar'),
])
const translations: Readonly<Record<string, Readonly<Record<string, Translation>>>> = { de, es, fr, ar }
const languages = Object.keys(translations)

const english = { locale: undefined, direction: 'ltr', translations: plurals } as const
afterEach(() => setLanguage(english))

describe('a text', () => {
  it('is English with its plural forms unless a language is chosen', () => {
    expect(t('Language')).toBe('Language')
    expect([1, 3].map((count) => t('{count} tries left', { count }))).toEqual([
      'One try left',
      '3 tries left',
    ])
  })

  it('has the forms and separators of the language', () => {
    setLanguage({ locale: 'de', direction: 'ltr', translations: de })
    expect(t('Language')).toBe('Sprache')
    expect(t('{count} tries left', { count: 1_200 })).toBe('Noch 1.200 Versuche')
    expect(formatNumber(1_200)).toBe('1.200')
  })

  it('has all six forms in Arabic', () => {
    setLanguage({ locale: 'ar', direction: 'rtl', translations: ar })
    const forms = [0, 1, 2, 3, 11, 100].map((count) => template('{count} tries left', count))
    expect(new Set(forms).size).toBe(5)
  })

  it('isolates names in Arabic, but not for other programs', () => {
    setLanguage({ locale: 'ar', direction: 'rtl', translations: ar })
    const text = t('The page asks {name} for it.', { name: 'Elena' })
    expect(text).toContain('\u2068Elena\u2069')
    expect(withoutIsolates(text)).toBe('تطلبه الصفحة من Elena.')
  })

  it('of French has no line break before double signs', () => {
    setLanguage({ locale: 'fr', direction: 'ltr', translations: fr })
    expect(t('What do they need?')).toBe('De quoi cette personne a-t-elle besoin\u00a0?')
    expect(t('“{text}”', { text: 'Elena' })).toBe('«\u00a0Elena\u00a0»')
  })

  it('of the server is translated if the pages know it', () => {
    setLanguage({ locale: 'de', direction: 'ltr', translations: de })
    expect(translateKnown('Language')).toBe('Sprache')
    expect(translateKnown('toString')).toBe('toString')
  })
})

test('numbers in Arabic have one kind of digits in every country', () => {
  for (const tag of ['ar-EG', 'ar-SA', 'ar']) {
    setLanguage({ locale: localeOf('ar', ['en-GB', tag]), direction: 'rtl', translations: ar })
    expect(formatNumber(42)).toBe('42')
  }
  expect(localeOf('en', ['de', 'en-GB'])).toBe('en-GB')
  expect(localeOf('fr', ['de'])).toBe('fr')
})

test('names are listed in the words of the language', () => {
  expect(listed(['Ann', 'Ben', 'Cem'])).toBe('Ann, Ben and Cem')
  expect(listed(['1 wrong code', '2 failed sign-ins'], 'unit')).toBe('1 wrong code, 2 failed sign-ins')
})

const formsOf = (translation: Translation) =>
  typeof translation === 'string' ? [translation] : Object.values(translation)

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

describe.each(languages)('the translations of %s', (code) => {
  const all = Object.entries(translations[code] ?? {})

  it('keep the placeholders', () => {
    // A form for one or two may say the number in words.
    const wrong = all.flatMap(([text, translation]) =>
      formsOf(translation).filter((form) =>
        typeof translation === 'string'
          ? `${placeholders(form)}` !== `${placeholders(text)}`
          : placeholders(form).some((each) => !text.includes(each)),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('have plural forms where English has them, and all that the language knows', () => {
    const needed = new Intl.PluralRules(code)
      .resolvedOptions()
      .pluralCategories.filter((form) => form !== 'many' || code === 'ar')
    const lacking = all.filter(([text, translation]) =>
      Object.hasOwn(plurals, text)
        ? typeof translation === 'string' || needed.some((form) => translation[form] === undefined)
        : typeof translation !== 'string',
    )
    expect(lacking.map(([text]) => text)).toEqual([])
  })
})

test('every translated text is used', () => {
  const root = join(import.meta.dirname, '../..')
  // The server sends some of them.
  const folders = '{web/{desk,check-model,design,api},src/{http/help-desk,help-desk,nodes}}'
  const files = globSync(`${folders}/**/*.{ts,tsx}`, { cwd: root })
  const sources = files
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
  const source = sources.join('\n')
  const quotes = ["'", '"', '`']
  const isUsed = (text: string) => quotes.some((quote) => source.includes(quote + text + quote))
  expect(Object.keys(readTexts('de', 'desk.json')).filter((text) => !isUsed(text))).toEqual([])
})

const readTexts = (code: string, name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../texts', code, name), 'utf8'))

/** The names of texts, and of those in groups. `sent` translates what English needs no translation of. */
const namesIn = (texts: object): string[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'object' && name !== 'sent' ? namesIn(text).map((inner) => `${name}.${inner}`) : [name],
  )

describe.each(languages)('the files of %s', (code) => {
  it.each(['sign-in.json', 'notice.json', 'server.json'])('have the texts of the English %s', (name) => {
    // Languages have more or fewer forms of number. English has no texts of actions, which are the keys.
    const namesOf = (each: string) =>
      namesIn(readTexts(each, name))
        .filter((text) => !text.startsWith('actions.'))
        .map((text) => text.replace(/\.(?:zero|one|two|few|many|other)$|(?<=^(?:needs|fails)\..*)\.\d$/, ''))
    expect(new Set(namesOf(code))).toEqual(new Set(namesOf('en')))
  })

  it('have the texts of the German desk', () => {
    expect(Object.keys(readTexts(code, 'desk.json'))).toEqual(
      expect.arrayContaining(Object.keys(readTexts('de', 'desk.json'))),
    )
  })

  it('say the same before and after the script of the sign-in page runs', () => {
    const { firstPage } = readTexts(code, 'server.json') as { firstPage: Record<string, string> }
    const { moment, slow, ownSessions, title } = readTexts(code, 'sign-in.json')
    expect(firstPage).toMatchObject({ moment, slow, ownSessions, signIn: title })
  })
})
