import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Heap } from './heap.ts'

type Item = { rank: number; place: number }

const change = fc.record({
  kind: fc.constantFrom('add', 'add', 'remove', 'move'),
  rank: fc.nat(50),
  which: fc.nat(1000),
})

test('has the item first that ranks first, whatever is added, removed and moved', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
      const heap = new Heap<Item>((one, other) => one.rank < other.rank)
      const items: Item[] = []
      for (const { kind, rank, which } of changes) {
        const index = which % Math.max(1, items.length)
        const item = items[index]
        if (kind === 'add' || item === undefined) {
          const added = { rank, place: 0 }
          items.push(added)
          heap.add(added)
        } else if (kind === 'remove') {
          items.splice(index, 1)
          heap.remove(item)
        } else {
          item.rank = rank
          heap.moved(item)
        }
        const ranks = items.map((each) => each.rank)
        expect(heap.first?.rank).toBe(ranks.length === 0 ? undefined : Math.min(...ranks))
      }
    }),
  )
})
