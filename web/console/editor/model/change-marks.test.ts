import { describe, expect, it } from 'vitest'
import type { Difference } from '../../../api/versions.ts'
import { changeMarks } from './change-marks.ts'
import { type Draft, emptyDraft, failureId, successId } from './draft.ts'

const node = (connections: Record<string, string>, nodeType = 'MessageNode') => ({
  nodeType,
  displayName: nodeType,
  connections,
  x: 0,
  y: 0,
})

function draftWith(nodes: Record<string, ReturnType<typeof node>>, page: readonly string[] = []): Draft {
  const empty = emptyDraft('J')
  const children = page.map((_id) => ({ _id, nodeType: 'MessageNode', displayName: _id }))
  return {
    tree: { ...empty.tree, entryNodeId: Object.keys(nodes)[0] ?? '', nodes },
    nodes: { page: { nodes: children } },
    innerNodes: Object.fromEntries(page.map((id) => [id, {}])),
  }
}

const before = draftWith({ ask: node({ yes: successId, no: failureId }), old: node({ outcome: successId }) })
const after = draftWith(
  { page: node({ outcome: 'ask' }, 'PageNode'), ask: node({ yes: 'page', late: failureId }) },
  ['child'],
)

const item = { kind: 'journey', id: 'J', name: 'J' }
const differences: Difference[] = [
  { item, kind: 'added', node: { after: 'page' }, words: '' },
  { item, kind: 'removed', node: { before: 'old' }, words: '' },
  { item, kind: 'setting', node: { before: 'ask', after: 'ask' }, words: '' },
  { item, kind: 'connection', node: { before: 'ask', after: 'ask' }, outcome: 'yes', words: '' },
  { item, kind: 'connection', node: { before: 'ask', after: 'ask' }, outcome: 'no', words: '' },
  { item, kind: 'connection', node: { before: 'ask', after: 'ask' }, outcome: 'late', words: '' },
  { item, kind: 'entry', words: '' },
]

describe('changeMarks', () => {
  const plain = (side: 'before' | 'after', all = differences, drafts = { before, after }) => {
    const { nodes, connections } = changeMarks(all, drafts, side)
    return { nodes: Object.fromEntries(nodes), connections: Object.fromEntries(connections) }
  }
  const shared = { 'ask yes': 'changed', 'ask no': 'removed', 'ask late': 'added', 'startNode ': 'changed' }

  it('marks removed nodes before the change, with their connections', () => {
    expect(plain('before')).toEqual({
      nodes: { old: 'removed', ask: 'changed' },
      connections: { ...shared, 'old outcome': 'removed' },
    })
  })

  it('marks added nodes after the change, with their connections', () => {
    expect(plain('after')).toEqual({
      nodes: { page: 'added', ask: 'changed' },
      connections: { ...shared, 'page outcome': 'added' },
    })
  })

  it('marks the page of a changed node', () => {
    const changed: Difference = {
      item,
      kind: 'setting',
      node: { before: 'child', after: 'child' },
      words: '',
    }
    const drafts = { before: after, after }
    expect(plain('after', [changed], drafts).nodes).toEqual({ child: 'changed', page: 'changed' })
  })
})
