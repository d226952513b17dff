import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import { consent } from './consent.ts'

const mapping = { displayName: 'News', icon: '', accessLevel: 'Profile', fields: ['mail'] }
const ports = selfService({
  consentMappings: [
    { ...mapping, name: 'news' },
    { ...mapping, name: 'shop' },
  ],
})
const given = (name: string, value: boolean) => ({
  ...answer('ConsentMappingCallback', value),
  output: { name },
})

test('asks for each mapping', async () => {
  const { action } = await runNode(consent, { ports, config: { message: { en: 'Share?' } } })
  expect(callbacksOf(action)).toHaveLength(2)
  expect(callbacksOf(action)[0]).toEqual({
    type: 'ConsentMappingCallback',
    output: { ...mapping, name: 'news', isRequired: false, message: 'Share?' },
  })
})

test('uses the configured notice', async () => {
  const { action } = await runNode(consent, { ports })
  expect(callbacksOf(action)[0]?.output.message).toBe('Privacy & Consent.')
})

test('asks nothing without mappings', async () => {
  expect(outcomeOf((await runNode(consent, { ports: selfService() })).action)).toBe('outcome')
})

test('stores consents with their date', async () => {
  const { action, state } = await runNode(consent, {
    ports,
    answers: [given('news', true), given('shop', false)],
  })
  expect(outcomeOf(action)).toBe('outcome')
  const consentDate = '2023-11-14T22:13:20.000Z'
  expect(state.shared).toEqual({
    objectAttributes: { consentedMappings: [{ consentDate, mapping: 'news' }] },
  })
})

test('stores nothing without consent', async () => {
  const { action, state } = await runNode(consent, {
    ports,
    answers: [given('news', false), given('shop', false)],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test.each([
  ['one of all required consents is refused', true, [given('news', true), given('shop', false)]],
  ['one is missing', false, [given('news', true)]],
  ['an answer belongs to another mapping', false, [given('news', true), given('other', true)]],
])('asks again if %s', async (_case, allRequired, answers) => {
  const { action, state } = await runNode(consent, { ports, answers, config: { allRequired } })
  expect(callbacksOf(action).map(({ output }) => output.isRequired)).toEqual([allRequired, allRequired])
  expect(state.shared).toEqual({})
})
