import { expect, test } from 'vitest'
import { indexOfAdvice } from './composite-advice.ts'

const advice = (name: string, ...values: string[]) =>
  `<Advices><AttributeValuePair><Attribute name="${name}"/>${values.map((value) => `<Value>${value}</Value>`).join('')}</AttributeValuePair></Advices>`

test('returns the first journey, without the realm before the colon', () => {
  const xml = advice('AuthenticateToServiceConditionAdvice', '/alpha:Login', 'StepUp')
  expect(indexOfAdvice(xml)).toEqual({ type: 'service', value: 'Login' })
  expect(indexOfAdvice(advice('AnotherAdvice', 'Login'))).toBeUndefined()
})

test('returns the transaction', () => {
  const found = indexOfAdvice(advice('TransactionConditionAdvice', 'b3070138'))
  expect(found).toEqual({ type: 'transaction', value: 'b3070138' })
})

test('decodes XML escapes', () => {
  expect(indexOfAdvice(advice('AuthenticateToTreeConditionAdvice', 'a&amp;b'))?.value).toBe('a&b')
})

test.each(['', 'Login', '<Advices>', '<Other/>', '<!DOCTYPE x [<!ENTITY a "b">]><Advices/>'])(
  'rejects %j',
  (xml) => {
    expect(() => indexOfAdvice(xml)).toThrow('not a valid composite advice')
  },
)
