import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { requestHeader } from './request-header.ts'

const config = {
  allowedHeaders: { 'X-Desk': 'desk', Via: 'via', 'X-Absent': 'gone' },
  headersToBeDelimited: ['Via'],
}

test('copies values as lists whatever the case of the name, split if configured', async () => {
  const headers = { 'x-desk': ['north,south'], via: ['one,two'], cookie: ['secret'] }
  const { action, state } = await runNode(requestHeader, { config, request: { headers } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ desk: ['north,south'], via: ['one', 'two'], gone: [] })
})

test.each([
  [{}, 'No headers configured - this node is redundant'],
  [{ allowedHeaders: { a: 'b' }, headersToBeDelimited: ['c'] }, 'Invalid header to be delimited configured'],
])('rejects settings %j', (settings, message) => {
  expect(requestHeader.config.safeParse(settings).error?.issues[0]?.message).toBe(message)
})
