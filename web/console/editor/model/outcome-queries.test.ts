import { expect, it } from 'vitest'
import type { NodeType, Outcome } from '../../../api/node-types.ts'
import { addNode } from './add-node.ts'
import { emptyDraft } from './draft.ts'
import { nodeTypeCatalogue } from './node-type-catalogue.ts'
import { currentOutcomes, nodeQueryOf } from './outcome-queries.ts'

const all: Outcome[] = [
  { id: 'created', displayName: 'Created' },
  { id: 'unknown', displayName: 'Unknown Subject' },
]

/** A node type whose ways out depend on its settings, one of which has to be chosen first. */
const opener: NodeType = {
  type: 'OpenerNode',
  version: '1.0',
  isNewest: true,
  isCustom: false,
  isSupported: true,
  title: 'Opener',
  help: '',
  tags: [],
  family: 'backchannel',
  outcomesFrom: 'settings',
  outcomes: all,
  reads: [],
  writes: [],
  template: {},
}

it('a node whose ways out cannot be told yet has all those that its type may have', () => {
  const catalogue = nodeTypeCatalogue({ result: [opener], families: [] })
  const draft = addNode(
    emptyDraft('New'),
    { id: 'opener', type: 'OpenerNode', version: '1.0', title: 'Opener', template: {} },
    { x: 0, y: 0 },
  )
  const known = new Map([[nodeQueryOf(draft, 'opener', catalogue)?.key ?? '', null]])

  expect(currentOutcomes(draft, 'opener', catalogue, known, new Map())).toEqual(all)
  expect(currentOutcomes(draft, 'opener', catalogue, known, new Map([['opener', all.slice(0, 1)]]))).toEqual([
    all[0],
  ])
})
