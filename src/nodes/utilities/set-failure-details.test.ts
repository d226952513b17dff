import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setFailureDetails } from './set-failure-details.ts'

test('adds text, details and headers to the outcome', async () => {
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
  'keeps the default text with settings %j',
  async (config) => {
    const { action } = await runNode(setFailureDetails, { config })
    expect(action).toEqual({
      kind: 'goTo',
      outcome: 'outcome',
      failureDetails: { values: {}, headers: {} },
    })
  },
)

test('skips and logs protected headers', async () => {
  const { log } = await runNode(setFailureDetails, { config: { headerControl: { Server: 'ours' } } })
  expect(log).toEqual([{ level: 'warn', message: 'Response header Server cannot be set' }])
})
