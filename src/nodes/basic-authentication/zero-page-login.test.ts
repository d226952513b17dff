import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { zeroPageLogin } from './zero-page-login.ts'

const credentials = { 'x-openam-username': ['alex'], 'x-openam-password': ['s3'] }
const from = 'https://app.example.com/login'
const strict = { allowWithoutReferer: false, referrerWhiteList: [from] }

test('takes the outcome true with both headers and keeps the password private', async () => {
  const { action, state } = await runNode(zeroPageLogin, { request: { headers: credentials } })
  expect(outcomeOf(action)).toBe('true')
  expect(state).toMatchObject({ shared: { username: 'alex' }, transient: { password: 's3' } })
})

test.each([
  [{ 'x-openam-username': ['alex'] }, { username: 'alex' }, {}],
  [{ 'x-openam-password': ['s3'] }, {}, { password: 's3' }],
])('accepts one header: %j', async (headers, shared, transient) => {
  const { action, state } = await runNode(zeroPageLogin, { request: { headers } })
  expect(outcomeOf(action)).toBe('true')
  expect(state).toEqual({ shared, secure: {}, transient })
})

test('takes the outcome false without headers', async () => {
  const { action } = await runNode(zeroPageLogin)
  expect(outcomeOf(action)).toBe('false')
})

test('reads configured header names in any case', async () => {
  const { state } = await runNode(zeroPageLogin, {
    config: { usernameHeader: 'X-My-User' },
    request: { headers: { 'x-my-user': ['alex'] } },
  })
  expect(state.shared).toEqual({ username: 'alex' })
})

test('decodes encoded values', async () => {
  const { state } = await runNode(zeroPageLogin, {
    request: { headers: { 'x-openam-username': ['=?UTF-8?B?w6lsw6luYQ==?='] } },
  })
  expect(state.shared).toEqual({ username: 'éléna' })
})

test.each([
  ['a listed referer', [from], 'true'],
  ['no referer', undefined, 'false'],
  ['a referer that only begins like an accepted one', [`${from}/x`], 'false'],
])('takes the outcome for %s if a referer is required', async (_, referer, outcome) => {
  const headers = { ...credentials, ...(referer && { referer }) }
  const { action, state } = await runNode(zeroPageLogin, { config: strict, request: { headers } })
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared).toEqual(outcome === 'true' ? { username: 'alex' } : {})
})

test('fails if a header is sent twice', async () => {
  const { action, state, log } = await runNode(zeroPageLogin, {
    request: { headers: { ...credentials, 'x-openam-password': ['s3', 's4'] } },
  })
  const message = 'Expecting only one header value for username and/or password but size is2'
  expect(action).toEqual({ kind: 'error', message })
  expect(log).toEqual([
    { level: 'error', message: 'expecting only one header value for username and/or password but size is 2' },
  ])
  expect(state.shared).toEqual({})
})
