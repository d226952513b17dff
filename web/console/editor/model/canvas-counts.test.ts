import { describe, expect, it } from 'vitest'
import { canvasCounts, countText, lineWidth, medianText, shareText } from './canvas-counts.ts'
import { emptyDraft, failureId, startId, successId } from './draft.ts'

const draft = {
  ...emptyDraft('Login'),
  tree: {
    ...emptyDraft('Login').tree,
    entryNodeId: 'ask',
    nodes: {
      ask: { nodeType: 'PageNode', displayName: 'Ask', connections: { outcome: 'check' } },
      check: { nodeType: 'D', displayName: 'Check', connections: { true: successId, false: failureId } },
    },
  },
}

const counts = {
  since: 0,
  versions: [],
  connections: [
    { nodeId: startId, outcome: '', count: 10, medianMs: null },
    { nodeId: 'ask', outcome: 'outcome', count: 8, medianMs: 4000 },
    { nodeId: 'check', outcome: 'true', count: 5, medianMs: 30 },
    { nodeId: 'check', outcome: 'false', count: 2, medianMs: 30 },
    { nodeId: 'check', outcome: 'locked', count: 3, medianMs: null },
    { nodeId: 'gone', outcome: 'outcome', count: 9, medianMs: null },
  ],
  errors: [{ nodeId: 'check', count: 1 }],
}

describe('counts on a canvas', () => {
  const shown = canvasCounts(counts, draft)

  it('say how many started, succeeded and failed', () => {
    expect(shown).toMatchObject({ starts: 10, succeeded: 5, failed: 2 })
  })

  it('have the share of each outcome', () => {
    expect(shown.connections.get('check true')).toEqual({ count: 5, share: 5 / 7, medianMs: 30 })
    expect(shown.connections.get('ask outcome')).toEqual({ count: 8, share: 1, medianMs: 4000 })
  })

  it('say where people stayed, and where errors ended the journey', () => {
    expect(shown.nodes.get('ask')).toEqual({ arrived: 10, stayed: 2, errors: 0 })
    expect(shown.nodes.get('check')).toEqual({ arrived: 8, stayed: 0, errors: 1 })
  })

  it('leave out nodes and outcomes of other versions', () => {
    expect([...shown.connections.keys()]).toEqual([`${startId} `, 'ask outcome', 'check true', 'check false'])
    expect([...shown.nodes.keys()]).toEqual(['ask', 'check'])
  })

  it('don’t say where people stayed if they are those of several versions', () => {
    const version = { number: 1, savedAt: null, savedBy: null, note: null, starts: 5 }
    const several = { ...counts, versions: [version, { ...version, number: 2 }] }
    expect(canvasCounts(several, draft).nodes.get('ask')).toEqual({ arrived: 10, stayed: 0, errors: 0 })
    expect(canvasCounts(several, draft, true).nodes.get('ask')).toMatchObject({ stayed: 2 })
  })

  it('never say that more left than arrived', () => {
    const later = { ...counts, connections: counts.connections.slice(1), errors: [] }
    expect(canvasCounts(later, draft).nodes.get('ask')).toEqual({ arrived: 8, stayed: 0, errors: 0 })
  })
})

it.each([
  [30, '30 ms'],
  [0, '1 ms'],
  [400, '0.4 s'],
  [12_400, '12 s'],
  [600_000, '10 min'],
  [9_000_000, '3 h'],
])('a median of %i ms is shown as %s', (milliseconds, text) => {
  expect(medianText(milliseconds)).toBe(text)
})

it('counts and shares are short', () => {
  expect([countText(950), countText(12_340)]).toEqual(['950', '12.3K'])
  expect([shareText(0), shareText(0.004), shareText(0.5)]).toEqual(['0%', '< 1%', '50%'])
})

it('lines grow with the share of sign-ins', () => {
  expect([lineWidth(0, 10), lineWidth(10, 10), lineWidth(5, 0)]).toEqual([1.5, 7.5, 7.5])
})
