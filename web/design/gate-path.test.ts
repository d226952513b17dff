import { describe, expect, it } from 'vitest'
import { gatePath } from './gate-path.ts'

const box = { width: 500, height: 200, isRightToLeft: false }

describe('the path of the gate', () => {
  it('lights nothing before the first stage', () => {
    expect(gatePath(box, 0).lit).toBeUndefined()
  })

  it('is lit up to the bead of the current stage', () => {
    const { lit, beads } = gatePath(box, 2)
    expect(lit?.endsWith(`H${beads[1]}`)).toBe(true)
  })

  it('is lit completely at the last stage', () => {
    const { lit, track } = gatePath(box, 5)
    expect(lit).toBe(track)
  })

  it('starts at the right for right-to-left text', () => {
    const mirrored = gatePath({ ...box, isRightToLeft: true }, 1)
    expect(mirrored.track.startsWith('M500 200')).toBe(true)
    expect(mirrored.beads[0]).toBe(500 - (gatePath(box, 1).beads[0] ?? 0))
  })

  it('limits the corner radius to half the height', () => {
    expect(gatePath({ ...box, height: 40 }, 1).track).toContain('A20 20')
  })
})
