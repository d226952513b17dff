import { expect, test } from 'vitest'
import { failureId, successId } from '../../engine/journey.ts'
import { keyOf } from '../../journeys/compare/to-write.ts'
import { type Bundle, emptyBundle } from '../../journeys/exchange/bundle.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'
import { nextBase, withServerLayout } from './bases.ts'
import { decide } from './decide.ts'

type Look = { name?: string; title?: string; x?: number }

function bundleOf(...looks: Look[]): Bundle {
  const journeys = looks.map(({ name = 'Login', title = 'Who', x = 0 }) => {
    const connections = { outcome: successId, error: failureId }
    const who = {
      nodeType: 'UsernameCollectorNode',
      displayName: title,
      version: '1.0',
      connections,
      x,
      y: 0,
    }
    return journeyDocumentSchema.parse({
      _id: name,
      entryNodeId: `${name}-who`,
      nodes: { [`${name}-who`]: who },
    })
  })
  const nodes = journeys.map(({ _id }) => ({
    id: `${_id}-who`,
    type: 'UsernameCollectorNode',
    version: '1.0',
    config: {},
  }))
  return { ...emptyBundle(), journeys, nodes }
}

const login = keyOf({ kind: 'journey', id: 'Login' })
const none = new Map()
const keysOf = (things: readonly { key: string }[]) => things.map(({ key }) => key)

const before = { files: bundleOf({}), server: bundleOf({}) }
const [ours, theirs] = [bundleOf({ title: 'From files' }), bundleOf({ title: 'From server' })]

test('sends a change to the other side', () => {
  expect(keysOf(decide(before, { files: ours, server: before.server }, none).toServer)).toEqual([login])
  expect(keysOf(decide(before, { files: before.files, server: theirs }, none).toFiles)).toEqual([login])
})

test('overwrites nothing that both changed, until a side is chosen', () => {
  const now = { files: ours, server: theirs }
  const { conflicts, ...others } = decide(before, now, none)
  expect(keysOf(conflicts)).toEqual([login])
  expect(others).toEqual({ toServer: [], toFiles: [], removed: [] })
  expect(keysOf(decide(before, now, new Map([[login, 'files']])).toServer)).toEqual([login])
  expect(keysOf(decide(before, now, new Map([[login, 'server']])).toFiles)).toEqual([login])
})

test('needs no sync where both made the same change', () => {
  expect(decide(before, { files: ours, server: ours }, none)).toEqual({
    toServer: [],
    toFiles: [],
    removed: [],
    conflicts: [],
  })
})

test('names what one side removed, and what the other side changed meanwhile is a conflict', () => {
  const gone = emptyBundle()
  expect(decide(before, { files: gone, server: before.server }, none).removed).toMatchObject([
    { from: 'files' },
  ])
  expect(decide(before, { files: before.files, server: gone }, none).removed).toMatchObject([
    { from: 'server' },
  ])
  expect(keysOf(decide(before, { files: gone, server: theirs }, none).conflicts)).toEqual([login])
})

test('keeps the base of pending things, so that their changes are found again', () => {
  const now = bundleOf({ title: 'Pending' }, { name: 'Other', title: 'Done' })
  const base = nextBase(bundleOf({}, { name: 'Other' }), now, new Set([login]))
  const changed = decide({ files: base, server: base }, { files: now, server: base }, none)
  expect(keysOf(changed.toServer)).toEqual([login])
})

test('keeps positions of the server, unless nodes were moved in the files', () => {
  const [server, file] = [bundleOf({ x: 300 }), bundleOf({ title: 'Renamed' })]
  const placed = (files: Bundle) =>
    withServerLayout(files.journeys, before.files, server)[0]?.nodes['Login-who']
  expect(placed(file)).toMatchObject({ displayName: 'Renamed', x: 300 })
  expect(placed(bundleOf({ x: 50 }))).toMatchObject({ x: 50 })
})
