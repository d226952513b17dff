import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { displayUsername } from './display-username.ts'

function realmWith(...people: Person[]) {
  const identities: Partial<IdentityPort> = { findByAttribute: async () => people }
  return { identities: identities as IdentityPort }
}

const shown = [{ type: 'TextOutputCallback', output: { message: 'alex', messageType: '0' } }]

test.each([
  ['at the top level', { userName: 'alex' }],
  ['under objectAttributes', { objectAttributes: { userName: 'alex' } }],
])('shows a name %s', async (_, shared) => {
  const { action } = await runNode(displayUsername, { shared })
  expect(callbacksOf(action)).toEqual(shown)
})

test('shows the person’s name if state has none', async () => {
  const ports = realmWith({ _id: 'u-1', userName: 'alex' })
  const { action } = await runNode(displayUsername, { shared: { mail: 'alex@example.com' }, ports })
  expect(callbacksOf(action)).toEqual(shown)
})

test('continues after showing the name', async () => {
  const { action } = await runNode(displayUsername, { answers: [answer('TextOutputCallback')] })
  expect(outcomeOf(action)).toBe('outcome')
})

test('does not confuse the key username with userName', async () => {
  const { action } = await runNode(displayUsername, { shared: { username: 'alex' }, ports: realmWith() })
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve existing object' })
})

test.each([
  ['lacks the attribute', { _id: 'u-1', userName: 'alex' }],
  ['has it empty', { _id: 'u-1', userName: 'alex', nick: '' }],
])('fails if the person %s', async (_, person) => {
  const { action } = await runNode(displayUsername, {
    config: { userName: 'nick' },
    shared: { mail: 'alex@example.com' },
    ports: realmWith(person),
  })
  expect(action).toEqual({ kind: 'error', message: 'Unable to find username to display' })
})
