import { expect, test } from 'vitest'
import { NodeState } from '../../engine/node-state.ts'
import { attributeInState, attributeOf, storeAttribute, withAttribute } from './object-attributes.ts'

const empty = { shared: {}, secure: {}, transient: {} }

test.each([
  ['mail', 'a@example.com'],
  ['address/city', 'Oslo'],
  ['address/street', null],
  ['mail/domain', null],
  ['constructor', null],
])('reads the attribute %s as %j', (name, value) => {
  expect(attributeOf({ mail: 'a@example.com', address: { city: 'Oslo' } }, name)).toBe(value)
})

test('sets a nested attribute and keeps its siblings', () => {
  const object = { address: { city: 'Oslo' } }
  expect(withAttribute(object, 'address/zip', '0150')).toEqual({ address: { city: 'Oslo', zip: '0150' } })
})

test('prefers a top-level value to a collected one', () => {
  const shared = { mail: 'journey@example.com', objectAttributes: { mail: 'typed@example.com' } }
  expect(attributeInState(new NodeState({ ...empty, shared }), 'mail')).toBe('journey@example.com')
})

test('uses the collected value without a top-level one', () => {
  const shared = { objectAttributes: { mail: 'typed@example.com' } }
  expect(attributeInState(new NodeState({ ...empty, shared }), 'mail')).toBe('typed@example.com')
})

test('replaces an older private value', () => {
  const state = new NodeState({ ...empty, transient: { objectAttributes: { mail: 'old', sn: 'Doe' } } })
  storeAttribute(state, 'shared', 'mail', 'new')
  expect(attributeInState(state, 'mail')).toBe('new')
  expect(state.snapshot().transient).toEqual({ objectAttributes: { sn: 'Doe' } })
})

test('keeps two attributes of one parent', () => {
  const state = new NodeState(empty)
  storeAttribute(state, 'shared', 'address/city', 'Oslo')
  storeAttribute(state, 'shared', 'address/zip', '0150')
  expect(state.snapshot().shared).toEqual({ objectAttributes: { address: { city: 'Oslo', zip: '0150' } } })
})
