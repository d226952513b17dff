import { describe, expect, it } from 'vitest'
import { journeyOf } from '../../test/support/journey-of.ts'
import { failureId, type Journeys, successId } from './journey.ts'
import { keysReadFrom, keysReadIn, pickKeys, promote } from './promotion.ts'

const settings = (reads: string[]) => ({
  type: 'TestNode',
  version: '1.0',
  displayName: 'Child',
  config: {},
  reads,
})

const journeys: Journeys = {
  Login: journeyOf(
    'Login',
    {
      before: { reads: ['before'], to: { outcome: 'page' } },
      page: {
        reads: ['page'],
        config: {
          nodes: [{ _id: 'child', nodeType: 'TestNode', displayName: 'Child' }, 'textChild:TestNode:Text'],
        },
        to: { outcome: 'evaluate' },
      },
      evaluate: {
        type: 'InnerTreeEvaluatorNode',
        config: { tree: 'Inner' },
        to: { true: 'back', false: failureId, lost: 'nowhere' },
      },
      back: { reads: ['back'], to: { again: 'page', outcome: successId } },
      island: { reads: ['island'], to: { outcome: successId } },
    },
    { children: { child: settings(['child']), textChild: settings(['text child']) } },
  ),
  Inner: journeyOf('Inner', {
    inside: {
      reads: ['inside'],
      type: 'InnerTreeEvaluatorNode',
      config: { tree: 'Login' },
      to: { true: successId },
    },
    unreachable: { reads: ['unreachable inside'], to: {} },
  }),
  Anything: journeyOf('Anything', { script: { reads: ['*'], to: { true: successId } } }),
  Wrapper: journeyOf('Wrapper', {
    evaluate: { type: 'InnerTreeEvaluatorNode', config: { tree: 'Anything' }, to: { true: successId } },
  }),
}

const sorted = (keys: ReturnType<typeof keysReadIn>) => (keys === 'all' ? keys : [...keys].sort())

describe('keys read from a node on', () => {
  it('include those of the node, later nodes, page children and inner journeys, but not of earlier nodes', () => {
    expect(sorted(keysReadFrom(journeys, 'Login', 'page'))).toEqual([
      'back',
      'child',
      'inside',
      'page',
      'text child',
      'unreachable inside',
    ])
  })

  it('are empty at an end', () => {
    expect(sorted(keysReadFrom(journeys, 'Login', successId))).toEqual([])
  })

  it('cover cycles and journeys that enter each other', () => {
    expect(sorted(keysReadFrom(journeys, 'Login', 'back'))).toContain('page')
    expect(sorted(keysReadFrom(journeys, 'Inner', 'inside'))).toContain('island')
  })

  it('are all keys once a node may read anything, in an inner journey too', () => {
    expect(keysReadFrom(journeys, 'Anything', 'script')).toBe('all')
    expect(keysReadFrom(journeys, 'Wrapper', 'evaluate')).toBe('all')
  })

  it.each([
    ['an unknown journey', 'Nowhere', 'page'],
    ['a journey named like a member of every object', 'constructor', 'page'],
    ['an unknown node', 'Login', 'constructor'],
  ])('are empty for %s', (_what, journey, node) => {
    expect(sorted(keysReadFrom(journeys, journey, node))).toEqual([])
  })
})

describe('keys read in a journey', () => {
  it('include nodes that only a Configuration Provider could reach', () => {
    expect(sorted(keysReadIn(journeys, 'Inner'))).toEqual([
      'back',
      'before',
      'child',
      'inside',
      'island',
      'page',
      'text child',
      'unreachable inside',
    ])
  })

  it('are empty for an unknown journey', () => {
    expect(sorted(keysReadIn(journeys, 'toString'))).toEqual([])
  })
})

describe('picking keys', () => {
  it('drops every other key', () => {
    expect(pickKeys({ a: 1, b: 2 }, new Set(['b', 'c']))).toEqual({ b: 2 })
    expect(pickKeys({ a: 1, b: 2 }, 'all')).toEqual({ a: 1, b: 2 })
  })
})

describe('promotion to secure state', () => {
  it('takes only the given keys, and newer values win', () => {
    expect(promote({ a: 1, b: 1 }, { b: 2, c: 2, d: 2 }, new Set(['b', 'c']))).toEqual({ a: 1, b: 2, c: 2 })
  })

  it('merges objects, and newer members win', () => {
    expect(promote({ o: { a: 1, b: 1 } }, { o: { b: 2, c: 2 } }, 'all')).toEqual({ o: { a: 1, b: 2, c: 2 } })
  })

  it.each([
    ['a list', { o: { a: 1 } }, { o: ['x'] }],
    ['a text', { o: { a: 1 } }, { o: 'x' }],
    ['an object over a text', { o: 'x' }, { o: { a: 1 } }],
  ])('replaces %s', (_what, secure, transient) => {
    expect(promote(secure, transient, 'all')).toEqual(transient)
  })

  it('keeps a key called __proto__ as any other', () => {
    const promoted = promote({}, JSON.parse('{"__proto__":{"isAdmin":true}}'), 'all')
    expect(Object.getPrototypeOf(promoted)).toBe(Object.prototype)
    expect(JSON.stringify(promoted)).toBe('{"__proto__":{"isAdmin":true}}')
  })
})
