import { describe, expect, it } from 'vitest'
import { emptyDraft, withTree } from './draft.ts'
import {
  copyNodes,
  type Fragment,
  fragmentText,
  pasteNodes,
  pasteOntoPage,
  readFragment,
} from './fragment.ts'
import { addNotes, type Note, notesOf } from './notes.ts'
import { childrenOf } from './page-children.ts'
import { removeNodes } from './remove-nodes.ts'
import { smallJourney } from './small-journey.fixture.ts'

function ids() {
  let count = 0
  return () => {
    count += 1
    return `new${count}`
  }
}

function copied(...names: string[]): Fragment {
  const fragment = copyNodes(smallJourney(), {}, names)
  if (fragment === undefined) throw new Error('nothing was copied')
  return fragment
}

describe('copying', () => {
  it('copies only connections between the nodes', () => {
    const fragment = copied('decide', 'wait')

    expect(fragment.tree.nodes.decide?.connections).toEqual({ false: 'wait' })
    expect(fragment.tree.nodes.wait?.connections).toEqual({})
  })

  it('copies outcomes that another server stated, but not those of a page, which name its nodes', () => {
    const _outcomes = [{ id: 'permit', displayName: 'Permit' }]
    const journey = smallJourney()
    const { decide, page } = journey.nodes
    const nodes = { decide: { ...decide, _outcomes }, page: { ...page, _outcomes } }
    const fragment = copyNodes({ ...journey, nodes: { ...journey.nodes, ...nodes } }, {}, ['decide', 'page'])
    if (fragment === undefined) throw new Error('nothing was copied')
    const { draft } = pasteNodes(emptyDraft('Other'), fragment, { x: 0, y: 0 }, ids())
    const pasted = Object.values(draft.nodes).map((settings) => [
      Array.isArray(settings.nodes),
      settings._outcomes,
    ])
    expect(pasted.toSorted()).toEqual([
      [false, _outcomes],
      [true, undefined],
    ])
  })

  it('copies a page with its nodes, and single nodes of a page', () => {
    expect(Object.keys(copied('page').innerNodes)).toEqual(['name', 'password'])

    const alone = copied('password')
    expect(alone.tree.nodes.password).toMatchObject({
      nodeType: 'PasswordCollectorNode',
      displayName: 'Password',
    })
    expect(alone.nodes.password).toEqual({ _id: 'password', _type: { _id: 'PasswordCollectorNode' } })
  })

  it('copies nothing for unknown ids', () => {
    expect(copyNodes(smallJourney(), {}, ['nobody'])).toBeUndefined()
  })

  it('survives the clipboard as text', () => {
    const fragment = copied('page', 'decide')

    expect(readFragment(fragmentText(fragment))).toEqual(fragment)
  })

  it.each(['', 'hello', '{}', '{"tree": {"nodes": {}}}', '[1]', '{"tree":{"nodes":{"a":{}}}}'])(
    'reads no nodes from %j',
    (text) => {
      expect(readFragment(text)).toBeUndefined()
    },
  )
})

describe('notes', () => {
  const note: Note = { text: 'Ask legal', x: 640, y: 40, width: 160, height: 96, colour: 'blue' }
  const noted = addNotes(smallJourney(), { n: note })

  it('are cut and pasted with the nodes, at the same distance', () => {
    const cut = removeNodes(noted, ['wait', 'n'])
    const fragment = readFragment(fragmentText(copyNodes(noted, {}, ['wait', 'n']) ?? copied()))
    const { draft, ids: pasted } = pasteNodes(cut, fragment ?? copied(), { x: 0, y: 0 }, ids())

    expect(pasted).toEqual(['new1', 'new2'])
    expect(draft.tree.nodes.new1).toMatchObject({ x: 80, y: 40 })
    expect(notesOf(draft)).toEqual({ new2: { ...note, x: 0, y: 0 } })
  })

  it('are copied alone, and a malformed one does not keep nodes from being pasted', () => {
    expect(copyNodes(noted, {}, ['n'])).toMatchObject({ tree: { nodes: {} }, notes: { n: note } })
    const text = JSON.stringify({ ...copied('wait'), notes: { n: 7 } })
    expect(readFragment(text)).toEqual(copied('wait'))
  })

  it('are not among the pasted ids beyond the greatest number', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`n${at}`, note]))
    const full = withTree(noted, { uiConfig: { sidegateNotes: JSON.stringify(many) } })
    const fragment = copyNodes(noted, {}, ['wait', 'n']) ?? copied()
    expect(pasteNodes(full, fragment, { x: 0, y: 0 }, ids()).ids).toEqual(['new1'])
  })
})

describe('pasting', () => {
  it('assigns new ids, keeps connections and moves the nodes to the given point', () => {
    const { draft, ids: pasted } = pasteNodes(
      smallJourney(),
      copied('decide', 'wait'),
      { x: 400, y: 400 },
      ids(),
    )

    expect(pasted).toEqual(['new1', 'new2'])
    expect(draft.tree.nodes.new1).toMatchObject({ x: 400, y: 400, connections: { false: 'new2' } })
    expect(draft.tree.nodes.new2).toMatchObject({ x: 680, y: 400, connections: {} })
    expect(draft.nodes.new2).toMatchObject({ _id: 'new2', secondsToWait: 3, unknown: [1, { two: null }] })
    expect(draft.tree.nodes.decide).toEqual(smallJourney().tree.nodes.decide)
  })

  it('works in another journey', () => {
    const { draft } = pasteNodes(emptyDraft('Other'), copied('page', 'decide'), { x: 0, y: 0 }, ids())

    expect(draft.tree.nodes.new1?.connections).toEqual({ outcome: 'new2' })
    expect(childrenOf(draft, 'new1').map(({ id, displayName }) => [id, displayName])).toEqual([
      ['new3', 'User name'],
      ['new4', 'Password'],
    ])
    expect(draft.innerNodes.new4).toMatchObject({ _id: 'new4' })
  })

  it('renames outcomes that begin with the id of a node on the page', () => {
    const fragment = copied('page', 'decide')
    const page = fragment.tree.nodes.page
    if (page !== undefined) page.connections = { 'password-outcome': 'decide' }
    const { draft } = pasteNodes(emptyDraft('Other'), fragment, { x: 0, y: 0 }, ids())

    expect(draft.tree.nodes.new1?.connections).toEqual({ 'new4-outcome': 'new2' })
  })

  it('adds nodes to a page', () => {
    const { draft } = pasteOntoPage(smallJourney(), copied('name'), 'page', ids())

    expect(childrenOf(draft, 'page').map(({ id }) => id)).toEqual(['name', 'password', 'new1'])
    expect(draft.innerNodes.new1).toEqual({ _id: 'new1', _type: { _id: 'UsernameCollectorNode' } })
  })
})
