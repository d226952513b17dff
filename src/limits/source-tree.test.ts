import { expect, test } from 'vitest'
import { SourceTree } from './source-tree.ts'

const later = 1000

function treeOf(...entries: (readonly [id: string, ...path: string[]])[]): SourceTree {
  const tree = new SourceTree()
  for (const [id, ...path] of entries) tree.add(id, path, later)
  return tree
}

test('finds the oldest entry of the largest source at each level', () => {
  const tree = treeOf(
    ['a', 'x', 'x1'],
    ['b', 'y', 'y1'],
    ['c', 'y', 'y2'],
    ['d', 'y', 'y2'],
    ['e', 'y', 'y2'],
  )
  expect(tree.oldestOfLargest()).toBe('c')
  tree.remove('c')
  expect(tree.oldestOfLargest()).toBe('d')
  expect(tree.oldestOfLargest('y1')).toBe('b')
  expect(tree.oldestOfLargest('x')).toBe('a')
  expect(tree.oldestOfLargest('unknown')).toBeUndefined()
})

test('counts a source that spreads over many inside it as one', () => {
  const tree = treeOf(
    ['a', 'x', 'x1'],
    ['b', 'x', 'x1'],
    ['c', 'y', 'y1'],
    ['d', 'y', 'y2'],
    ['e', 'y', 'y3'],
  )
  expect(tree.oldestOfLargest()).toBe('c')
})

test('takes the source that has had its size for longest among equal ones', () => {
  const tree = treeOf(['a', 'x'], ['b', 'y'], ['c', 'z'])
  tree.add('d', ['x'], later)
  tree.remove('a')
  expect(tree.oldestOfLargest()).toBe('b')
})

test('removes an entry from the middle, and a source without entries', () => {
  const tree = treeOf(['a', 'x'], ['b', 'x'], ['c', 'x'])
  expect(tree.remove('b')).toBe(true)
  expect(tree.remove('b')).toBe(false)
  tree.remove('a')
  expect(tree.oldestOfLargest()).toBe('c')
  tree.remove('c')
  expect(tree.oldestOfLargest()).toBeUndefined()
  expect([tree.size, tree.sizeOf('x')]).toEqual([0, 0])
})

test('removes expired entries, whatever their order', () => {
  const tree = new SourceTree()
  tree.add('late', ['x'], 300)
  tree.add('early', ['x'], 100)
  tree.add('middle', ['y'], 200)
  tree.removeExpired(200)
  expect([tree.size, tree.oldestOfLargest()]).toEqual([1, 'late'])
})

test('counts an entry that is added again once', () => {
  const tree = treeOf(['a', 'x'], ['a', 'y'])
  expect([tree.size, tree.sizeOf('x'), tree.sizeOf('y')]).toEqual([1, 0, 1])
})
