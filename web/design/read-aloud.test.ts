import { describe, expect, it } from 'vitest'
import { groupsOf, spelled } from './read-aloud.ts'

describe('a code that is read aloud', () => {
  it('has its six digits in threes', () => {
    expect(groupsOf('402719')).toEqual(['402', '719'])
  })

  it('has letters and digits in pairs', () => {
    expect(groupsOf('K7R4')).toEqual(['K7', 'R4'])
  })

  it('is spelled group by group', () => {
    expect(spelled('k7r4')).toBe('Kilo seven, Romeo four')
  })
})
