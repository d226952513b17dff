import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { NodeState, StateError, type StateSnapshot } from './node-state.ts'

function stateOf(parts: Partial<StateSnapshot>, inputs?: readonly string[]): NodeState {
  return new NodeState({ shared: {}, secure: {}, transient: {}, ...parts }, inputs)
}

describe('reading state', () => {
  it.each<[string, Partial<StateSnapshot>, unknown]>([
    ['transient before secure and shared', { shared: { k: 1 }, secure: { k: 2 }, transient: { k: 3 } }, 3],
    ['secure before shared', { shared: { k: 1 }, secure: { k: 2 } }, 2],
    ['shared at last', { shared: { k: 1 } }, 1],
    ['null where no part has the key', {}, null],
    ['a null that hides a value', { shared: { k: 1 }, transient: { k: null } }, null],
    ['a false that hides a value', { shared: { k: 1 }, secure: { k: false } }, false],
  ])('finds %s', (_what, parts, value) => {
    expect(stateOf(parts).get('k')).toBe(value)
  })

  it('takes keys with colons and dots literally', () => {
    const state = stateOf({
      shared: { customer: { _id: 'inside' }, 'customer._id': 'flat', 'transaction:data': { a: 1 } },
    })
    expect(state.get('customer._id')).toBe('flat')
    expect(state.get('transaction:data')).toEqual({ a: 1 })
    expect(state.get('transaction:data.a')).toBeNull()
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'does not find the inherited %s',
    (key) => {
      const state = stateOf({})
      expect(state.get(key)).toBeNull()
      expect(state.getObject(key)).toBeNull()
      expect(state.isDefined(key)).toBe(false)
      expect(state.keys()).toEqual([])
    },
  )

  it('returns only strings from getText', () => {
    const state = stateOf({ shared: { name: 'alice', empty: '', count: 3, gone: null } })
    expect(['name', 'empty', 'count', 'gone', 'never'].map((key) => state.getText(key))).toEqual([
      'alice',
      '',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('merges objects of all parts, transient over secure over shared', () => {
    const state = stateOf({
      shared: { o: { a: 'shared', b: 'shared', c: 'shared' } },
      secure: { o: { b: 'secure', c: 'secure' } },
      transient: { o: { c: 'transient' } },
    })
    expect(state.getObject('o')).toEqual({ a: 'shared', b: 'secure', c: 'transient' })
    expect(state.get('o')).toEqual({ c: 'transient' })
  })

  it('does not merge if the value that counts is no object', () => {
    expect(stateOf({ shared: { o: { a: 1 } }, transient: { o: 'text' } }).getObject('o')).toBe('text')
    expect(stateOf({ shared: { o: { a: 1 } }, transient: { o: ['x'] } }).getObject('o')).toEqual(['x'])
    expect(stateOf({ shared: { o: 'text' }, transient: { o: { a: 1 } } }).getObject('o')).toEqual({ a: 1 })
  })

  it('merges a member called __proto__ as any other', () => {
    const existing: JsonObject = JSON.parse('{"__proto__":{"isAdmin":true},"a":1}')
    const merged = stateOf({ shared: { o: existing }, transient: { o: { b: 2 } } }).getObject('o')
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"isAdmin":true},"a":1,"b":2}')
  })

  it('lists each key once', () => {
    const state = stateOf({ shared: { a: 1, b: 1 }, secure: { b: 2, c: 2 }, transient: { d: null } })
    expect(state.keys().sort()).toEqual(['a', 'b', 'c', 'd'])
    expect(state.isDefined('d')).toBe(true)
    expect(state.isDefined('e')).toBe(false)
  })
})

describe('state narrowed to inputs', () => {
  const parts = { shared: { a: 1, hidden: 2 }, secure: { alsoHidden: 3 } }

  it('hides other keys from every kind of read', () => {
    const state = stateOf(parts, ['a'])
    expect(state.get('a')).toBe(1)
    expect(state.get('hidden')).toBeNull()
    expect(state.getText('hidden')).toBeUndefined()
    expect(state.getObject('alsoHidden')).toBeNull()
    expect(state.isDefined('hidden')).toBe(false)
    expect(state.keys()).toEqual(['a'])
  })

  it('does not limit writes', () => {
    const state = stateOf(parts, ['a']).putShared('hidden', 9).remove('alsoHidden')
    expect(state.get('hidden')).toBeNull()
    expect(state.snapshot()).toEqual({ shared: { a: 1, hidden: 9 }, secure: {}, transient: {} })
  })

  it('sees everything with an asterisk and nothing with an empty list', () => {
    expect(stateOf(parts, ['a', '*']).keys()).toHaveLength(3)
    expect(stateOf(parts, []).keys()).toEqual([])
  })

  it('is narrowed for an inner node and adopts its reads and writes', () => {
    const outer = stateOf(parts)
    const inner = outer.narrowedTo(['a'])
    inner.get('a')
    inner.putTransient('found', true)
    expect(outer.get('found')).toBeNull()
    outer.adopt(inner)
    expect(outer.get('found')).toBe(true)
    expect([...outer.keysRead]).toEqual(['found', 'a'])
    expect([...outer.keysWritten]).toEqual(['found'])
  })
})

describe('writing state', () => {
  it('changes one part only, so that a transient value still hides a new shared one', () => {
    const state = stateOf({ transient: { k: 'old' } }).putShared('k', 'new')
    expect(state.get('k')).toBe('old')
    expect(state.snapshot()).toEqual({ shared: { k: 'new' }, secure: {}, transient: { k: 'old' } })
  })

  it('does not modify the snapshot it was created from', () => {
    const before: StateSnapshot = { shared: { a: 1, objectAttributes: { x: 1 } }, secure: {}, transient: {} }
    const copy = structuredClone(before)
    new NodeState(before)
      .putShared('a', 2)
      .putTransient('b', 3)
      .mergeShared({ objectAttributes: { y: 2 } })
      .remove('a')
    expect(before).toEqual(copy)
  })

  it('removes a key from all parts', () => {
    const state = stateOf({ shared: { k: 1, o: 1 }, secure: { k: 2 }, transient: { k: 3 } }).remove('k')
    expect(state.snapshot()).toEqual({ shared: { o: 1 }, secure: {}, transient: {} })
  })

  it.each(['stores a key called %s as any other', 'constructor'])(
    'holds a key called %s as any other',
    (key) => {
      const state = stateOf({}).putShared(key, 'mine').putTransient(key, 'newer')
      expect(state.get(key)).toBe('newer')
      expect(state.keys()).toEqual([key])
      expect(JSON.stringify(state.snapshot().shared)).toBe(`{"${key}":"mine"}`)
      expect(Object.getPrototypeOf(state.snapshot().shared)).toBe(Object.prototype)
      expect(state.remove(key).isDefined(key)).toBe(false)
    },
  )

  it('records the keys read and written, never values', () => {
    const state = stateOf({ shared: { a: 1 } })
    state.get('a')
    state.isDefined('b')
    state.putShared('c', 'secret').mergeTransient({ d: 1 }).remove('e')
    expect([...state.keysRead]).toEqual(['a', 'b'])
    expect([...state.keysWritten]).toEqual(['c', 'd', 'e'])
  })
})

describe('merging state', () => {
  it('removes a key from the other parts first', () => {
    const all = { shared: { k: 1, s: 1 }, secure: { k: 2 }, transient: { k: 3, t: 1 } }
    expect(stateOf(all).mergeShared({ k: 'new' }).snapshot()).toEqual({
      shared: { k: 'new', s: 1 },
      secure: {},
      transient: { t: 1 },
    })
    expect(stateOf(all).mergeTransient({ k: 'new' }).snapshot()).toEqual({
      shared: { s: 1 },
      secure: {},
      transient: { k: 'new', t: 1 },
    })
  })

  it('merges objectAttributes member by member, each into one part', () => {
    const state = stateOf({
      shared: { objectAttributes: { mail: 'old', sn: 'Doe' } },
      secure: { objectAttributes: { password: 'old' } },
    })
    state.mergeTransient({ objectAttributes: { password: 'new', mail: 'new' } })
    expect(state.snapshot()).toEqual({
      shared: { objectAttributes: { sn: 'Doe' } },
      secure: { objectAttributes: {} },
      transient: { objectAttributes: { password: 'new', mail: 'new' } },
    })
    expect(state.getObject('objectAttributes')).toEqual({ sn: 'Doe', password: 'new', mail: 'new' })
  })

  it('replaces a container value that is no object', () => {
    const state = stateOf({ shared: { objectAttributes: 'broken' } })
    state.mergeShared({ objectAttributes: { sn: 'Doe' } })
    expect(state.get('objectAttributes')).toEqual({ sn: 'Doe' })
  })

  it('allows lists under any key', () => {
    expect(
      stateOf({})
        .mergeShared({ names: ['a', 'b'] })
        .get('names'),
    ).toEqual(['a', 'b'])
  })

  it('rejects objects outside the registered containers', () => {
    expect(() => stateOf({}).mergeShared({ custom: { a: 1 } })).toThrow(
      new StateError(
        'State must not contain nested objects unless they are inside registered state containers: objectAttributes',
      ),
    )
  })

  it.each<[string, JsonObject]>([
    ['a text', { objectAttributes: 'x' }],
    ['a list', { objectAttributes: [] }],
    ['null', { objectAttributes: null }],
  ])('rejects %s as a container', (_what, values) => {
    expect(() => stateOf({}).mergeTransient(values)).toThrow(
      new StateError('State containers must be a JSON object.'),
    )
  })
})
