import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isSameJson } from '../../../api/json.ts'
import { isSameDraft } from './draft-equality.ts'
import { readFragment } from './fragment.ts'
import { smallJourney } from './small-journey.fixture.ts'

const samples = join(import.meta.dirname, '../../../../samples')

describe('a journey document', () => {
  it.each(globSync('*/journeys/*.json', { cwd: samples }))('keeps every member when read from %s', (file) => {
    const { tree, nodes, innerNodes = {} } = JSON.parse(readFileSync(join(samples, file), 'utf8'))
    const read = readFragment(JSON.stringify({ tree, nodes, innerNodes }))

    expect(read?.tree.nodes).toEqual(tree.nodes)
    expect(read?.nodes).toEqual(nodes)
    expect(read?.innerNodes).toEqual(innerNodes)
  })
})

describe('equality of journeys', () => {
  it('ignores the order of members and members that the server sets', () => {
    const one = smallJourney()
    const { decide, ...others } = one.nodes
    const other = {
      ...one,
      tree: { ...one.tree, _rev: '2' },
      nodes: { decide: { ...decide, _rev: '1', _outcomes: [] }, ...others },
    }

    expect(isSameDraft(one, other)).toBe(true)
  })

  it('notices every other member, the order of lists and additional nodes', () => {
    const one = smallJourney()

    expect(isSameDraft(one, { ...one, tree: { ...one.tree, annotation: {} } })).toBe(false)
    expect(isSameDraft(one, { ...one, nodes: { ...one.nodes, more: {} } })).toBe(false)
    expect(isSameJson([1, 2], [2, 1])).toBe(false)
    expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true)
    expect(isSameJson({ a: null }, { a: undefined })).toBe(false)
    expect(isSameJson([], {})).toBe(false)
  })
})
