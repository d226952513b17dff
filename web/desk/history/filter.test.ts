import { expect, it } from 'vitest'
import type { Numbers } from '../../api/leads.ts'
import { filterNamed, filterOf, historyQuery, resultFilters } from './filter.ts'

it('asks the server for the words, also of a reference that was pasted from an Arabic page', () => {
  expect(historyQuery('all', ' \u20687QK4M2XR\u2069 alex ')).toEqual({ text: '7QK4M2XR alex' })
  expect(historyQuery('all', ' ')).toEqual({})
})

it('asks the server for every kind of attack report', () => {
  expect(historyQuery('not-me', 'bea')).toEqual({
    ending: 'notMe,calledMe,wrongPerson,reported',
    text: 'bea',
  })
})

it('finds each ending by one of its choices', () => {
  const endings: Record<keyof Numbers['endings'], 1> = {
    ...{ approved: 1, denied: 1, notMe: 1, calledMe: 1, notVouched: 1, wrongPerson: 1, wrongCode: 1 },
    ...{ reported: 1, cancelled: 1, expired: 1 },
  }
  for (const ending of Object.keys(endings)) {
    const chosen = historyQuery(filterOf(ending), '')
    expect([ending, chosen.ending?.split(',')]).toEqual([ending, expect.arrayContaining([ending])])
  }
  expect(filterOf('open')).toBe('open')
})

it('knows its choices in URLs, and lists all without a known one', () => {
  for (const { value } of resultFilters) expect(filterNamed(value)).toBe(value)
  expect([filterNamed(undefined), filterNamed('else')]).toEqual(['all', 'all'])
})
