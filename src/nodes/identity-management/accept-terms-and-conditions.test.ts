import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import { acceptTermsAndConditions } from './accept-terms-and-conditions.ts'

const terms = { version: '2', createDate: '2026-02-01', text: { en: 'Be good.', fr: 'Soyez sage.' } }
const ports = selfService({ terms })
const request = { locales: ['fr', 'en'] }

test('shows the current terms and stores their version', async () => {
  const { action, state } = await runNode(acceptTermsAndConditions, { ports, request })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'TermsAndConditionsCallback',
      output: { version: '2', terms: 'Soyez sage.', createDate: '2026-02-01' },
    },
  ])
  expect(state.shared).toEqual({ termsVersion: '2' })
})

test('asks again until the terms are accepted', async () => {
  const answers = [answer('TermsAndConditionsCallback', false)]
  const { action, state } = await runNode(acceptTermsAndConditions, { answers, ports })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.shared.termsAccepted).toBeUndefined()
})

test('stores the acceptance of the version that was shown', async () => {
  const { action, state } = await runNode(acceptTermsAndConditions, {
    answers: [answer('TermsAndConditionsCallback', true)],
    shared: { termsVersion: '1' },
    ports,
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared.termsAccepted).toEqual({ acceptDate: '2023-11-14T22:13:20.000Z', termsVersion: '1' })
})

test('fails without terms', async () => {
  expect((await runNode(acceptTermsAndConditions, { ports: selfService({ terms: null }) })).action).toEqual({
    kind: 'error',
    message: 'Terms configuration not found',
  })
})
