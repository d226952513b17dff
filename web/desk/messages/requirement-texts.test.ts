import { expect, test } from 'vitest'
import { lackingText, needsLine, needsText } from './requirement-texts.ts'

const none = { level: 0, secondAgent: false, delayMinutes: 0, because: [] }

test.each([
  [{}, undefined],
  [{ level: 2 }, 'two factors'],
  [{ level: 3, secondAgent: true }, 'a passkey and a second agent'],
  [{ level: 1, secondAgent: true, delayMinutes: 30 }, 'one factor, a second agent and a delay of 30 minutes'],
  [{ delayMinutes: 120 }, 'a delay of 2 hours'],
])('%j needs %s', (needs, text) => {
  expect(needsText({ ...none, ...needs })).toBe(text)
})

test('names the action and the policies', () => {
  const needs = { ...none, level: 2, because: ['Passwords'] }
  expect(needsLine('Reset the password', needs)).toBe(
    'Reset the password needs two factors: policy “Passwords”.',
  )
  expect(needsLine('', { ...needs, because: ['A', 'B'] })).toBe(
    'Verifying this caller needs two factors: policies “A”, “B”.',
  )
  expect(needsLine('Reset the password', none)).toBeUndefined()
  expect(needsLine('Reset the password', { ...needs, recoveryMinutes: 30 })).toBe(
    'Reset the password needs two factors: policy “Passwords”. Or one factor, a second agent and a delay of 30 minutes.',
  )
})

test.each([
  ['noCode', /^Its caller types no code from you/],
  ['noFactor', /^This person has no factor/],
] as const)('says that a check lacks something whatever the action needs: %s', (lack, text) => {
  expect(lackingText([lack], none, true)).toMatch(text)
})

test('says what a check lacks, and whether it can start anyway', () => {
  const needs = { ...none, level: 2, secondAgent: true }
  expect(lackingText(['tooWeak', 'needsSecondAgent'], needs, true)).toBe(
    'This check does not reach two factors and has no second agent.',
  )
  expect(lackingText(['tooWeak'], needs, false)).toBe(
    'This check does not reach two factors. You can start it, but not use its result for this.',
  )
})
