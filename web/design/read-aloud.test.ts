import { describe, expect, it } from 'vitest'
import { groupCode, spellOut } from './read-aloud.ts'

describe('a code to read aloud', () => {
  it('groups six digits in threes', () => {
    expect(groupCode('402719')).toEqual(['402', '719'])
  })

  it('groups letters and digits in pairs', () => {
    expect(groupCode('K7R4')).toEqual(['K7', 'R4'])
  })

  it('groups eight letters in fours', () => {
    expect(groupCode('XKKMMQRR')).toEqual(['XKKM', 'MQRR'])
  })

  it('is spelled out group by group', () => {
    expect(spellOut('k7r4')).toBe('Kilo seven, Romeo four')
  })
})

it('leaves the names of the characters to screen readers in other languages', () => {
  expect(spellOut('K7R4', 'de')).toBe('K 7, R 4')
})
