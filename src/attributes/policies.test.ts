import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../base/json.ts'
import { failedPolicies, type Policy } from './policies.ts'

const check = (policy: Policy, value: Json, object: JsonObject = {}) =>
  failedPolicies([policy], {
    attribute: 'field',
    value,
    object,
    isUnique: async (_name, text) => text !== 'taken',
    isBreached: async (text) => text === 'known to all',
  })

const cases: [policyId: string, params: JsonObject, fine: Json[], failing: Json[], requirement: string][] = [
  ['required', {}, ['a', ''], [null], 'REQUIRED'],
  ['not-empty', {}, ['a', 0, false], [null, '', []], 'REQUIRED'],
  ['unique', {}, ['free', null], ['taken'], 'UNIQUE'],
  ['not-common', {}, ['a sentence of my own'], ['dragon', 'DRAGON', 'dragondragon'], 'DICTIONARY'],
  [
    'valid-username',
    {},
    ['alex', 'alex+1@example.com', 'Zoë', 'Alex Caller', '李'],
    ['a/b', ' alex', 'alex ', 'a  b', 'a\nb', 'a,b', '%2e', 'ａlex', 'Zoe\u0308'],
    'VALID_USERNAME',
  ],
  [
    'valid-email-address-format',
    {},
    ['a@example.com', "o'neil@example.co.uk", 'root@localhost', '', null],
    ['a', 'a@', '@b', 'a b@c', 'a@b..c', 'a@b\nbcc: c@d', 'a@b,c@d'],
    'VALID_EMAIL_ADDRESS_FORMAT',
  ],
  [
    'valid-phone-format',
    {},
    ['+15550100', '(030) 123-45', ''],
    ['call me', '+', '1;2'],
    'VALID_PHONE_FORMAT',
  ],
  ['valid-name-format', {}, ['Anne-Marie', '李'], ['<b>', 'a\u0000'], 'VALID_NAME_FORMAT'],
  ['valid-date', {}, ['2026-01-31', '2026-01-31T08:00:00Z'], ['soon'], 'VALID_DATE'],
  ['minimum-length', { minLength: 2 }, ['ab', null], ['a', ''], 'MIN_LENGTH'],
  ['maximum-length', { maxLength: 2 }, ['ab', ['x']], ['abc'], 'MAX_LENGTH'],
  ['minimum-number', { minimum: 2 }, [2, null], [1], 'MINIMUM_NUMBER_VALUE'],
  ['maximum-number', { maximum: 2 }, [2], [3], 'MAXIMUM_NUMBER_VALUE'],
  ['at-least-X-capitals', { numCaps: 2 }, ['aBC', 'ÄÖ'], ['aBc'], 'AT_LEAST_X_CAPITAL_LETTERS'],
  ['at-least-X-numbers', { numNums: 2 }, ['a12'], ['a1'], 'AT_LEAST_X_NUMBERS'],
  [
    'cannot-contain-characters',
    { forbiddenChars: ['/', '$'] },
    ['a.b'],
    ['a/b', '$'],
    'CANNOT_CONTAIN_CHARACTERS',
  ],
  ['cannot-contain-duplicates', { duplicateLength: 3 }, ['aabb'], ['abbb'], 'CANNOT_CONTAIN_DUPLICATES'],
]

describe.each(cases)('the policy %s', (policyId, params, fine, failing, requirement) => {
  const policy = { policyId, params }
  test.each(fine)('allows %j', async (value) => {
    expect(await check(policy, value)).toEqual([])
  })
  test.each(failing)('rejects %j', async (value) => {
    expect(await check(policy, value)).toEqual([{ policyRequirement: requirement, params }])
  })
})

test.each([
  ...['00ad', '034f', '061c', '115f', '1160', '17b4', '180b', '180e', '200b', '200d', '202e', '2028', '2029'],
  ...['2060', '2065', '206a', '2800', '3164', 'fe00', 'fe0f', 'feff', 'ffa0', 'fff0', '1bca0', '1d173'],
  ...['e0001', 'e0100', 'e01f0', '378', 'e000', '00a0', '2003', '3000', '7f', '85'],
])('a username cannot contain the invisible character U+%s', async (code) => {
  const name = `al${String.fromCodePoint(Number.parseInt(code, 16))}ex`
  expect(await check({ policyId: 'valid-username' }, name)).toEqual([{ policyRequirement: 'VALID_USERNAME' }])
})

test('names the valid types for a value of another type', async () => {
  const policy = { policyId: 'valid-type', params: { types: ['string'] } }
  expect(await check(policy, 'a')).toEqual([])
  expect(await check(policy, 7)).toEqual([
    { policyRequirement: 'VALID_TYPE', params: { invalidType: 'integer', validTypes: ['string'] } },
  ])
})

test('names the attributes that a value contains, case-sensitively', async () => {
  const policy = { policyId: 'cannot-contain-others', params: { disallowedFields: ['userName', 'sn'] } }
  const object = { userName: 'alex', sn: '' }
  expect(await check(policy, 'Alex-1', object)).toEqual([])
  expect(await check(policy, 'my-alex-1', object)).toEqual([
    { policyRequirement: 'CANNOT_CONTAIN_OTHERS', params: { disallowedFields: ['userName'] } },
  ])
})

test('reports each requirement once', async () => {
  const policies = [{ policyId: 'required' }, { policyId: 'not-empty' }]
  const subject = {
    attribute: 'mail',
    value: null,
    object: {},
    isUnique: async () => true,
    isBreached: async () => true,
  }
  expect(await failedPolicies(policies, subject)).toEqual([{ policyRequirement: 'REQUIRED' }])
})

test('checks a password for breaches only if all other policies passed', async () => {
  const checked: string[] = []
  const failures = (value: string) =>
    failedPolicies([{ policyId: 'minimum-length', params: { minLength: 8 } }, { policyId: 'not-breached' }], {
      attribute: 'password',
      value,
      object: {},
      isUnique: async () => true,
      isBreached: async (text) => {
        checked.push(text)
        return text === 'known to all'
      },
    })
  expect(await failures('known to all')).toEqual([{ policyRequirement: 'DICTIONARY' }])
  expect(await failures('known to me')).toEqual([])
  expect(await failures('short')).toMatchObject([{ policyRequirement: 'MIN_LENGTH' }])
  expect(checked).toEqual(['known to all', 'known to me'])
})

test('throws for an unknown policy', async () => {
  await expect(check({ policyId: 'no-such-policy' }, 'a')).rejects.toThrow(
    'Policy no-such-policy of field does not exist',
  )
})
