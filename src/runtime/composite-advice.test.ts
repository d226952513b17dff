import { expect, test } from 'vitest'
import { journeysOfAdvice, transactionOfAdvice } from './composite-advice.ts'

const advice = (name: string, ...values: string[]) =>
  `<Advices><AttributeValuePair><Attribute name="${name}"/>${values.map((value) => `<Value>${value}</Value>`).join('')}</AttributeValuePair></Advices>`

test('returns the journeys in order, without the realm before the colon', () => {
  const xml = advice('AuthenticateToServiceConditionAdvice', '/alpha:Login', 'StepUp')
  expect(journeysOfAdvice(xml)).toEqual(['Login', 'StepUp'])
})

test('returns the transaction', () => {
  expect(transactionOfAdvice(advice('TransactionConditionAdvice', 'b3070138'))).toBe('b3070138')
  expect(journeysOfAdvice(advice('TransactionConditionAdvice', 'b3070138'))).toEqual([])
})

test('decodes XML escapes', () => {
  expect(journeysOfAdvice(advice('AuthenticateToTreeConditionAdvice', 'a&amp;b'))).toEqual(['a&b'])
})

test.each(['', 'Login', '<Advices>', '<Other/>', '<!DOCTYPE x [<!ENTITY a "b">]><Advices/>'])(
  'rejects %j',
  (xml) => {
    expect(() => journeysOfAdvice(xml)).toThrow('not a valid composite advice')
  },
)
