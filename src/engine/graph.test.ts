import { expect, test } from 'vitest'
import { cyclesIn, predecessorsIn, reachableFrom } from './graph.ts'

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
  // Targets outside the graph are ignored.
  [{ a: 'x' }, []],
])('finds the cycles of %j', (edges, cycles) => {
  const { ids, next } = graph(edges)
  expect(cyclesIn(ids, next)).toEqual(cycles)
})

test('finds cycles in long chains', () => {
  const ids = Array.from({ length: 10_000 }, (_, place) => String(place))
  const next = (id: string) => [String(Number(id) + 1)]
  expect(cyclesIn(ids, next)).toEqual([])
  expect(cyclesIn(ids, (id) => (id === '9999' ? ['0'] : next(id)))).toEqual([ids])
})

test('finds reachable ids and predecessors', () => {
  const { ids, next } = graph({ a: 'b', b: 'c', c: '', d: 'c' })
  expect([...reachableFrom(['a'], next)].toSorted()).toEqual(['a', 'b', 'c'])
  expect(predecessorsIn(ids, next)('c')).toEqual(['b', 'd'])
})
