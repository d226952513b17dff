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

test('each mapping is asked for', async () => {
  const { action } = await runNode(consent, { ports, config: { message: { en: 'Share?' } } })
  expect(callbacksOf(action)).toHaveLength(2)
  expect(callbacksOf(action)[0]).toEqual({
    type: 'ConsentMappingCallback',
    output: { ...mapping, name: 'news', isRequired: false, message: 'Share?' },
  })
})

test('the notice has a text of its own', async () => {
  const { action } = await runNode(consent, { ports })
  expect(callbacksOf(action)[0]?.output.message).toBe('Privacy & Consent.')
})

test('without mappings nothing is asked', async () => {
  expect(outcomeOf((await runNode(consent, { ports: selfService() })).action)).toBe('outcome')
})

test('what was consented to is kept with its date', async () => {
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

test('consent to nothing keeps nothing', async () => {
  const { action, state } = await runNode(consent, {
    ports,
    answers: [given('news', false), given('shop', false)],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test.each([
  ['one is refused where all are required', true, [given('news', true), given('shop', false)]],
  ['one is missing', false, [given('news', true)]],
  ['one is another', false, [given('news', true), given('other', true)]],
])('when %s all are asked for again', async (_case, allRequired, answers) => {
  const { action, state } = await runNode(consent, { ports, answers, config: { allRequired } })
  expect(callbacksOf(action).map(({ output }) => output.isRequired)).toEqual([allRequired, allRequired])
  expect(state.shared).toEqual({})
})
