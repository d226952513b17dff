import { expect, test } from 'vitest'
import { onePerson, refusal } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { createObject } from './create-object.ts'

const config = { identityResource: 'managed/alpha_user' }
const collected = { objectAttributes: { userName: 'kim', mail: 'kim@example.com' } }
const password = { objectAttributes: { password: 'Kim-Pass-2026' } }

function realm(error?: Error) {
  const created: JsonObject[] = []
  const { ports } = onePerson(undefined, {
    requiredAttributes: ['userName', 'mail'],
    createWithStep: async (object) => {
      if (error) throw error
      created.push(object)
      return { _id: 'u-2', userName: 'kim' }
    },
  })
  return { created, ports }
}

test('creates a person from collected attributes, including private ones', async () => {
  const { created, ports } = realm()
  const given = { config, shared: { ...collected, username: 'kim' }, secure: password, ports }
  expect(outcomeOf((await runNode(createObject, given)).action)).toBe('CREATED')
  expect(created).toEqual([{ ...collected.objectAttributes, ...password.objectAttributes }])
})

test('saves accepted terms', async () => {
  const { created, ports } = realm()
  const termsAccepted = { acceptDate: '2026-01-01T00:00:00.000Z', termsVersion: '2' }
  await runNode(createObject, { config, shared: { ...collected, termsAccepted }, ports })
  expect(created).toEqual([{ ...collected.objectAttributes, termsAccepted }])
})

test.each([[{}], [{ objectAttributes: { userName: 'kim' } }]])(
  'fails silently if a required attribute is missing: %j',
  async (shared) => {
    const { created, ports } = realm()
    const { action, log } = await runNode(createObject, { config, shared, ports })
    expect(action).toEqual({ kind: 'goTo', outcome: 'FAILURE' })
    expect(created).toEqual([])
    expect(log).toEqual([])
  },
)

test.each([
  [
    'a rejection by policies',
    refusal('Policy validation failed'),
    { errorMessage: 'Policy validation failed' },
  ],
  ['a store failure, without its message,', new Error('disk full'), {}],
])('takes the outcome FAILURE for %s', async (_case, error, extras) => {
  const { action, log } = await runNode(createObject, { config, shared: collected, ...realm(error) })
  expect(action).toEqual({ kind: 'goTo', outcome: 'FAILURE', ...extras })
  expect(log).toEqual([{ level: 'warn', message: 'Failed to create object' }])
})

test('fails for people of another resource', async () => {
  const { action } = await runNode(createObject, { shared: collected, ...realm() })
  expect(action).toEqual({
    kind: 'error',
    message:
      'Configured identity resource for the node (managed/user) does not match the configured identity resource for the tree (managed/alpha_user)',
  })
})
