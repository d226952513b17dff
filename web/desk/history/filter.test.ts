import { expect, it } from 'vitest'
import { historyQuery } from './filter.ts'

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
