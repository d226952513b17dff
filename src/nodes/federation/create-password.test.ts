import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { createPassword as node } from './create-password.ts'

const fields = [
  { type: 'PasswordCallback', output: { prompt: 'Create a password' } },
  { type: 'PasswordCallback', output: { prompt: 'Confirm password' } },
]
const typed = (...passwords: string[]) => passwords.map((password) => answer('PasswordCallback', password))
const complaint = (message: string) => ({ type: 'TextOutputCallback', output: { message, messageType: '2' } })

test('asks for the password twice', async () => {
  expect(callbacksOf((await runNode(node)).action)).toEqual(fields)
})

test('stores a confirmed password of sufficient length in transient state', async () => {
  const { action, state } = await runNode(node, { answers: typed('12345678', '12345678') })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state).toMatchObject({ transient: { password: '12345678' }, shared: {} })
})

test.each([
  ['blank', '   ', '   ', []],
  ['too short', '1234567', '1234567', [complaint('Password must be a minimum of 8 characters')]],
  ['not confirmed', '12345678', '12345679', [complaint('Passwords do not match')]],
])('asks again for a password that is %s', async (_what, password, confirmed, complaints) => {
  const { action, state } = await runNode(node, { answers: typed(password, confirmed) })
  expect(callbacksOf(action)).toEqual([...fields, ...complaints])
  expect(state.transient).toEqual({})
})

test('uses the configured minimum length', async () => {
  const answers = typed('123', '123')
  expect(outcomeOf((await runNode(node, { config: { minPasswordLength: 3 }, answers })).action)).toBe(
    'outcome',
  )
  expect((await runNode(node, { config: { minPasswordLength: 4 }, answers })).action.kind).toBe('send')
})

test('fails if only one callback was answered', async () => {
  const message = 'There should be 2 PasswordCallback and 1 has been found'
  expect((await runNode(node, { answers: typed('12345678') })).action).toEqual({ kind: 'error', message })
})
