import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setErrorDetails } from './set-error-details.ts'

test('adds text, details and headers to the outcome', async () => {
  const { action } = await runNode(setErrorDetails, {
    config: {
      errorMessage: { en: 'Broken.', fr: 'Non.' },
      errorDetails: { reason: 'tries', left: '0', flags: '[true]' },
      headerControl: { 'Retry-After': '60' },
    },
    request: { locales: ['fr'] },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    errorDetails: {
      message: 'Non.',
      values: { reason: 'tries', left: 0, flags: [true] },
      headers: { 'retry-after': '60' },
    },
  })
})

test.each([[{}], [{ errorMessage: { en: ' ' } }]])(
  'keeps the default text with settings %j',
  async (config) => {
    const { action } = await runNode(setErrorDetails, { config })
    expect(action).toEqual({
      kind: 'goTo',
      outcome: 'outcome',
      errorDetails: { values: {}, headers: {} },
    })
  },
)

test('skips and logs protected headers', async () => {
  const { log } = await runNode(setErrorDetails, { config: { headerControl: { Server: 'ours' } } })
  expect(log).toEqual([{ level: 'warn', message: 'Response header Server cannot be set' }])
})
