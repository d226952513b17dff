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
])('the attribute %s is %j', (name, value) => {
  expect(attributeOf({ mail: 'a@example.com', address: { city: 'Oslo' } }, name)).toBe(value)
})

test('setting one attribute inside another keeps its neighbours', () => {
  const object = { address: { city: 'Oslo' } }
  expect(withAttribute(object, 'address/zip', '0150')).toEqual({ address: { city: 'Oslo', zip: '0150' } })
})

test('a top-level value goes before one that was typed in', () => {
  const shared = { mail: 'journey@example.com', objectAttributes: { mail: 'typed@example.com' } }
  expect(attributeInState(new NodeState({ ...empty, shared }), 'mail')).toBe('journey@example.com')
})

test('without a top-level value the one under objectAttributes counts', () => {
  const shared = { objectAttributes: { mail: 'typed@example.com' } }
  expect(attributeInState(new NodeState({ ...empty, shared }), 'mail')).toBe('typed@example.com')
})

test('a stored attribute is not hidden by an older private one', () => {
  const state = new NodeState({ ...empty, transient: { objectAttributes: { mail: 'old', sn: 'Doe' } } })
  storeAttribute(state, 'shared', 'mail', 'new')
  expect(attributeInState(state, 'mail')).toBe('new')
  expect(state.snapshot().transient).toEqual({ objectAttributes: { sn: 'Doe' } })
})

test('two attributes of one parent are both kept', () => {
  const state = new NodeState(empty)
  storeAttribute(state, 'shared', 'address/city', 'Oslo')
  storeAttribute(state, 'shared', 'address/zip', '0150')
  expect(state.snapshot().shared).toEqual({ objectAttributes: { address: { city: 'Oslo', zip: '0150' } } })
})
