import { expect, test } from 'vitest'
import { meaningOf } from './scope-meaning.ts'

const lines = [
  'orders|en|Your orders',
  'orders|de|Ihre Bestellungen',
  'profile|Who you are',
  'raw',
  'late|fr|Tard',
]

test.each([
  ['orders', 'de', 'Ihre Bestellungen'],
  ['orders', 'en', 'Your orders'],
  ['orders', 'ar', 'Your orders'],
  ['profile', 'de', 'Who you are'],
  ['email', 'de', 'Ihre E-Mail-Adresse'],
  ['late', 'en', 'Tard'],
  ['raw', 'en', 'raw'],
  ['constructor', 'en', 'constructor'],
] as const)('%s in %s means %j', (scope, language, meaning) => {
  expect(meaningOf(scope, lines, language)).toBe(meaning)
})
