import { describe, expect, it } from 'vitest'
import { addNode, addToPage, type NewNode } from './add-node.ts'
import { connect } from './connect.ts'
import { type Draft, emptyDraft, successId } from './draft.ts'
import { isPassThrough, nodeOutcomes } from './node-outcomes.ts'
import { moveChild } from './page-moves.ts'
import { removeNodes } from './remove-nodes.ts'

const id = (number: number) => `0000000${number}-0000-4000-8000-000000000000`

function newNode(number: number, type: string, version = '1.0'): NewNode {
  return { id: id(number), type, version, title: type, template: {} }
}

/** A page of the given version whose only node asks for a name, with its outcome connected. */
function page(version: string): Draft {
  const draft = addNode(emptyDraft('Pages'), newNode(1, 'PageNode', version), { x: 0, y: 0 })
  const filled = addToPage(draft, id(1), newNode(2, 'UsernameCollectorNode'))
  const outcome = version === '1.0' ? 'outcome' : `${id(2)}-outcome`
  return connect(filled, { from: id(1), outcome }, successId)
}

const connectionsOf = (draft: Draft) => draft.tree.nodes[id(1)]?.connections

describe('an outcome that a page names after its last node', () => {
  it('stays connected when a node is added after it', () => {
    const longer = addToPage(page('2.0'), id(1), newNode(3, 'PasswordCollectorNode'))

    expect(connectionsOf(longer)).toEqual({ [`${id(3)}-outcome`]: successId })
  })

  it('stays connected when nodes are reordered and when the last one is removed', () => {
    const longer = addToPage(page('2.0'), id(1), newNode(3, 'PasswordCollectorNode'))

    expect(connectionsOf(moveChild(longer, id(3), id(1), 0))).toEqual({ [`${id(2)}-outcome`]: successId })
    expect(connectionsOf(removeNodes(longer, [id(3)]))).toEqual({ [`${id(2)}-outcome`]: successId })
  })

  it('stays connected when the only node is replaced', () => {
    const empty = removeNodes(page('2.0'), [id(2)])
    const refilled = addToPage(empty, id(1), newNode(4, 'PasswordCollectorNode'))

    expect(connectionsOf(refilled)).toEqual({ [`${id(4)}-outcome`]: successId })
  })

  it('needs no label if it is the only one', () => {
    expect(
      isPassThrough(nodeOutcomes(page('2.0'), id(1), [{ id: `${id(2)}-outcome`, displayName: 'Outcome' }])),
    ).toBe(true)
  })
})

it('leaves pages of the first version as they are', () => {
  const longer = addToPage(page('1.0'), id(1), newNode(3, 'PasswordCollectorNode'))

  expect(connectionsOf(longer)).toEqual({ outcome: successId })
})
