import { describe, expect, it } from 'vitest'
import { journeyOf } from '../../test/support/journey-of.ts'
import { failureId, type Journeys, successId } from './journey.ts'
import { keepWanted, promote, wantedBy, wantedFrom } from './promotion.ts'

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

const sorted = (wanted: ReturnType<typeof wantedBy>) => (wanted === 'all' ? wanted : [...wanted].sort())

describe('state that is wanted from a node on', () => {
  it('is what it, later nodes, page children and inner journeys read; never what lies behind', () => {
    expect(sorted(wantedFrom(journeys, 'Login', 'page'))).toEqual([
      'back',
      'child',
      'inside',
      'page',
      'text child',
      'unreachable inside',
    ])
  })

  it('is nothing at an end', () => {
    expect(sorted(wantedFrom(journeys, 'Login', successId))).toEqual([])
  })

  it('goes round circles and through journeys that enter each other', () => {
    expect(sorted(wantedFrom(journeys, 'Login', 'back'))).toContain('page')
    expect(sorted(wantedFrom(journeys, 'Inner', 'inside'))).toContain('island')
  })

  it('is everything once a node may read anything, in an inner journey too', () => {
    expect(wantedFrom(journeys, 'Anything', 'script')).toBe('all')
    expect(wantedFrom(journeys, 'Wrapper', 'evaluate')).toBe('all')
  })

  it.each([
    ['a journey that is not there', 'Nowhere', 'page'],
    ['a journey called like a member of every object', 'constructor', 'page'],
    ['a node that is not there', 'Login', 'constructor'],
  ])('is nothing for %s', (_what, journey, node) => {
    expect(sorted(wantedFrom(journeys, journey, node))).toEqual([])
  })
})

describe('state that a whole journey wants', () => {
  it('includes nodes that only a Configuration Provider could reach', () => {
    expect(sorted(wantedBy(journeys, 'Inner'))).toEqual([
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

  it('is nothing for a journey that is not there', () => {
    expect(sorted(wantedBy(journeys, 'toString'))).toEqual([])
  })
})

describe('keeping what is wanted', () => {
  it('drops every other key', () => {
    expect(keepWanted({ a: 1, b: 2 }, new Set(['b', 'c']))).toEqual({ b: 2 })
    expect(keepWanted({ a: 1, b: 2 }, 'all')).toEqual({ a: 1, b: 2 })
  })
})

describe('promoting transient state to secure state', () => {
  it('takes wanted keys alone; newer values win', () => {
    expect(promote({ a: 1, b: 1 }, { b: 2, c: 2, d: 2 }, new Set(['b', 'c']))).toEqual({ a: 1, b: 2, c: 2 })
  })

  it('merges objects, the newer members winning', () => {
    expect(promote({ o: { a: 1, b: 1 } }, { o: { b: 2, c: 2 } }, 'all')).toEqual({ o: { a: 1, b: 2, c: 2 } })
  })

  it.each([
    ['a list', { o: { a: 1 } }, { o: ['x'] }],
    ['a text', { o: { a: 1 } }, { o: 'x' }],
    ['an object over a text', { o: 'x' }, { o: { a: 1 } }],
  ])('replaces %s', (_what, secure, transient) => {
    expect(promote(secure, transient, 'all')).toEqual(transient)
  })

  it('holds a key called __proto__ as any other', () => {
    const promoted = promote({}, JSON.parse('{"__proto__":{"isAdmin":true}}'), 'all')
    expect(Object.getPrototypeOf(promoted)).toBe(Object.prototype)
    expect(JSON.stringify(promoted)).toBe('{"__proto__":{"isAdmin":true}}')
  })
})
