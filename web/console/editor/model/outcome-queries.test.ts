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

/** A node type whose outcomes depend on a required setting. */
const opener: NodeType = {
  type: 'OpenerNode',
  version: '1.0',
  isNewest: true,
  isCustom: false,
  isSupported: true,
  isInteractive: true,
  title: 'Opener',
  help: '',
  tags: [],
  family: 'backchannel',
  category: 'backchannel',
  outcomesFrom: 'settings',
  outcomes: all,
  reads: [],
  writes: [],
  template: {},
}

it('offers all outcomes of the type while the outcomes of a node are unknown', () => {
  const catalogue = nodeTypeCatalogue({ result: [opener], families: [], categories: [] })
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
