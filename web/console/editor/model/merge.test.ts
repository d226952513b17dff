import { describe, expect, it } from 'vitest'
import { addNode } from './add-node.ts'
import { countChanges } from './change-count.ts'
import { changeJourney, changeSetting, rename } from './change-settings.ts'
import { connect } from './connect.ts'
import { isSameDraft } from './draft-equality.ts'
import { merge } from './merge.ts'
import { childrenOf } from './page-children.ts'
import { moveChild, removeFromPage } from './page-moves.ts'
import { moveTo } from './positions.ts'
import { removeNodes } from './remove-nodes.ts'
import { smallJourney } from './small-journey.fixture.ts'

const retry = {
  id: 'retry',
  type: 'RetryLimitDecisionNode',
  version: '1.0',
  title: 'Retry Limit',
  template: {},
}
const base = smallJourney()

describe('merging', () => {
  it('keeps changes to different nodes', () => {
    const mine = changeSetting(base, 'decide', 'a', 1)
    const theirs = addNode(changeSetting(base, 'wait', 'secondsToWait', 5), retry, { x: 0, y: 0 })
    const { draft, conflicts } = merge(base, mine, theirs)

    expect(conflicts).toEqual([])
    expect(draft.nodes.decide).toMatchObject({ a: 1 })
    expect(draft.nodes.wait).toMatchObject({ secondsToWait: 5 })
    expect(draft.tree.nodes.retry).toBeDefined()
  })

  it('takes the side that changed', () => {
    const changed = rename(moveTo(base, {}, { wait: { x: 0, y: 0 } }), 'wait', 'Other')

    expect(isSameDraft(merge(base, base, changed).draft, changed)).toBe(true)
    expect(isSameDraft(merge(base, changed, base).draft, changed)).toBe(true)
    expect(isSameDraft(merge(base, changed, changed).draft, changed)).toBe(true)
  })

  it('reports nodes that both changed and takes the chosen side', () => {
    const mine = changeSetting(base, 'wait', 'secondsToWait', 4)
    const theirs = changeSetting(base, 'wait', 'secondsToWait', 5)

    expect(merge(base, mine, theirs).conflicts).toEqual([{ key: 'node:wait', nodeId: 'wait' }])
    const chosen = merge(base, mine, theirs, new Map([['node:wait', 'theirs']]))
    expect(chosen.draft.nodes.wait).toMatchObject({ secondsToWait: 5 })
  })

  it('reports journey settings that both changed', () => {
    const mine = changeJourney(base, 'description', 'Mine')
    const theirs = changeJourney(base, 'description', 'Theirs')

    expect(merge(base, mine, theirs).conflicts).toEqual([{ key: 'tree:description', member: 'description' }])
  })

  it('does not report positions as conflicts', () => {
    const mine = moveTo(base, {}, { wait: { x: 8, y: 8 } })
    const theirs = changeSetting(moveTo(base, {}, { wait: { x: 80, y: 80 } }), 'wait', 'a', 1)
    const { draft, conflicts } = merge(base, mine, theirs)

    expect(conflicts).toEqual([])
    expect(draft.tree.nodes.wait).toMatchObject({ x: 8, y: 8 })
    expect(draft.nodes.wait).toMatchObject({ a: 1 })
  })

  it('reports a node that one side removed and the other changed', () => {
    const mine = removeNodes(base, ['wait'])
    const theirs = changeSetting(base, 'wait', 'secondsToWait', 5)

    expect(merge(base, mine, theirs).conflicts.map(({ key }) => key)).toContain('node:wait')
  })

  it('disconnects outcomes that lead to a removed node', () => {
    const mine = connect(base, { from: 'page', outcome: 'outcome' }, 'wait')
    const theirs = removeNodes(base, ['wait'])
    const { draft } = merge(base, mine, theirs)

    expect(draft.tree.nodes.wait).toBeUndefined()
    expect(draft.tree.nodes.page?.connections).toEqual({})
  })

  it('treats the nodes on a page as part of the page', () => {
    const mine = changeSetting(base, 'name', 'a', 1)
    const theirs = removeNodes(base, ['name'])
    expect(merge(base, mine, theirs).conflicts).toEqual([{ key: 'node:page', nodeId: 'page' }])

    const reordered = moveChild(base, 'name', 'page', 2)
    const { draft } = merge(base, reordered, changeSetting(base, 'wait', 'a', 1))
    expect(childrenOf(draft, 'page').map(({ id }) => id)).toEqual(['password', 'name'])
  })

  it('never leaves a node both on a page and on the canvas', () => {
    const mine = removeFromPage(base, 'name', { x: 0, y: 0 })
    const theirs = changeSetting(base, 'page', 'stage', 'x')
    const { draft } = merge(base, mine, theirs, new Map([['node:page', 'theirs']]))

    expect(draft.tree.nodes.name).toBeDefined()
    expect(childrenOf(draft, 'page').map(({ id }) => id)).toEqual(['password'])
    expect(draft.innerNodes.name).toBeUndefined()
  })
})

describe('counting changes', () => {
  const count = (after: typeof base) => countChanges(base, after)

  it('counts each changed node once, with the nodes on its page', () => {
    expect(count(base)).toBe(0)
    expect(count(changeSetting(base, 'wait', 'secondsToWait', 5))).toBe(1)
    expect(count(rename(changeSetting(base, 'wait', 'secondsToWait', 5), 'wait', 'Pause'))).toBe(1)
    expect(count(addNode(base, retry, { x: 0, y: 0 }))).toBe(1)
    expect(count(connect(base, { from: 'wait', outcome: 'DONE' }, 'decide'))).toBe(1)
    expect(count(moveChild(base, 'name', 'page', 2))).toBe(1)
    expect(count(removeNodes(base, ['name']))).toBe(1)
  })

  it('counts all moves as one, and all settings of the journey as one', () => {
    const moved = moveTo(base, {}, { wait: { x: 0, y: 0 }, page: { x: 0, y: 0 } })
    expect(count(moved)).toBe(1)
    expect(count(changeJourney(changeJourney(moved, 'mustRun', true), 'enabled', false))).toBe(2)
  })
})
