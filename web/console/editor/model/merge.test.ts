import { describe, expect, it } from 'vitest'
import { addNode } from './add-node.ts'
import { changeJourney, changeSetting, rename } from './change-settings.ts'
import { connect } from './connect.ts'
import { differencesOf } from './differences.ts'
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

describe('describing differences', () => {
  const describeSetting = (_type: string, name: string) =>
    name === 'secondsToWait'
      ? { title: 'Seconds to Wait', isSecret: false }
      : { title: name, isSecret: name === 'password' }
  const textsOf = (after: typeof base) => differencesOf(base, after, describeSetting).map(({ text }) => text)

  it('describes the change of each node', () => {
    expect(textsOf(changeSetting(base, 'wait', 'secondsToWait', 5))).toEqual([
      'Wait 🙂: Seconds to Wait 3 to 5',
    ])
    expect(textsOf(changeSetting(base, 'wait', 'unknown', 5))).toEqual(['Wait 🙂: unknown'])
    expect(textsOf(addNode(base, retry, { x: 0, y: 0 }))).toEqual(['Added Retry Limit'])
    expect(textsOf(removeNodes(base, ['page']))).toContain('Removed Sign in')
    expect(textsOf(rename(base, 'wait', 'Pause'))).toEqual(['Pause: renamed from Wait 🙂'])
    expect(textsOf(connect(base, { from: 'wait', outcome: 'DONE' }, 'decide'))).toEqual([
      'Wait 🙂: connections',
    ])
  })

  it('describes changes of nodes on a page', () => {
    expect(textsOf(moveChild(base, 'name', 'page', 2))).toEqual(['Sign in: order of nodes'])
    expect(textsOf(removeNodes(base, ['name']))).toEqual(['Sign in: removed User name'])
  })

  it('summarises moves and names journey settings', () => {
    expect(textsOf(moveTo(base, {}, { wait: { x: 0, y: 0 } }))).toEqual(['Moved Wait 🙂'])
    expect(textsOf(moveTo(base, {}, { wait: { x: 0, y: 0 }, page: { x: 0, y: 0 } }))).toEqual([
      'Moved 2 nodes',
    ])
    expect(textsOf(changeJourney(base, 'mustRun', true))).toEqual(['Journey: always run'])
    expect(textsOf(base)).toEqual([])
  })

  it('never shows secret values', () => {
    const before = changeSetting(base, 'wait', 'password', 'old')
    const after = changeSetting(base, 'wait', 'password', 'new')

    expect(differencesOf(before, after, describeSetting).map(({ text }) => text)).toEqual([
      'Wait 🙂: password',
    ])
  })
})
