import { expect, test } from 'vitest'
import { answer, callbacksOf, runNode } from '../../../test/support/run-node.ts'
import { metadata } from './metadata.ts'

test('sends the chosen keys of shared state, never private ones', async () => {
  const { action } = await runNode(metadata, {
    config: { attributes: ['stage', 'objectAttributes', 'password', 'oneTimePassword'] },
    shared: { stage: 'two', username: 'alex', objectAttributes: { mail: 'a@example.com' } },
    secure: { password: 'secret', stage: 'hidden' },
    transient: { oneTimePassword: '123', objectAttributes: { password: 'secret' } },
  })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'MetadataCallback',
      output: { data: { stage: 'two', objectAttributes: { mail: 'a@example.com' } } },
    },
  ])
})

test('sends metadata on every run', async () => {
  const { action } = await runNode(metadata, { answers: [answer('MetadataCallback')] })
  expect(callbacksOf(action)).toEqual([{ type: 'MetadataCallback', output: { data: {} } }])
})
