import { expect, test } from 'vitest'
import { alex, onePerson, refusal } from '../../../test/support/one-person.ts'
import { runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { PersonAttribute } from '../ports/ports.ts'
import { patchObject } from './patch-object.ts'

const config = { identityResource: 'managed/alpha_user' }
const shared = {
  username: 'alex',
  objectAttributes: { mail: 'new@example.com', preferences: { news: true } },
}
const patched = { kind: 'goTo', outcome: 'PATCHED' }

const patch = async (more: JsonObject, state: JsonObject = shared, realm = onePerson()) => {
  const ran = await runNode(patchObject, {
    config: { ...config, ...more },
    shared: state,
    ports: realm.ports,
  })
  return { ...ran, patches: realm.patches }
}

test('sets the collected attributes', async () => {
  const { action, patches } = await patch({})
  expect(action).toEqual(patched)
  expect(patches).toEqual([['u-1', shared.objectAttributes]])
})

test('leaves ignored fields unchanged, including nested ones', async () => {
  const { patches } = await patch({ ignoredFields: ['mail', '/preferences/other', 'city/name'] })
  expect(patches).toEqual([['u-1', { preferences: { news: true } }]])
  const inside = await patch({ ignoredFields: ['preferences/news'] })
  expect(inside.patches).toEqual([['u-1', { mail: 'new@example.com', preferences: {} }]])
})

test('continues if there is nothing to change', async () => {
  const { action, patches } = await patch({ ignoredFields: ['mail', 'preferences'] })
  expect(action).toEqual(patched)
  expect(patches).toEqual([])
})

test('saves accepted terms alone', async () => {
  const termsAccepted = { termsVersion: '2' }
  const { patches } = await patch({ patchAsObject: true }, { username: 'alex', termsAccepted })
  expect(patches).toEqual([['u-1', { termsAccepted }]])
})

test('takes the outcome FAILURE without a person in state', async () => {
  expect((await patch({}, { objectAttributes: { mail: 'new@example.com' } })).action).toEqual({
    kind: 'goTo',
    outcome: 'FAILURE',
  })
})

test('fails for an unknown person', async () => {
  expect((await patch({}, { username: 'kim' })).action).toEqual({
    kind: 'error',
    message: 'Failed to retrieve existing object',
  })
})

test('takes the outcome FAILURE with a message if policies reject the change, and logs both texts', async () => {
  const refused = onePerson(alex, { patch: () => Promise.reject(refusal('mail is wrong')) })
  const { action, log } = await patch({}, shared, refused)
  expect(action).toEqual({ kind: 'goTo', outcome: 'FAILURE', errorMessage: 'mail is wrong' })
  expect(log.map(({ message }) => message)).toEqual(['Failed to create object', 'Failed to patch object'])
})

test('takes the outcome FAILURE without a message if the store fails', async () => {
  const away = onePerson(alex, { patch: () => Promise.reject(new Error('disk full')) })
  const { action, log } = await patch({}, shared, away)
  expect(action).toEqual({ kind: 'goTo', outcome: 'FAILURE' })
  expect(log).toEqual([{ level: 'warn', message: 'Failed to patch object' }])
})

test.each([
  [true, { kind: 'goTo', outcome: 'PATCHED' }],
  [false, { kind: 'goTo', outcome: 'FAILURE', errorMessage: 'Access denied' }],
])('changes as the person only an editable attribute: %j', async (userEditable, action) => {
  const attribute = () => ({ userEditable }) as PersonAttribute
  expect((await patch({ patchAsObject: true }, shared, onePerson(alex, { attribute }))).action).toEqual(
    action,
  )
})

test('fails for people of another resource', async () => {
  expect((await patch({ identityResource: 'managed/user' })).action).toMatchObject({ kind: 'error' })
})
