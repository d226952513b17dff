import { afterEach, expect, it } from 'vitest'
import plurals from '../../../texts/en/desk.json' with { type: 'json' }
import { deskTexts } from '../../translate/load-language.ts'
import { setLanguage } from '../../translate/translate.ts'
import { recordText } from './record.ts'

const ar = await deskTexts('ar')

afterEach(() => setLanguage({ locale: undefined, direction: 'ltr', translations: plurals }))

it('has no invisible characters when it is copied in Arabic', () => {
  setLanguage({ locale: 'ar', direction: 'rtl', translations: ar })
  const text = recordText({
    reference: '7QK4M2XR',
    name: 'Alex Caller',
    standing: 'ready',
    check: {
      reference: '7QK4M2XR',
      expiresAt: 300_000,
      events: [],
      link: undefined,
      code: undefined,
      reverseCode: undefined,
      hasCodes: false,
    },
    row: undefined,
    details: { name: 'Alex Caller', firstName: 'Alex', action: undefined, lifeMinutes: 5, isOwn: true },
    proof: undefined,
  })
  expect(text).toContain('7QK4M2XR')
  expect(text.split('\n')).toContain('المتصل: Alex Caller')
  expect(text).not.toMatch(/[\u2066-\u2069]/)
})
