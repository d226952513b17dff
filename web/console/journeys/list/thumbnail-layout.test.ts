import { describe, expect, it } from 'vitest'
import type { JourneyPicture } from '../../../api/journeys.ts'
import { thumbnailLayout, thumbnailSize } from './thumbnail-layout.ts'

type Places = Record<string, [x: number | null, y: number | null, ...to: string[]]>

function picture(places: Places, entryNodeId = 'a'): JourneyPicture {
  const nodes = Object.entries(places).map(([id, [x, y, ...to]]) => [
    id,
    { type: 'PageNode', family: 'collect' as const, name: id, x, y, to },
  ])
  return { entryNodeId, nodes: Object.fromEntries(nodes) }
}

/** Node ids in order of their x and y positions. */
function seen(places: Places) {
  const { boxes } = thumbnailLayout(picture(places))
  const order = (axis: 'x' | 'y') =>
    boxes.toSorted((one, other) => one[axis] - other[axis]).map(({ id }) => id)
  return { fromLeft: order('x'), fromAbove: order('y') }
}

describe('the thumbnail of a journey', () => {
  it('positions nodes as on the canvas', () => {
    const { fromLeft, fromAbove } = seen({ a: [0, 200, 'b'], b: [280, 0, 'c'], c: [560, 400] })
    expect(fromLeft).toEqual(['a', 'b', 'c'])
    expect(fromAbove).toEqual(['b', 'a', 'c'])
  })

  it('arranges journeys without a layout along their connections', () => {
    const { fromLeft } = seen({ c: [0, 0], b: [0, 0, 'c', 'gone'], a: [null, null, 'b'] })
    expect(fromLeft).toEqual(['a', 'b', 'c'])
  })

  it('draws connections to nodes, but not to ends', () => {
    const { path } = thumbnailLayout(picture({ a: [0, 0, 'b', 'success'], b: [280, 0, 'a', 'b'] }))
    expect(path.match(/M/g)).toHaveLength(3)
  })

  it.each<[string, Places]>([
    ['nothing', {}],
    ['one node', { a: [-5000, 9000] }],
    ['nodes on top of each other', { a: [10, 10], b: [10, 10, 'a'], c: [10, 10] }],
    ['a tall one', { a: [0, 0, 'b'], b: [1, 20_000] }],
    [
      'three hundred nodes',
      Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [`n${i}`, [i * 7, (i % 9) * 300, `n${i + 1}`]]),
      ),
    ],
  ])('fits %s into the frame', (_what, places) => {
    const { boxes, path } = thumbnailLayout(picture(places))
    expect(path).not.toMatch(/NaN|Infinity/)
    for (const { x, y, width, height } of boxes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(thumbnailSize.width)
      expect(y + height).toBeLessThanOrEqual(thumbnailSize.height)
    }
  })
})
