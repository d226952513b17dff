import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setFailureDetails } from './set-failure-details.ts'

test('text, details and headers go with the outcome', async () => {
  const { action } = await runNode(setFailureDetails, {
    config: {
      failureMessage: { en: 'Locked.', fr: 'Non.' },
      failureDetails: { reason: 'tries', left: '0', flags: '[true]' },
      headerControl: { 'Retry-After': '60' },
    },
    request: { locales: ['fr'] },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    failureDetails: {
      message: 'Non.',
      values: { reason: 'tries', left: 0, flags: [true] },
      headers: { 'retry-after': '60' },
    },
  })
})

test.each([[{}], [{ failureMessage: { en: ' ' } }]])(
  'with settings %j the text stays as it is',
  async (config) => {
    const { action } = await runNode(setFailureDetails, { config })
    expect(action).toEqual({
      kind: 'goTo',
      outcome: 'outcome',
      failureDetails: { values: {}, headers: {} },
    })
  },
)

test('a header that the server needs stays out, and is logged', async () => {
  const { log } = await runNode(setFailureDetails, { config: { headerControl: { Server: 'ours' } } })
  expect(log).toEqual([{ level: 'warn', message: 'Response header Server cannot be set' }])
})
