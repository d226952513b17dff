import { describe, expect, it } from 'vitest'
import { gatePath } from './gate-path.ts'

const box = { width: 500, height: 200, isRightToLeft: false }

describe('the line of the gate', () => {
  it('lights nothing before anything happened', () => {
    expect(gatePath(box, 0).lit).toBeUndefined()
  })

  it('ends at the bead of the stage that is under way', () => {
    const { lit, beads } = gatePath(box, 2)
    expect(lit?.endsWith(`H${beads[1]}`)).toBe(true)
  })

  it('is lit from post to post at the last stage', () => {
    const { lit, track } = gatePath(box, 5)
    expect(lit).toBe(track)
  })

  it('begins at the right where text does', () => {
    const mirrored = gatePath({ ...box, isRightToLeft: true }, 1)
    expect(mirrored.track.startsWith('M500 200')).toBe(true)
    expect(mirrored.beads[0]).toBe(500 - (gatePath(box, 1).beads[0] ?? 0))
  })

  it('keeps its shoulders within a low box', () => {
    expect(gatePath({ ...box, height: 40 }, 1).track).toContain('A20 20')
  })
})
