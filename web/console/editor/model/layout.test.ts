import { describe, expect, it } from 'vitest'
import { type Draft, emptyDraft, failureId, startId, successId } from './draft.ts'
import { type Box, gapAt, outputPort, sizeOfNode } from './geometry.ts'
import { autoLayout, layOutMissing } from './layout.ts'
import { pathOrder } from './path-order.ts'
import { nodesWithoutPosition } from './positions.ts'
import { distanceTo, pathOf, segmentsOf } from './route.ts'
import { routeBetween } from './route-search.ts'
import { smallJourney } from './small-journey.fixture.ts'
import { Traffic } from './traffic.ts'

const sizeOf = () => ({ width: 216, height: 120 })

/** A row of nodes that each also lead back to the first. */
function chain(length: number): Draft {
  const draft = emptyDraft('Chain')
  for (let at = 0; at < length; at += 1) {
    draft.tree.nodes[`n${at}`] = {
      nodeType: 'ScriptedDecisionNode',
      connections: { next: at + 1 < length ? `n${at + 1}` : successId, again: at > 0 ? 'n0' : failureId },
    }
  }
  draft.tree.entryNodeId = 'n0'
  return draft
}

function overlaps(boxes: readonly Box[]): number {
  return boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
  ).length
}

describe('the layout', () => {
  it.each([1, 2, 7, 60])('positions %i nodes on the grid without overlap', (length) => {
    const draft = chain(length)
    const positions = autoLayout(draft, sizeOf)
    const boxes = Object.keys(draft.tree.nodes).map((id) => ({ x: 0, y: 0, ...positions[id], ...sizeOf() }))

    expect(boxes).toHaveLength(length)
    expect(overlaps(boxes)).toBe(0)
    expect(boxes.every(({ x, y }) => x % 8 === 0 && y % 8 === 0)).toBe(true)
  })

  it('wraps a long path into rows', () => {
    const positions = autoLayout(chain(40), sizeOf)
    const width = Math.max(...Object.values(positions).map(({ x }) => x))
    const height = Math.max(...Object.values(positions).map(({ y }) => y))

    expect(width / height).toBeGreaterThan(0.8)
    expect(width / height).toBeLessThan(3)
  })

  it('accepts unreachable nodes and an empty journey', () => {
    const draft = chain(3)
    draft.tree.nodes.lonely = { nodeType: 'MessageNode' }

    expect(autoLayout(draft, sizeOf).lonely).toBeDefined()
    expect(Object.keys(autoLayout(emptyDraft('Empty'), sizeOf)).sort()).toEqual(
      [successId, failureId, startId].sort(),
    )
  })

  it('positions only nodes without a position', () => {
    const draft = smallJourney()
    expect(layOutMissing(draft, sizeOf)).toEqual({})

    draft.tree.nodes.wait = { nodeType: 'PollingWaitNode', x: null, y: null }
    const autoPositions = layOutMissing(draft, sizeOf)
    expect(Object.keys(autoPositions)).toEqual(['wait'])
    expect(autoPositions.wait?.y).toBeGreaterThan(200)
  })

  it('treats several nodes at the origin as not positioned', () => {
    const draft = chain(3)
    for (const node of Object.values(draft.tree.nodes)) Object.assign(node, { x: 0, y: 0 })

    expect(nodesWithoutPosition(draft)).toEqual(['n0', 'n1', 'n2'])
    expect(
      overlaps(
        Object.values(layOutMissing(draft, sizeOf)).map((position) => ({
          ...position,
          width: 40,
          height: 30,
        })),
      ),
    ).toBe(0)
  })
})

describe('a route', () => {
  const wall: Box = { x: 300, y: -100, width: 216, height: 200 }

  it('is straight without obstacles', () => {
    expect(routeBetween({ x: 0, y: 50 }, { x: 200, y: 50 }, { boxes: [] })).toEqual([
      { x: 0, y: 50 },
      { x: 200, y: 50 },
    ])
  })

  it.each([
    ['forward', { x: 216, y: 0 }, { x: 600, y: 40 }],
    ['around a node', { x: 216, y: 0 }, { x: 600, y: 0 }],
    ['back', { x: 700, y: 0 }, { x: 200, y: 10 }],
    ['to the next row', { x: 900, y: 0 }, { x: 100, y: 400 }],
  ])('runs %s at right angles without crossing a node', (_way, from, to) => {
    const route = routeBetween(from, to, { boxes: [wall] })

    expect(route[0]).toEqual(from)
    expect(route.at(-1)).toEqual(to)
    for (const [start, end] of segmentsOf(route)) {
      expect(start.x === end.x || start.y === end.y).toBe(true)
      const isThrough =
        Math.max(start.x, end.x) > wall.x + 1 &&
        Math.min(start.x, end.x) < wall.x + wall.width - 1 &&
        Math.max(start.y, end.y) > wall.y + 1 &&
        Math.min(start.y, end.y) < wall.y + wall.height - 1
      expect(isThrough).toBe(false)
    }
  })

  it('keeps a distance from the edges of nodes', () => {
    const low = { x: 300, y: 96, width: 216, height: 100 }
    const route = routeBetween({ x: 700, y: 0 }, { x: 200, y: 200 }, { boxes: [low] })

    expect(segmentsOf(route).some(([start, end]) => start.y === end.y && Math.abs(start.y - low.y) < 5)).toBe(
      false,
    )
  })

  it('shares its last lane with other connections to the same port', () => {
    const lanes = [0, 200].map((y) => routeBetween({ x: 0, y }, { x: 400, y: 100 }, { boxes: [] }).at(-2)?.x)

    expect(new Set(lanes).size).toBe(1)
  })

  it('avoids the lanes of connections to other targets', () => {
    const traffic = new Traffic()
    const other = routeBetween({ x: 0, y: 0 }, { x: 400, y: 200 }, { boxes: [] })
    traffic.add(other, 'other')
    const sharingCost = (route: typeof other) => traffic.costOf(route, 'own')
    const own = routeBetween({ x: 0, y: 26 }, { x: 400, y: 300 }, { boxes: [], sharingCost })

    expect(traffic.costOf(own, 'own')).toBe(0)
    expect(traffic.costOf(own, 'other')).toBe(0)
  })

  it('is drawn with rounded corners', () => {
    expect(pathOf(routeBetween({ x: 0, y: 0 }, { x: 200, y: 100 }, { boxes: [] }))).toMatch(
      /^M0 0L.*Q.*Q.*L200 100$/,
    )
  })

  it('measures the distance to a point', () => {
    const route = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ]
    expect(distanceTo(route, { x: 50, y: 8 })).toBe(8)
    expect(distanceTo(route, { x: 110, y: 0 })).toBe(10)
  })
})

describe('sizes', () => {
  const outcome = (id: string) => ({ id, label: id, target: undefined, isDangling: false, isStale: false })

  it('include a row per outcome, but none for a single unlabelled one', () => {
    expect(sizeOfNode({ outcomes: [outcome('outcome')] }).height).toBe(44)
    expect(sizeOfNode({ outcomes: [outcome('true'), outcome('false')] }).height).toBe(97)
    expect(outputPort({ outcomes: [outcome('outcome')] }, 'outcome')).toEqual({ x: 216, y: 22 })
    expect(outputPort({ outcomes: [outcome('true'), outcome('false')] }, 'false')).toEqual({ x: 216, y: 84 })
  })

  it('include the nodes on a page and a drop area', () => {
    expect(sizeOfNode({ outcomes: [outcome('outcome')], children: 1 }).height).toBe(118)
    expect(gapAt(0, 2)).toBe(0)
    expect(gapAt(70, 2)).toBe(1)
    expect(gapAt(900, 2)).toBe(2)
  })
})

describe('the order of nodes', () => {
  it('is depth-first, with unreachable nodes last', () => {
    const draft = smallJourney()
    draft.tree.nodes.lonely = { nodeType: 'MessageNode', x: 0, y: 0 }
    const targets = (id: string) => Object.values(draft.tree.nodes[id]?.connections ?? {})

    expect(pathOrder(draft, {}, targets)).toEqual(['page', 'decide', 'wait', 'lonely'])
  })

  it('starts at the leftmost node without an entry', () => {
    const draft = smallJourney()
    draft.tree.entryNodeId = 'missing'

    expect(pathOrder(draft, {}, () => [])).toEqual(['page', 'decide', 'wait'])
  })
})
