import { expect, test } from 'vitest'
import { internationalNumber } from './telephone-number.ts'

test.each([
  ['+49 30 123456', '', '+4930123456'],
  ['030/123456', 'DE', '+4930123456'],
  ['(212) 555-0142', 'US', '+12125550142'],
  ['+44 20 7946 0000', 'DE', '+442079460000'],
  ['0049 30 123456', 'DE', '+4930123456'],
])('%s in country "%s" is %s', async (text, country, number) => {
  expect(await internationalNumber(text, country)).toBe(number)
})

test.each([
  ['030/123456', ''],
  ['030/123456', 'XX'],
  ['12', 'DE'],
  ['call +49 30 123456', 'DE'],
  ['+49 30 123456@sms.example.com', 'DE'],
  ['', 'DE'],
])('%s in country "%s" is no number', async (text, country) => {
  expect(await internationalNumber(text, country)).toBeUndefined()
})
