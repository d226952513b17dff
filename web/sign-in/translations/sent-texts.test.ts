import { expect, test } from 'vitest'
import { defaultTexts } from './default-texts.fixture.ts'
import { languages } from './languages.ts'
import { translateSent } from './texts.tsx'

/** Texts that the sign-in page never shows: it says its own, or the text is for another client. */
const neverShown = new Set([
  'Login failure',
  // Only apps show these, from the callback of a bound device.
  'Authentication required',
  'Cryptography device binding',
  'Please complete with biometric to proceed',
  // Goes to the app on the phone.
  'Login attempt from {{user}} at {{issuer}}',
  // Goes to the log.
  'Application Ids names no app, so every app is refused',
  // A journey without its own text, which its author sees first.
  'Default message',
  'Unable to find translation.',
])

const translated = languages.filter(({ code }) => code !== 'en')

test('finds the default texts of node types', () => {
  expect([...defaultTexts().keys()]).toEqual(
    expect.arrayContaining(['User Name', 'Use recovery code', 'Password must be reset.', 'Skip this step']),
  )
})

test.each(translated)('every default text of a node type is translated: $name', async ({ texts }) => {
  const { sent } = await texts()
  // The number is in the text that the page gets.
  const isTranslated = (text: string) => Object.hasOwn(sent, text.replace('{{challenge}}', '{n}'))
  const missing = [...defaultTexts()].filter(([text]) => !neverShown.has(text) && !isTranslated(text))
  expect(missing).toEqual([])
})

test('translates texts with a number', async () => {
  const german = await translated[0]?.texts()
  expect(german && translateSent(german, 'Password must be a minimum of 12 characters')).toBe(
    'Das Passwort muss mindestens 12 Zeichen haben.',
  )
  expect(german && translateSent(german, 'Room 12')).toBe('Room 12')
})
