import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setLogoutDetails } from './set-logout-details.ts'

test('keeps the details in properties of the session', async () => {
  const { action } = await runNode(setLogoutDetails, {
    config: { logoutDetails: { clear_all_caches: 'true', goto: 'https://www.example.com/' } },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: {
      'logoutDetails.clear_all_caches': 'true',
      'logoutDetails.goto': 'https://www.example.com/',
    },
  })
})

test('continues without details', async () => {
  const { action } = await runNode(setLogoutDetails, { config: {} })
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome', sessionProperties: {} })
})

test('rejects the member result, which says whether the session ended', () => {
  const { error } = setLogoutDetails.config.safeParse({ logoutDetails: { result: 'x' } })
  expect(error?.issues).toMatchObject([{ path: ['logoutDetails'], message: 'result cannot be replaced' }])
})
