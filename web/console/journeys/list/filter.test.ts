import { describe, expect, it } from 'vitest'
import type { JourneyRow } from '../../../api/journeys.ts'
import { categoriesOf, type Filter, filtered } from './filter.ts'

function row(_id: string, more: Partial<JourneyRow> = {}): JourneyRow {
  return {
    _id,
    _rev: '1',
    name: _id,
    description: '',
    categories: [],
    enabled: true,
    innerTreeOnly: false,
    mustRun: false,
    noSession: false,
    transactionalOnly: false,
    isDefault: false,
    nodeCount: 1,
    scripts: [],
    picture: { entryNodeId: '', nodes: {}, staticNodes: {} },
    findings: { error: 0, warning: 0, hint: 0 },
    unsupported: [],
    savedAt: null,
    savedBy: null,
    savedById: null,
    saves: 0,
    ...more,
  }
}

const node = { type: 'PageNode', family: 'collect', name: 'Wer bist du?', x: 0, y: 0, to: [] } as const
const rows = [
  row('Zürich 10', { categories: ['Sign-in', 'Sign-in'], savedAt: 3, scripts: ['Choose a factor'] }),
  row('zürich 9', { enabled: false, findings: { error: 0, warning: 2, hint: 0 }, savedAt: 5 }),
  row('Alpha', {
    categories: ['Help desk', 'Sign-in'],
    findings: { error: 1, warning: 0, hint: 0 },
    picture: { entryNodeId: 'a', nodes: { a: { ...node, to: [] } }, staticNodes: {} },
    unsupported: ['VendorRiskNode'],
    innerTreeOnly: true,
  }),
  row('دخول الموظفين 🔐', { description: 'Für alle' }),
]

const names = (filter: Filter) => filtered(rows, filter).map(({ _id }) => _id)

describe('the list of journeys', () => {
  it.each<[string, Filter, string[]]>([
    ['is sorted by name, with numbers by value', {}, ['Alpha', 'zürich 9', 'Zürich 10', 'دخول الموظفين 🔐']],
    ['ignores case and accents', { find: 'ZURICH' }, ['zürich 9', 'Zürich 10']],
    ['requires every word, anywhere', { find: ' fur  alle ' }, ['دخول الموظفين 🔐']],
    ['finds by the name of a node', { find: 'wer bist' }, ['Alpha']],
    ['finds by the type of a node', { find: 'pagenode' }, ['Alpha']],
    ['finds by a script', { find: 'factor' }, ['Zürich 10']],
    ['finds emoji and Arabic', { find: '🔐 دخول' }, ['دخول الموظفين 🔐']],
    ['filters by category', { category: 'Sign-in' }, ['Alpha', 'Zürich 10']],
    ['filters enabled journeys', { state: 'on', find: 'zurich' }, ['Zürich 10']],
    ['filters disabled journeys', { state: 'off' }, ['zürich 9']],
    ['filters journeys with findings', { state: 'findings' }, ['Alpha', 'zürich 9']],
    ['filters journeys with unsupported nodes', { state: 'unsupported' }, ['Alpha']],
    ['filters inner journeys', { state: 'inner' }, ['Alpha']],
    ['sorts by last save', { order: 'saved', find: 'zurich' }, ['zürich 9', 'Zürich 10']],
    ['sorts by worst findings', { order: 'findings', state: 'findings' }, ['Alpha', 'zürich 9']],
    ['is empty without a match', { category: 'Nobody' }, []],
  ])('%s', (_what, filter, expected) => {
    expect(names(filter)).toEqual(expected)
  })

  it('counts each journey once in a category', () => {
    expect(categoriesOf(rows)).toEqual([
      { name: 'Help desk', count: 1 },
      { name: 'Sign-in', count: 2 },
    ])
  })
})
