import { expect, test } from 'vitest'
import type { Step } from '../../../../api/authenticate.ts'
import { userAgentProblem } from '../../../../api/runs.ts'
import { devices } from './devices.ts'
import { prefilledStep } from './prefilled-step.ts'
import { choicesInWords, languageTag, noChoices, problemsOf, userAgentOf } from './run-choices.ts'

const phone = { ...noChoices, device: 'iphone-safari' }

test('a device has the user agent of its browser, which the server accepts', () => {
  expect(userAgentOf(noChoices)).toBeUndefined()
  expect(userAgentOf(phone)).toContain('iPhone')
  expect(userAgentOf({ ...noChoices, device: 'other', userAgent: 'Mine/1' })).toBe('Mine/1')
  // A user agent that was typed earlier has no effect on a listed device.
  expect(userAgentOf({ ...phone, userAgent: 'Mine/1' })).toContain('iPhone')
  for (const { userAgent } of devices) expect(userAgentProblem(userAgent)).toBeUndefined()
})

test('a language is a tag as browsers send it', () => {
  expect(['fr_ca', ' de ', 'zh-hant-tw'].map(languageTag)).toEqual(['fr-CA', 'de', 'zh-Hant-TW'])
  expect(['', 'français', 'f', 'en, de;q=1'].map(languageTag)).toEqual(Array(4).fill(undefined))
})

test('an incomplete choice says what it lacks', () => {
  expect(problemsOf({ ...noChoices, userAgent: 'ü' })).toEqual({})
  expect(problemsOf({ ...phone, language: 'f' })).toEqual({ language: 'A language tag, such as fr-CA' })
  expect(problemsOf({ ...noChoices, device: 'other', userAgent: 'ü' })).toEqual({
    userAgent: 'The user agent must be printable ASCII characters, without spaces at the ends',
  })
})

test('a button names the choices', () => {
  expect(choicesInWords(noChoices)).toEqual([])
  expect(choicesInWords({ ...phone, person: 'alex', language: 'fr-CA' })).toEqual([
    'alex',
    'français (Canada)',
    'iPhone, Safari',
  ])
  expect(choicesInWords({ ...noChoices, device: 'other', userAgent: 'Mine/1' })).toEqual(['Mine/1'])
})

function page(type: string, output: Record<string, unknown>, value: unknown = ''): Step {
  const fields = Object.entries(output).map(([name, value]) => ({ name, value }))
  return { authId: 'x', callbacks: [{ type, output: fields, input: [{ name: 'IDToken1', value }] }] }
}

const inputOf = (step: Step, choices = { ...phone, person: 'alex' }) =>
  prefilledStep(step, choices).callbacks[0]?.input[0]?.value

test('the username is filled in where a page asks for one, and nowhere else', () => {
  expect(inputOf(page('NameCallback', { prompt: 'User Name' }))).toBe('alex')
  expect(inputOf(page('ValidatedCreateUsernameCallback', { prompt: 'Username' }))).toBe('alex')
  expect(inputOf(page('NameCallback', { prompt: 'User Name' }, 'known'))).toBe('known')
  expect(inputOf(page('NameCallback', { prompt: 'Enter verification code' }))).toBe('')
  expect(inputOf(page('PasswordCallback', { prompt: 'User Name' }))).toBe('')
  expect(inputOf(page('NameCallback', { prompt: 'User Name' }), noChoices)).toBe('')
})

test('a chosen device describes itself', () => {
  const asked = page('DeviceProfileCallback', { metadata: true, location: false })
  expect(JSON.parse(String(inputOf(asked)))).toEqual({
    identifier: 'run-panel-iphone-safari',
    metadata: {
      hardware: {},
      browser: { userAgent: userAgentOf(phone) },
      platform: { platform: 'iPhone', deviceName: 'iPhone (Browser)' },
    },
  })
  const short = page('DeviceProfileCallback', { metadata: false, location: false })
  expect(JSON.parse(String(inputOf(short)))).toEqual({ identifier: 'run-panel-iphone-safari' })
  expect(inputOf(asked, noChoices)).toBe('')
})
