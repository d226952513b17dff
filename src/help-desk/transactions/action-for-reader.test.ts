import { expect, test } from 'vitest'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { actionForSubject, requestForSubject, translatedAction } from './action-for-reader.ts'
import { noPurpose } from './purpose.ts'
import { unknownOpener } from './transaction.ts'

const realmWith = (helpDesk: object = {}, locales: object = {}) => ({
  settings: realmSettingsSchema.parse({ helpDesk, locales }),
})

const reset = 'Reset the password'

test.each([
  ['a language of the reader', ['de'], 'Passwort zurücksetzen'],
  ['a country’s variant', ['es-MX'], 'Restablecer la contraseña'],
  ['the second language, if the first has no text', ['pt', 'fr'], 'Réinitialiser le mot de passe'],
  ['the action, for readers of the realm’s language', ['en-GB', 'de'], reset],
  ['the action, without a text', ['pt'], reset],
  ['the action, without languages', [], reset],
])('shows %s', (_case, locales, expected) => {
  expect(translatedAction(reset, { realm: realmWith(), locales })).toBe(expected)
})

test('shows actions without translations as they are', () => {
  expect(translatedAction('Order a badge', { realm: realmWith(), locales: ['de'] })).toBe('Order a badge')
  expect(translatedAction('constructor', { realm: realmWith(), locales: ['de'] })).toBe('constructor')
})

test('takes the action as a text in the realm’s default language', () => {
  const realm = realmWith(
    { actionTexts: { 'Passwort zurücksetzen': { en: reset } } },
    { offered: ['de', 'en'], default: 'de' },
  )
  expect(translatedAction('Passwort zurücksetzen', { realm, locales: ['de-CH', 'en'] })).toBe(
    'Passwort zurücksetzen',
  )
  expect(translatedAction('Passwort zurücksetzen', { realm, locales: ['en'] })).toBe(reset)
})

test('translations are plain and on one line', () => {
  const realm = realmWith({ actionTexts: { [reset]: { de: 'Passwort\n\u202ezurück' } } })
  expect(translatedAction(reset, { realm, locales: ['de'] })).toBe('Passwort zurück')
})

test('an application’s words stay its own', () => {
  const asked = {
    purpose: { ...noPurpose, action: reset },
    openedBy: { ...unknownOpener, client: 'shop' },
  }
  expect(actionForSubject(asked, { realm: realmWith(), locales: ['de'] })).toBe(reset)
})

test.each([
  ['en', 'Vouch for Ed Evers: Reset the password', 'Vouch for Ed Evers'],
  ['de', 'Für Ed Evers bürgen: Passwort zurücksetzen', 'Für Ed Evers bürgen'],
  ['fr', 'Se porter garant pour Ed Evers : Réinitialiser le mot de passe', 'Se porter garant pour Ed Evers'],
  ['es', 'Responder por Ed Evers: Restablecer la contraseña', 'Responder por Ed Evers'],
  ['ar', 'ضمان Ed Evers: إعادة تعيين كلمة المرور', 'ضمان Ed Evers'],
])('asks to vouch in %s', (language, withAction, without) => {
  const reader = { realm: realmWith(), locales: [language] }
  const asked = (action: string | undefined) => ({
    purpose: { ...noPurpose, action, vouchFor: 'Ed Evers' },
    openedBy: unknownOpener,
  })
  expect(requestForSubject(asked(reset), reader)).toBe(withAction)
  expect(requestForSubject(asked(undefined), reader)).toBe(without)
})

test.each([
  ['an empty text', { [reset]: { de: ' ' } }],
  ['a long text', { [reset]: { de: 'x'.repeat(121) } }],
  ['a text without a language', { [reset]: 'Passwort' }],
  ['too many actions', Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a${at}`, { de: 'b' }]))],
])('settings refuse %s', (_case, actionTexts) => {
  expect(realmSettingsSchema.safeParse({ helpDesk: { actionTexts } }).success).toBe(false)
})
