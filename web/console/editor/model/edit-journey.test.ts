import { describe, expect, it } from 'vitest'
import { addAfter, addNode, addToPage, type NewNode } from './add-node.ts'
import { categoriesOf, changeCategories, changeJourney, changeSetting, rename } from './change-settings.ts'
import { allConnections, canConnect, connect, disconnect, splice, startOutcome } from './connect.ts'
import { emptyDraft, failureId, startId, successId } from './draft.ts'
import { nodeOutcomes, sourcesOf } from './node-outcomes.ts'
import { childrenOf, pageOf } from './page-children.ts'
import { moveChild, moveToPage, removeFromPage } from './page-moves.ts'
import { moveBy, moveTo, positionOf } from './positions.ts'
import { isRemovable, predecessorOf, removeNodes } from './remove-nodes.ts'
import { smallJourney } from './small-journey.fixture.ts'

const message: NewNode = {
  id: 'message',
  type: 'MessageNode',
  version: '1.0',
  title: 'Message Node',
  template: { message: { en: 'Hi' } },
}

describe('adding a node', () => {
  it('starts with the default settings of its type, on the grid', () => {
    const draft = addNode(smallJourney(), message, { x: 13, y: 21 })

    expect(draft.tree.nodes.message).toEqual({
      nodeType: 'MessageNode',
      version: '1.0',
      displayName: 'Message Node',
      connections: {},
      x: 16,
      y: 24,
    })
    expect(draft.nodes.message).toEqual({
      _id: 'message',
      _type: { _id: 'MessageNode', name: 'Message Node', collection: true },
      message: { en: 'Hi' },
    })
  })

  it('states its version unless that is the first', () => {
    const draft = addNode(smallJourney(), { ...message, version: '2.0' }, { x: 0, y: 0 })

    expect(draft.nodes.message?._type).toMatchObject({ version: '2.0' })
  })

  it('connects an outcome to it', () => {
    const draft = addAfter(smallJourney(), message, { x: 0, y: 0 }, { from: 'decide', outcome: 'true' })

    expect(draft.tree.nodes.decide?.connections?.true).toBe('message')
  })

  it('makes it the entry when it is added after the start', () => {
    const draft = addAfter(emptyDraft('New'), message, { x: 0, y: 0 }, startOutcome)

    expect(draft.tree.entryNodeId).toBe('message')
  })

  it('adds it to a page at an index', () => {
    const draft = addToPage(smallJourney(), 'page', message, 1)

    expect(childrenOf(draft, 'page').map(({ id }) => id)).toEqual(['name', 'message', 'password'])
    expect(draft.innerNodes.message).toMatchObject({ message: { en: 'Hi' } })
    expect(draft.nodes.message).toBeUndefined()
  })
})

describe('connecting', () => {
  it('connects an outcome to a node or an end, and disconnects it', () => {
    const connected = connect(smallJourney(), { from: 'wait', outcome: 'EXITED' }, successId)
    expect(connected.tree.nodes.wait?.connections).toEqual({ DONE: 'page', EXITED: successId })

    const free = disconnect(connected, { from: 'wait', outcome: 'EXITED' })
    expect(free.tree.nodes.wait?.connections).toEqual({ DONE: 'page' })
  })

  it('refuses connections from a node to itself and to a missing node', () => {
    const draft = smallJourney()

    expect(canConnect(draft, { from: 'wait', outcome: 'DONE' }, 'wait')).toBe(false)
    expect(connect(draft, { from: 'wait', outcome: 'DONE' }, 'nobody')).toBe(draft)
    expect(connect(draft, { from: 'nobody', outcome: 'DONE' }, 'wait')).toBe(draft)
  })

  it('changes and removes the entry', () => {
    const moved = connect(smallJourney(), startOutcome, 'wait')
    expect(moved.tree.entryNodeId).toBe('wait')
    expect(disconnect(moved, startOutcome).tree.entryNodeId).toBe('')
  })

  it('inserts a node into a connection', () => {
    const added = addNode(smallJourney(), message, { x: 0, y: 0 })
    const spliced = splice(added, { from: 'decide', outcome: 'false', to: 'wait' }, 'message', 'outcome')

    expect(spliced.tree.nodes.decide?.connections?.false).toBe('message')
    expect(spliced.tree.nodes.message?.connections).toEqual({ outcome: 'wait' })
  })

  it('ends the connection at an inserted node without outcomes', () => {
    const added = addNode(smallJourney(), message, { x: 0, y: 0 })
    const spliced = splice(added, { ...startOutcome, to: 'page' }, 'message', undefined)

    expect(spliced.tree.entryNodeId).toBe('message')
    expect(spliced.tree.nodes.message?.connections).toEqual({})
  })

  it('lists connections to existing nodes, the start first', () => {
    const draft = smallJourney()
    const dangling = { ...draft.tree.nodes.wait, nodeType: 'PollingWaitNode', connections: { DONE: 'gone' } }
    const broken = { ...draft, tree: { ...draft.tree, nodes: { ...draft.tree.nodes, wait: dangling } } }

    expect(allConnections(broken)).toEqual([
      { from: startId, outcome: '', to: 'page' },
      { from: 'page', outcome: 'outcome', to: 'decide' },
      { from: 'decide', outcome: 'true', to: successId },
      { from: 'decide', outcome: 'false', to: 'wait' },
    ])
    expect(nodeOutcomes(broken, 'wait', [{ id: 'DONE', displayName: 'Done' }])).toEqual([
      { id: 'DONE', label: 'Done', target: undefined, isDangling: true, isStale: false },
    ])
  })
})

describe('outcomes', () => {
  it('list connected outcomes that the node does not have last', () => {
    const outcomes = nodeOutcomes(smallJourney(), 'wait', [{ id: 'DONE', displayName: 'Done' }])

    expect(outcomes.map(({ id, isStale }) => [id, isStale])).toEqual([
      ['DONE', false],
      ['EXITED', true],
    ])
  })

  it('are the connected ones when the outcomes are unknown', () => {
    const outcomes = nodeOutcomes(smallJourney(), 'wait', null)

    expect(outcomes.map(({ id, isStale }) => [id, isStale])).toEqual([
      ['DONE', false],
      ['EXITED', false],
    ])
  })

  it('are found by their target', () => {
    expect(sourcesOf(smallJourney(), failureId)).toEqual([{ from: 'wait', outcome: 'EXITED' }])
  })
})

describe('removing', () => {
  it('disconnects the outcomes that led to the node', () => {
    const draft = removeNodes(smallJourney(), ['wait'])

    expect(draft.tree.nodes.decide?.connections).toEqual({ true: successId })
    expect(draft.nodes.wait).toBeUndefined()
  })

  it('removes the nodes of a page, and an entry that led to it', () => {
    const draft = removeNodes(smallJourney(), ['page'])

    expect(draft.innerNodes).toEqual({})
    expect(draft.tree.entryNodeId).toBe('')
    expect(draft.tree.nodes.wait?.connections).toEqual({ EXITED: failureId })
  })

  it('removes a node from its page', () => {
    const draft = removeNodes(smallJourney(), ['name'])

    expect(childrenOf(draft, 'page').map(({ id }) => id)).toEqual(['password'])
    expect(draft.innerNodes.name).toBeUndefined()
  })

  it('keeps the ends', () => {
    const draft = smallJourney()

    expect(removeNodes(draft, [successId, startId, 'nobody'])).toBe(draft)
    expect(isRemovable(draft, successId)).toBe(false)
    expect(isRemovable(draft, 'name')).toBe(true)
  })

  it('finds the node before the removed one', () => {
    const draft = smallJourney()

    expect(predecessorOf(draft, 'decide')).toBe('page')
    expect(predecessorOf(draft, 'name')).toBe('page')
    expect(predecessorOf(removeNodes(draft, ['wait']), 'page')).toBe(startId)
  })
})

describe('pages', () => {
  it('accept a node from the canvas and take over its incoming connections', () => {
    const draft = connect(smallJourney(), startOutcome, 'decide')
    const moved = moveToPage(draft, 'decide', 'page', 0)

    expect(childrenOf(moved, 'page').map(({ id }) => id)).toEqual(['decide', 'name', 'password'])
    expect(moved.tree.entryNodeId).toBe('page')
    expect(moved.tree.nodes.page?.connections).toEqual({})
    expect(moved.innerNodes.decide).toBe(draft.nodes.decide)
    expect(moved.nodes.decide).toBeUndefined()
  })

  it('refuse themselves; other nodes refuse everything', () => {
    const draft = smallJourney()

    expect(moveToPage(draft, 'page', 'page')).toBe(draft)
    expect(moveToPage(draft, 'wait', 'decide')).toBe(draft)
  })

  it('reorder their nodes without changing them', () => {
    const draft = smallJourney()

    const down = moveChild(draft, 'name', 'page', 2)
    expect(down.nodes.page?.nodes).toEqual([
      'password:PasswordCollectorNode:Password',
      { _id: 'name', nodeType: 'UsernameCollectorNode', displayName: 'User name', note: 'kept' },
    ])
    expect(moveChild(down, 'name', 'page', 0).nodes.page).toEqual(draft.nodes.page)
    expect(moveChild(draft, 'name', 'page', 1)).toBe(draft)
  })

  it('release a node to the canvas without connections', () => {
    const draft = removeFromPage(smallJourney(), 'password', { x: 10, y: 10 })

    expect(draft.tree.nodes.password).toMatchObject({
      nodeType: 'PasswordCollectorNode',
      displayName: 'Password',
      connections: {},
      x: 8,
    })
    expect(draft.nodes.password).toEqual({ _id: 'password', _type: { _id: 'PasswordCollectorNode' } })
    expect(draft.innerNodes.password).toBeUndefined()
    expect(pageOf(draft, 'password')).toBeUndefined()
  })
})

describe('changing', () => {
  it('sets and removes one setting on the canvas and on a page', () => {
    const draft = smallJourney()

    expect(changeSetting(draft, 'wait', 'secondsToWait', 5).nodes.wait).toMatchObject({
      secondsToWait: 5,
      unknown: [1, { two: null }],
    })
    expect(changeSetting(draft, 'wait', 'secondsToWait', undefined).nodes.wait).not.toHaveProperty(
      'secondsToWait',
    )
    expect(changeSetting(draft, 'name', 'x', true).innerNodes.name).toMatchObject({ x: true })
  })

  it('renames nodes on the canvas, and on pages in the notation of the page', () => {
    const draft = smallJourney()

    expect(rename(draft, 'wait', 'انتظار').tree.nodes.wait?.displayName).toBe('انتظار')
    expect(rename(rename(draft, 'name', 'A'), 'password', 'B').nodes.page?.nodes).toEqual([
      { _id: 'name', nodeType: 'UsernameCollectorNode', displayName: 'A', note: 'kept' },
      'password:PasswordCollectorNode:B',
    ])
  })

  it('stores categories as a JSON text', () => {
    const draft = changeCategories(smallJourney(), ['Help desk'])

    expect(draft.tree.uiConfig).toEqual({ categories: '["Help desk"]' })
    expect(categoriesOf(draft)).toEqual(['Help desk'])
    expect(categoriesOf(changeJourney(draft, 'uiConfig', { categories: 'no JSON' }))).toEqual([])
  })
})

describe('moving', () => {
  it('snaps moved nodes and ends to the grid', () => {
    const draft = moveTo(smallJourney(), {}, { wait: { x: 101, y: 99 }, [successId]: { x: 3, y: 5 } })

    expect(positionOf(draft, {}, 'wait')).toEqual({ x: 104, y: 96 })
    expect(positionOf(draft, {}, successId)).toEqual({ x: 0, y: 8 })
    expect(positionOf(moveBy(draft, {}, ['wait'], { x: 8, y: -8 }), {}, 'wait')).toEqual({ x: 112, y: 88 })
  })

  it('saves all automatic positions when one node is moved', () => {
    const draft = smallJourney()
    const { x, y, ...bare } = draft.tree.nodes.page ?? { nodeType: '' }
    const unplaced = { ...draft, tree: { ...draft.tree, nodes: { ...draft.tree.nodes, page: bare } } }
    const autoPositions = { page: { x: 320, y: 200 } }

    expect(positionOf(unplaced, autoPositions, 'page')).toEqual({ x: 320, y: 200 })
    const moved = moveTo(unplaced, autoPositions, { wait: { x: 0, y: 0 } })
    expect(moved.tree.nodes.page).toMatchObject({ x: 320, y: 200 })
  })
})
