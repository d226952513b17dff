import { expect, test } from 'vitest'
import { circlesIn, reachableFrom, reversed } from './graph.ts'

const graph = (edges: Record<string, string>) => ({
  ids: Object.keys(edges),
  next: (id: string) => [...(edges[id] ?? '')],
})

test.each<[Record<string, string>, string[][]]>([
  [{}, []],
  [{ a: 'b', b: 'c', c: '' }, []],
  [{ a: 'a' }, [['a']]],
  [{ a: 'b', b: 'a' }, [['a', 'b']]],
  [{ b: 'a', a: 'b' }, [['b', 'a']]],
  [{ a: 'bc', b: 'd', c: 'd', d: '' }, []],
  [
    { a: 'b', b: 'cd', c: 'b', d: 'e', e: 'f', f: 'd' },
    [
      ['b', 'c'],
      ['d', 'e', 'f'],
    ],
  ],
  [{ a: 'b', b: 'c', c: 'ad', d: 'b' }, [['a', 'b', 'c', 'd']]],
  // What leads out of the graph is no part of it.
  [{ a: 'x' }, []],
])('the circles of %j', (edges, circles) => {
  const { ids, next } = graph(edges)
  expect(circlesIn(ids, next)).toEqual(circles)
})

test('a long chain, and a long circle, are found', () => {
  const ids = Array.from({ length: 10_000 }, (_, place) => String(place))
  const next = (id: string) => [String(Number(id) + 1)]
  expect(circlesIn(ids, next)).toEqual([])
  expect(circlesIn(ids, (id) => (id === '9999' ? ['0'] : next(id)))).toEqual([ids])
})

test('what can be reached, and from where', () => {
  const { ids, next } = graph({ a: 'b', b: 'c', c: '', d: 'c' })
  expect([...reachableFrom(['a'], next)].toSorted()).toEqual(['a', 'b', 'c'])
  expect(reversed(ids, next)('c')).toEqual(['b', 'd'])
})
